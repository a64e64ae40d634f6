"""The methods the engine is compared with keep the rules, and are as good as they say."""

from itertools import pairwise

import numpy as np
import pytest

from bench.matching.peers import compact, first_come, genetic, kmeans
from bench.matching.workload import instance as workload
from rundbord.engine.problem import load
from rundbord.engine.solve import solve
from tests.engine.instances import by_chance, instance
from tests.engine.odd import wide
from tests.engine.referee import Referee

from .listed import List


def plain(solution):
    """Groups and joins without the order in which they were made."""
    groups = [
        g | {"members": sorted(g["members"]), "audience": sorted(g["audience"])} for g in solution["groups"]
    ]
    return sorted(groups, key=str), sorted(solution["joins"], key=str)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_first_come_is_what_the_slow_list_says(seed):
    data = (by_chance if seed % 2 else wide)(seed, 10 + 2 * seed, min_size=2 + seed % 2, max_size=4)
    assert plain(first_come.run(load(data)).solution) == plain(List(data).work())


@pytest.mark.long
@pytest.mark.parametrize("run", [first_come.run, genetic.run, kmeans.run, compact.run])
@pytest.mark.parametrize("people", [0, 1, 7, 60])
def test_every_method_keeps_the_rules(run, people):
    for data in (by_chance(people, people), wide(people, people, max_size=3), workload(max(1, people), 1)):
        answer = run(load(data), 1, 1.0)
        assert Referee(data).faults(answer.solution) == set()


@pytest.mark.parametrize("seed", range(10))
def test_the_compact_model_is_the_whole_problem_but_for_spare_slots(seed):
    data = by_chance(seed, 14)
    best, answer = solve(load(data), seconds=None), compact.run(load(data), 1, 60)
    worth, w = Referee(data).worth(answer.solution), data["weights"]
    spare = w["backup"] * w["backup_cap"] * len(best.solution["groups"])
    assert Referee(data).faults(answer.solution) == set()
    assert best.score - spare <= worth <= best.score <= answer.bound


def test_clusters_are_as_large_as_allowed_and_as_near_as_can_be():
    points = np.array([[x, y] for x in (0.0, 100.0) for y in range(7)])
    crowds = kmeans.clusters(points, 6, 8, 1)
    assert sorted(len(crowd) for crowd in crowds) == [7, 7]
    assert all(len(set(points[crowd, 0])) == 1 for crowd in crowds)


def test_no_clusters_where_sizes_cannot_be_met():
    assert kmeans.clusters(np.zeros((5, 2)), 6, 8, 1) == []


@pytest.mark.long
def test_breeding_never_forgets_the_best():
    course = genetic.run(load(workload(40, 2)), 1, 2.0).course
    assert all(a[1] < b[1] and a[0] <= b[0] for a, b in pairwise(course))


def test_instances_are_the_same_for_the_same_seed_and_readable():
    assert workload(60, 3) == workload(60, 3) != workload(60, 4)
    for people in (1, 50, 150, 500):
        assert len(load(workload(people, 1)).seekers) == people
    assert instance([]) != workload(1, 1)

"""Where everything can be tried, the engine finds the best, proves it, and breaks no rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rundbord.engine.broad.search import Broad
from rundbord.engine.budget import Budget
from rundbord.engine.problem import load
from rundbord.engine.rules import violations
from rundbord.engine.solve import as_solution, solve

from .brute import optimum
from .instances import by_chance
from .odd import dense, wide
from .referee import Referee


@settings(max_examples=30, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9), people=st.integers(0, 8), high=st.integers(2, 4), alone=st.booleans())
def test_the_best_of_all_solutions_is_found_and_proven(seed, people, high, alone):
    _agree(wide(seed, people, max_size=high, self_start=alone))


@settings(max_examples=6, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9), people=st.integers(8, 11), low=st.integers(5, 6), high=st.integers(6, 8))
def test_large_groups_too(seed, people, low, high):
    _agree(dense(seed, people, min_size=low, max_size=high))


@pytest.mark.long
@settings(max_examples=30, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9), people=st.integers(10, 14), high=st.integers(6, 8))
def test_large_groups_among_as_many_as_fourteen(seed, people, high):
    _agree(dense(seed, people, min_size=6, max_size=high))


@pytest.mark.long
@settings(max_examples=200, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9), people=st.integers(3, 8), low=st.integers(2, 3), more=st.integers(0, 2))
def test_odd_sizes_and_odd_weights(seed, people, low, more):
    _agree(wide(seed, people, min_size=low, max_size=low + more))


@settings(max_examples=6, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9), people=st.integers(0, 5))
def test_where_one_person_may_be_a_group(seed, people):
    _agree(wide(seed, people, min_size=1, max_size=2))


def _agree(data):
    """The engine finds the best there is and proves it; the broad search breaks no rule and bounds it."""
    most = optimum(data)
    found = solve(load(data), seconds=None)
    assert found.score == found.bound == most
    assert found.optimal
    search = Broad(load(data), 1, Budget(None, 2))
    search.run()
    solution = as_solution(load(data), search.meetings())
    assert Referee(data).faults(solution) == set()
    assert Referee(data).worth(solution) == search.score <= most <= search.bound


@pytest.mark.long
@settings(max_examples=300, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9), people=st.integers(0, 26))
def test_every_solution_is_valid_and_scored_right(seed, people):
    instance = by_chance(seed, people, max_size=4)
    found = solve(load(instance), seconds=None, iterations=12)
    referee = Referee(instance)
    assert referee.faults(found.solution) == set()
    assert referee.worth(found.solution) == found.score <= found.bound
    placed = len(found.solution["joins"]) + sum(len(g["members"]) for g in found.solution["groups"])
    assert placed == found.placed


@pytest.mark.long
@settings(max_examples=150, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9), data=st.data())
def test_the_rules_agree_with_the_referee_on_spoilt_solutions(seed, data):
    instance = by_chance(seed, 18)
    solution = solve(load(instance), seconds=None, iterations=4).solution
    groups = solution["groups"]
    if not groups:
        return
    spoilt = data.draw(st.sampled_from(groups))
    key = data.draw(st.sampled_from(["slot", "frame", "lang", "audience", "room", "starter", "members"]))
    spoilt[key] = data.draw(_other(instance, key))
    named = {v.rule for v in violations(load(instance), solution)}
    assert named == Referee(instance).faults(solution)


def _other(instance, key):
    ids = st.sampled_from([s["id"] for s in instance["seekers"]])
    return {
        "slot": st.integers(0, 3),
        "frame": st.integers(0, 1),
        "lang": st.integers(0, 1),
        "audience": st.sampled_from([[], ["women"], ["young"], ["women", "young"]]),
        "room": st.sampled_from([None, *(r["id"] for r in instance["rooms"])]),
        "starter": st.sampled_from([None, *(i["id"] for i in instance["starters"])]),
        "members": st.lists(ids, min_size=1, max_size=5, unique=True),
    }[key]


@pytest.mark.parametrize("seed", range(5))
def test_a_larger_town_is_valid_too(seed):
    instance = by_chance(seed, 60, max_size=4)
    found = solve(load(instance), seconds=None, iterations=12)
    assert Referee(instance).faults(found.solution) == set()
    assert found.score <= found.bound

"""The search for thousands keeps the rules, its bound holds, and the same seed gives the same answer."""

import numpy as np
import pytest

from rundbord.engine.broad.auction import FAR, concave, look
from rundbord.engine.broad.search import Broad
from rundbord.engine.budget import Budget
from rundbord.engine.compiled.world import SCALE
from rundbord.engine.meetings import score
from rundbord.engine.problem import load
from rundbord.engine.rules import violations
from rundbord.engine.solve import as_solution, solve

from .instances import by_chance, instance, open_group, room, seeker, starter
from .referee import Referee

BUDGET = 30


def broad(data, seed=1, iterations=BUDGET):
    search = Broad(load(data), seed, Budget(None, iterations))
    search.run()
    return search


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("people", [0, 40, 120])
def test_valid_and_below_the_bound_and_near_the_optimum(seed, people):
    data = by_chance(seed, people, max_size=4)
    search = broad(data)
    solution = as_solution(load(data), search.meetings())
    assert Referee(data).faults(solution) == set()
    assert Referee(data).worth(solution) == search.score
    best = solve(load(data), seconds=None, iterations=15)
    assert search.score <= best.bound
    assert search.bound >= best.score
    assert search.score >= 0.8 * best.score


def test_two_runs_are_the_same():
    data = by_chance(7, 150, max_size=4)
    one, two = (as_solution(load(data), broad(data).meetings()) for _ in range(2))
    assert one == two


def test_solve_takes_it_for_many_people():
    data = by_chance(3, 500, max_size=4)
    problem = load(data)
    found = solve(problem, iterations=12)
    assert violations(problem, found.solution) == []
    assert score(problem, found.solution) == found.score <= found.bound
    assert found.solution == solve(problem, iterations=12).solution


def test_who_has_waited_half_a_year_comes_before_others():
    """One group of four; newcomers like its hour better, which is worth more than the waiting is."""
    data = instance(
        [seeker(n, modes=["physical"], wait_weeks=30 if n < 4 else 0, slots={"1": 0 if n < 4 else 2})
         for n in range(12)], max_size=4,
    )  # fmt: skip
    data["weights"] = data["weights"] | {"wait_per_week": 0}
    found = broad(data)
    assert [set(group["members"]) for group in as_solution(load(data), found.meetings())["groups"]] == [
        {"s0", "s1", "s2", "s3"}
    ]
    best = solve(load(data), seconds=None)
    assert found.score < best.score <= found.bound


def test_a_crowd_without_a_starter_does_not_hide_those_who_have_one():
    """Seven hundred whose language no starter speaks, so that they cost nothing, and eight who could meet."""
    few = [seeker(n, modes=["physical"], langs=[1]) for n in range(8)]
    many = [seeker(100 + n, modes=["physical"]) for n in range(700)]
    search = Broad(load(instance([*few, *many], starters=[starter(0, langs=[1])], max_size=8, min_size=6,
                                 self_start=False)), 1, Budget(None, 1))  # fmt: skip
    market, unit = search.pricing.market, np.zeros(708, np.int64)
    unit[:8] = 1000 * SCALE

    def gain(step):
        prices = unit.copy(), np.zeros(search.field.able.shape, np.int64)
        near = np.full(len(market.places), FAR)
        curve = search.pricing.auction.curve
        return look(search.field, 0, market.places, prices, market, step, 0, near, curve)[0]

    assert gain(1) == gain(0) > 0


def test_groups_worth_less_than_nothing_are_not_made():
    data = instance([seeker(n) for n in range(12)], open_groups=[open_group()])
    data["weights"] = data["weights"] | {"place": -20_000}
    assert broad(data).score == 0


def test_many_digital_groups_at_one_slot():
    people = [seeker(n, modes=["digital"], slots={"1": 1}) for n in range(12)]
    search = broad(instance(people, [room()], [starter(n) for n in range(3)], max_size=4))
    assert [len(m.members) for m in search.meetings()] == [4, 4, 4]
    assert search.score <= search.bound


def test_sizes_are_made_concave_from_above():
    bonus = np.array([0, 0, 0, 10, 0, 100], dtype=np.int64)
    assert concave(bonus, 3).tolist() == [0, 0, 0, 10, 55, 100]
    assert concave(np.array([0, 0, 0, 12, 18], dtype=np.int64), 2).tolist() == [0, 0, 0, 12, 18]

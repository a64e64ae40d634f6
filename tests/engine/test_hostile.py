"""Instances nobody would send on purpose end soon and with a clear answer."""

from itertools import combinations, islice

import pytest

from rundbord.engine.explain import explain
from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import instance, open_group, room, seeker, starter
from .referee import Referee


def answer(data, **budget):
    found = solve(load(data), **(budget or {"seconds": None}))
    assert Referee(data).faults(found.solution) == set()
    assert Referee(data).worth(found.solution) == found.score <= found.bound
    explained = explain(load(data), found.solution)
    assert len(explained["left_out"]) == len(data["seekers"]) - found.placed
    return found


def test_nobody():
    assert answer(instance([])).score == 0


def test_nothing_to_use():
    assert answer(instance([seeker(n) for n in range(5)], [], [])).placed == 0


@pytest.mark.parametrize(
    "nothing",
    [
        {"slots": {}},
        {"frames": {}},
        {"langs": []},
        {"modes": []},
        {"max_m": 0, "x": 1, "modes": ["physical"]},
    ],
)
def test_wishes_nobody_can_meet(nothing):
    assert answer(instance([seeker(n, **nothing) for n in range(5)])).placed == 0


def test_everybody_is_blocked_from_everybody():
    people = [seeker(n) for n in range(30)]
    pairs = [list(p) for p in combinations([p["id"] for p in people], 2)]
    assert answer(instance(people, blocked=pairs)).placed == 0


@pytest.mark.long
def test_a_million_blocked_pairs():
    people = [seeker(n) for n in range(1500)]
    pairs = [list(p) for p in islice(combinations([p["id"] for p in people], 2), 1_000_000)]
    data = instance(people, blocked=pairs)
    found = solve(load(data), iterations=12)
    assert Referee(data).faults(found.solution) == set()
    assert found.placed == 4


def test_everybody_wants_the_same_room():
    people = [seeker(n, modes=["physical"], wait_weeks=n % 53) for n in range(300)]
    found = answer(instance(people, starters=[starter(n) for n in range(40)]))
    assert found.placed == 4
    longest = {p["id"] for p in people if p["wait_weeks"] >= 52}
    assert set(found.solution["groups"][0]["members"]) <= longest


def test_everybody_asks_for_discretion_in_one_small_town():
    people = [seeker(n, discretion=2, muni=1) for n in range(40)]
    assert answer(instance(people)).placed == 0


def test_a_bundle_too_large_for_any_group():
    assert answer(instance([seeker(n, bundle="b") for n in range(6)])).placed == 0


def test_a_bundle_at_odds_with_itself():
    people = [seeker(n, bundle="b" if n < 2 else None) for n in range(4)]
    found = answer(instance(people, blocked=[["s0", "s1"]]))
    assert found.solution["groups"][0]["members"] == ["s2", "s3"]


def test_a_bundle_of_one_is_no_single_seeker():
    people = [seeker(0, bundle="b")]
    assert answer(instance(people, [], [], [open_group()])).placed == 0


def test_capacities_below_nothing():
    data = instance(
        [seeker(n) for n in range(4)], [room(capacity=-3)], [starter(capacity=-1)], [open_group(free=-2)]
    )
    assert answer(data).placed == 0


def test_placing_people_may_be_worth_less_than_nothing():
    data = instance([seeker(n) for n in range(4)])
    data["weights"] = data["weights"] | {"place": -(10**6)}
    assert answer(data).score == 0


def test_large_numbers():
    data = instance([seeker(n, wait_weeks=10**9, age=10**9, x=-(10**8), max_m=10**8) for n in range(4)])
    assert answer(data).placed == 4

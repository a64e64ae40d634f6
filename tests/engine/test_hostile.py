"""Instances nobody would send on purpose end soon and with a clear answer."""

from itertools import combinations, islice

import pytest

from rundbord.engine.explain import explain
from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import instance, open_group, room, seeker, starter
from .referee import Referee


def answered(data, **budget):
    """Solved; valid, scored right, within the bound."""
    found = solve(load(data), **(budget or {"seconds": None}))
    assert Referee(data).faults(found.solution) == set()
    assert Referee(data).worth(found.solution) == found.score <= found.bound
    return found


def answer(data, **budget):
    """The same, and everybody left out has an explanation."""
    found = answered(data, **budget)
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


class TestMany:
    """More people than are solved exactly."""

    def quick(self, data):
        return answered(data, iterations=4)

    def test_the_same_person_over_and_over(self):
        found = self.quick(instance([seeker(n) for n in range(450)], starters=[starter(n) for n in range(6)]))
        assert found.placed == 24

    def test_everybody_in_one_bundle(self):
        found = self.quick(instance([seeker(n, bundle="b") for n in range(10_000)]))
        assert (found.placed, found.bound) == (0, 0)

    def test_everybody_in_a_bundle_of_two(self):
        people = [seeker(n, bundle=f"b{n // 2}") for n in range(500)]
        assert self.quick(instance(people, starters=[starter(n) for n in range(5)])).placed == 20

    def test_everybody_wants_one_room(self):
        people = [seeker(n, modes=["physical"], wait_weeks=n % 53) for n in range(500)]
        found = self.quick(instance(people, starters=[starter(n) for n in range(40)]))
        assert found.placed == 4

    def test_everybody_asks_for_discretion_in_one_town(self):
        assert self.quick(instance([seeker(n, discretion=2, muni=1) for n in range(450)])).placed == 0

    def test_nothing_to_use_and_nothing_free(self):
        people = [seeker(n) for n in range(450)]
        assert self.quick(instance(people, [], [])).placed == 0
        shut = instance(people, [room(capacity=0)], [starter(capacity=0)], [open_group(free=0)])
        assert self.quick(shut).placed == 0

    def test_the_ends_of_the_earth(self):
        far = 10**8
        people = [seeker(n, x=far * (-1) ** n, y=-far, max_m=far, modes=["physical"]) for n in range(450)]
        rooms = [room(0, x=far, y=-far), room(1, x=-far, y=-far), room(2, x=0, y=far)]
        starters = [starter(n, x=far, y=-far, max_m=far) for n in range(2)]
        assert self.quick(instance(people, rooms, starters)).placed == 4


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


CONTRADICTIONS = {
    "a man among women": {"gender": "m", "only": ["women"]},
    "too old to be young": {"age": 80, "only": ["young"]},
    "in a room no further than nowhere": {"modes": ["physical"], "max_m": 0, "x": 1},
    "discretion towards one's own bundle": {"bundle": "b", "discretion": 1, "pc": 1},
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_wishes_that_contradict_themselves(case):
    people = [seeker(n, **CONTRADICTIONS[case]) for n in range(2)]
    assert answer(instance(people)).placed == 0
    others = [seeker(n) for n in range(2, 4)]
    assert answer(instance([*people, *others])).placed == 2


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

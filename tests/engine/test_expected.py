"""What comes of proposals when people say no, against trying every combination of yes and no."""

from itertools import product
from math import prod

import pytest

from rundbord.engine.expected import chance, coming, expected
from rundbord.engine.explain import explain
from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import by_chance, instance, open_group, room, seeker, starter


def everything(bundles, spare, least, decline):
    """(starts, people) by enumeration. bundles: one label per member; a bundle comes only as a whole."""
    starts = people = 0.0
    for said in product([True, False], repeat=len(bundles) + spare):
        p = prod(1 - decline if yes else decline for yes in said)
        members, reserves = said[: len(bundles)], said[len(bundles) :]
        lost = {b for b, yes in zip(bundles, members, strict=True) if not yes}
        count = sum(b not in lost for b in bundles)
        for yes in reserves:
            count += yes and count < len(bundles)
        if count >= least:
            starts, people = starts + p, people + p * count
    return starts, people


@pytest.mark.parametrize("decline", [0.0, 0.15, 0.5, 1.0])
@pytest.mark.parametrize(
    ("bundles", "spare", "least"),
    [("abcdef", 0, 6), ("abcdefgh", 0, 6), ("abcdef", 3, 6), ("aabcd", 2, 4), ("aabbb", 3, 4), ("a", 0, 1)],
)
def test_as_by_trying_everything(bundles, spare, least, decline):
    sizes = [bundles.count(b) for b in sorted(set(bundles))]
    found = chance(sizes, spare, least, decline)
    assert (found.starts, found.people) == pytest.approx(everything(list(bundles), spare, least, decline))


def test_the_probabilities_are_all_there():
    assert sum(coming([1, 2, 3, 1], 0.3)) == pytest.approx(1)


def test_the_figures_everybody_in_the_field_knows():
    """With 15 % saying no, six invited are six in 38 % of cases; of seven or eight, six more often."""
    assert [round(chance([1] * n, 0, 6, 0.15).starts, 2) for n in (6, 7, 8)] == [0.38, 0.72, 0.89]


def group(slot, *members):
    plan = {"room": "r0", "slot": slot, "frame": 1, "lang": 0, "audience": [], "starter": f"i{slot}"}
    return plan | {"members": [f"s{n}" for n in members]}


def scene(left, **changes):
    """Two groups of three who must be three, and one in a running group."""
    people = [seeker(n) for n in range(7)] + [seeker(n, **changes) for n in range(7, 7 + left)]
    data = instance(people, [room(slots=[1, 2])], [starter(1), starter(2, slots=[2])], [open_group()],
                    min_size=3)  # fmt: skip
    solution = {"groups": [group(1, 0, 1, 2), group(2, 3, 4, 5)], "joins": [{"group": "g0", "seeker": "s6"}]}
    return load(data), solution


def test_the_whole_solution():
    told = expected(*scene(0), decline=0.2)
    assert (told["invited_groups"], told["invited"], told["decline"]) == (2, 6, 0.2)
    assert told["groups"] == pytest.approx(2 * 0.8**3)
    assert told["people"] == pytest.approx(6 * 0.8**3)
    assert told["joins"] == pytest.approx(0.8)


def test_nobody_is_a_reserve_twice():
    assert [one["reserves"] for one in expected(*scene(3))["each"]] == [2, 1]


def test_who_cannot_come_is_no_reserve():
    assert [one["reserves"] for one in expected(*scene(3, slots={"2": 1}))["each"]] == [0, 3]


def test_reserves_raise_the_chance():
    one = expected(*scene(2))["each"][0]
    assert (one["starts"], one["without_reserves"]) == (
        pytest.approx(0.85**3 + 3 * 0.85**2 * 0.15 * 0.85, abs=1e-4),
        pytest.approx(0.85**3, abs=1e-4),
    )


def test_five_reserves_are_asked_at_most():
    problem, solution = scene(30)
    assert {one["reserves"] for one in expected(problem, solution)["each"]} == {5}


@pytest.mark.parametrize("seed", range(8))
def test_explaining_says_the_same(seed):
    problem = load(by_chance(seed, 20))
    solution = solve(problem, seconds=None).solution
    told, alone = explain(problem, solution), expected(problem, solution)
    assert [g["expected"] for g in told["groups"]] == alone.pop("each")
    assert told["expected"] == alone
    assert 0 <= alone["groups"] <= len(solution["groups"]) and alone["people"] <= alone["invited"]


def test_nobody_proposed():
    told = expected(load(instance([seeker(0)])), {"groups": [], "joins": []})
    assert (told["groups"], told["people"], told["joins"], told["each"]) == (0, 0, 0, [])

"""Who could come where: the lists the searches start from say what the rules say."""

from itertools import product

import pytest

from rundbord.engine.places import newcomers
from rundbord.engine.problem import load
from rundbord.engine.rules import violations
from rundbord.engine.units import build

from .instances import by_chance, instance, open_group, seeker
from .odd import wide


def joined(problem, seeker_, group):
    """One person in one running group, and nothing else."""
    ids = {"group": problem.opens.ids[group], "seeker": problem.seekers.ids[seeker_]}
    return {"instance": problem.name, "groups": [], "joins": [ids]}


def listed(problem):
    units = build(problem)
    return {
        (int(units.member[units.ptr[u]]), at)
        for at, (some, _) in enumerate(newcomers(problem, units))
        for u in some.tolist()
    }


@pytest.mark.parametrize("make", [by_chance, wide])
@pytest.mark.parametrize("seed", range(6))
def test_newcomers_are_those_whom_no_rule_keeps_out(seed, make):
    problem = load(make(seed, 60))
    pairs = product(range(len(problem.seekers)), range(len(problem.opens)))
    roomy = [(s, g) for s, g in pairs if problem.opens.free[g] > 0]
    allowed = {(s, g) for s, g in roomy if not violations(problem, joined(problem, s, g))}
    assert {(s, g) for s, g in listed(problem) if problem.opens.free[g] > 0} == allowed


@pytest.mark.parametrize(
    ("change", "kept_out"),
    [
        ({}, False),
        ({"discretion": 1, "pc": 7}, True),
        ({"discretion": 1, "muni": 9}, False),
        ({"discretion": 2, "muni": 9}, True),
        ({"id": "barred"}, True),
    ],
)
def test_one_member_is_enough_to_keep_somebody_out(change, kept_out):
    there = [{"id": f"m{n}", "pc": 50 + n, "muni": 50, "discretion": 0} for n in range(5)]
    there[3] |= {"pc": 7, "muni": 9}
    data = instance([seeker(0, **change)], [], [], [open_group(members=there)], blocked=[["m3", "barred"]])
    assert (listed(load(data)) == set()) == kept_out


def test_those_who_live_close_together_stand_close_together():
    """Four towns at the corners of a country, their people listed in turn."""
    corners = [(0, 0), (900_000, 0), (0, 900_000), (900_000, 900_000)]
    people = [seeker(n, x=corners[n % 4][0] + n, y=corners[n % 4][1] - n) for n in range(40)]
    towns = [member % 4 for member in build(load(instance(people))).member.tolist()]
    assert [towns[at : at + 10] for at in range(0, 40, 10)] == [[town] * 10 for town in range(4)]

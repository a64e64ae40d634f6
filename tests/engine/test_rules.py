"""One instance per hard rule in which only that rule is broken."""

import pytest

from rundbord.engine.problem import load
from rundbord.engine.rules import person_violations, violations

from .instances import instance, open_group, room, seeker, starter
from .referee import Referee

GROUP = {
    "room": "r0",
    "slot": 1,
    "frame": 1,
    "lang": 0,
    "audience": [],
    "starter": "i0",
    "members": ["s0", "s1"],
}
FAR = {"x": 9000, "y": 9000}


def group(**changes):
    return GROUP | changes


def town(*changes, **more):
    """Two seekers, each with her own changes, and what else the instance is to have."""
    people = [seeker(n, **change) for n, change in enumerate(changes or ({}, {}))]
    return instance(people, **more)


ALONE = {"self_start_ok": True}
SHUT = {"x": 0, "y": 0, "accessible": False}
JOIN = {"groups": [], "joins": [{"group": "g0", "seeker": "s0"}]}
TWO_JOIN = {"groups": [], "joins": [{"group": "g0", "seeker": s} for s in ("s0", "s1")]}
FOUR = [seeker(n) for n in range(4)]
TWO_GROUPS = [group(), group(members=["s2", "s3"])]

BROKEN = {
    "slot": (town({"slots": {"2": 1}}, {}), [group()]),
    "frame": (town({"frames": {"0": 0}}, {}), [group()]),
    "language": (town({"langs": [1]}, {}), [group()]),
    "audience": (town({"gender": "m"}, {}), [group(audience=["women"])]),
    "only": (town({"only": ["women"]}, {}), [group()]),
    "mode": (town({"modes": ["digital"]}, {}), [group()]),
    "travel": (town(FAR, {}), [group()]),
    "access": (town({"access": True}, {}, rooms=[room(accessible=False)]), [group()]),
    "size": (town(), [group(members=["s0"])]),
    "room-free": (town(rooms=[room(slots=[2])]), [group()]),
    "room-capacity": (town(rooms=[room(capacity=2)]), [group()]),
    "room-once": (
        instance(FOUR, starters=[starter(0), starter(1)]),
        [TWO_GROUPS[0], TWO_GROUPS[1] | {"starter": "i1"}],
    ),
    "starter-free": (town(starters=[starter(slots=[2])]), [group()]),
    "starter-language": (town(starters=[starter(langs=[1])]), [group()]),
    "starter-audience": (town(starters=[starter(gender="m")]), [group(audience=["women"])]),
    "starter-mode": (town(starters=[starter(modes=["physical"])]), [group(room=None)]),
    "starter-travel": (town(starters=[starter(**FAR, max_m=5000)]), [group()]),
    "starter-once": (
        instance(FOUR, rooms=[room(0), room(1)], starters=[starter(capacity=2)]),
        [TWO_GROUPS[0], TWO_GROUPS[1] | {"room": "r1"}],
    ),
    "starter-capacity": (
        instance(FOUR, rooms=[room(slots=[1, 2])], starters=[starter(slots=[1, 2])]),
        [TWO_GROUPS[0], TWO_GROUPS[1] | {"slot": 2}],
    ),
    "self-start": (town(ALONE, {}), [group(starter=None)]),
    "blocked": (town(blocked=[["s1", "s0"]]), [group()]),
    "discretion": (town({"discretion": 1, "pc": 5}, {"pc": 5}), [group()]),
    "bundle": (instance([seeker(n, bundle="b" if n else None) for n in range(3)]), [group()]),
    "once": (
        instance(FOUR, rooms=[room(0), room(1)], starters=[starter(0), starter(1)]),
        [group(), group(room="r1", starter="i1", members=["s1", "s2"])],
    ),
    "unknown": (town(), [group(room="r9")]),
    "range": (town(), [group(slot=4)]),
}

JOINS = {
    "free-places": (town(open_groups=[open_group(free=1)]), TWO_JOIN),
    "join-single": (town({"bundle": "b"}, {}, open_groups=[open_group()]), JOIN),
    "blocked": (town(open_groups=[open_group()], blocked=[["m0", "s0"]]), JOIN),
    "discretion": (town({"muni": 77, "discretion": 2}, {}, open_groups=[open_group()]), JOIN),
    "audience": (town({"gender": "m"}, {}, open_groups=[open_group(audience=["women"])]), JOIN),
    "travel": (town(FAR, {}, open_groups=[open_group()]), JOIN),
    "slot": (town({"slots": {"2": 1}}, {}, open_groups=[open_group()]), JOIN),
    "frame": (town({"frames": {"0": 0}}, {}, open_groups=[open_group()]), JOIN),
    "language": (town({"langs": [1]}, {}, open_groups=[open_group()]), JOIN),
    "only": (town({"only": ["women"]}, {}, open_groups=[open_group()]), JOIN),
    "mode": (town({"modes": ["physical"]}, {}, open_groups=[open_group(venue=None)]), JOIN),
    "access": (town({"access": True}, {}, open_groups=[open_group(venue=SHUT)]), JOIN),
    "unknown": (town(), JOIN),
}


# The same rules in other clothes.
VARIANTS = {
    "audience, young": (town({"age": 31}, {}), [group(audience=["young"])], "audience"),
    "audience, neither": (town({"gender": "x"}, {}), [group(audience=["women"])], "audience"),
    "only, one of two": (
        town({"only": ["women", "young"], "age": 20}, {}),
        [group(audience=["women"])],
        "only",
    ),
    "size, too many": (
        instance([seeker(n) for n in range(5)]),
        [group(members=[f"s{n}" for n in range(5)])],
        "size",
    ),
    "mode, a room": (town({"modes": ["digital"]}, {}), [group()], "mode"),
    "mode, digital": (town({"modes": ["physical"]}, {}), [group(room=None)], "mode"),
    "starter-mode, a room": (town(starters=[starter(modes=["digital"])]), [group()], "starter-travel"),
    "blocked, digital": (town(blocked=[["s1", "s0"]]), [group(room=None)], "blocked"),
    "discretion, town": (town({"discretion": 2, "muni": 5}, {"muni": 5}), [group(room=None)], "discretion"),
    "discretion, hers": (town({"pc": 5}, {"pc": 5, "discretion": 1}), [group()], "discretion"),
    "once, twice in one": (town({}, {}), [group(members=["s0", "s1", "s1"])], "once"),
    "capacity of nobody": (town(starters=[starter(capacity=0)]), [group()], "starter-capacity"),
}


def named(data, solution):
    return {v.rule for v in violations(load(data), solution)}


@pytest.mark.parametrize("rule", BROKEN)
def test_only_this_rule_is_broken(rule):
    data, groups = BROKEN[rule]
    assert named(data, {"groups": groups, "joins": []}) == {rule}


@pytest.mark.parametrize("case", VARIANTS)
def test_the_same_rules_in_other_clothes(case):
    data, groups, rule = VARIANTS[case]
    assert named(data, {"groups": groups, "joins": []}) == {rule}
    assert Referee(data).faults({"groups": groups, "joins": []}) == {rule}


@pytest.mark.parametrize("rule", JOINS)
def test_only_this_rule_is_broken_by_a_join(rule):
    assert named(*JOINS[rule]) == {rule}


@pytest.mark.parametrize("rule", [rule for rule in BROKEN if rule not in ("unknown", "range")])
def test_the_referee_sees_it_too(rule):
    data, groups = BROKEN[rule]
    assert Referee(data).faults({"groups": groups, "joins": []}) == {rule}


@pytest.mark.parametrize("rule", [rule for rule in JOINS if rule != "unknown"])
def test_the_referee_sees_it_too_when_somebody_joins(rule):
    data, solution = JOINS[rule]
    assert Referee(data).faults(solution) == {rule}


def test_nothing_is_wrong_with_the_plain_group():
    assert violations(load(town()), {"groups": [GROUP], "joins": []}) == []


def test_self_start_can_be_the_organisations_no():
    data = town(ALONE, ALONE, self_start=False)
    assert named(data, {"groups": [group(starter=None)], "joins": []}) == {"self-start"}
    assert named(town(ALONE, ALONE), {"groups": [group(starter=None)], "joins": []}) == set()


def test_discretion_of_either_counts_and_of_old_members_among_themselves_does_not():
    old = [{"id": f"m{n}", "pc": 9, "muni": 9, "discretion": 2} for n in range(2)]
    data = town(open_groups=[open_group(members=old)])
    assert named(data, JOIN) == set()
    assert named(town({"pc": 9}, {}, open_groups=[open_group(members=old)]), JOIN) == {"discretion"}


def test_a_violation_says_whom_it_is_about():
    data = town({"discretion": 1, "pc": 5}, {"pc": 5})
    (wrong,) = violations(load(data), {"groups": [GROUP], "joins": []})
    assert (wrong.rule, set(wrong.subjects)) == ("discretion", {"s0", "s1"})
    assert "s0" in wrong.text


def test_the_longest_journey_itself_is_allowed():
    data = town({"x": 3000, "y": 4000, "max_m": 5000}, {"x": 3000, "y": 4000, "max_m": 4999})
    wrong = violations(load(data), {"groups": [GROUP], "joins": []})
    assert [(v.rule, v.subjects) for v in wrong] == [("travel", ("s1",))]


class TestOnePersonInOneGroup:
    def test_somebody_who_fits(self):
        assert person_violations(load(instance([seeker(n) for n in range(3)])), GROUP, "s2") == []

    def test_a_member_is_judged_as_she_sits(self):
        assert person_violations(load(town({"slots": {"2": 0}}, {})), GROUP, "s0")[0].rule == "slot"

    @pytest.mark.parametrize(
        "change, rule",
        [
            ({"langs": [1]}, "language"),
            ({"discretion": 2, "muni": 0}, "discretion"),
            ({"bundle": "b"}, "bundle"),
            ({"access": True}, "access"),
        ],
    )
    def test_somebody_who_does_not(self, change, rule):
        people = [seeker(0), seeker(1), seeker(2, **change), seeker(3, bundle=change.get("bundle"))]
        data = instance(people, rooms=[room(accessible=False)])
        assert [v.rule for v in person_violations(load(data), GROUP, "s2")] == [rule]

    def test_pairs_among_the_others_are_not_held_against_her(self):
        data = instance([seeker(n) for n in range(3)], blocked=[["s0", "s1"]])
        assert person_violations(load(data), GROUP, "s2") == []

    def test_somebody_nobody_knows(self):
        assert person_violations(load(town()), GROUP, "s9")[0].rule == "unknown"

"""Reasons are found by trial: each scene has one thing in the way, and the change named removes it."""

import pytest

from rundbord.engine.explain import explain
from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import by_chance, instance, open_group, room, seeker, starter


def told(data, solution=None):
    problem = load(data)
    return explain(problem, solution or solve(problem, seconds=None).solution)


def about(data, solution=None):
    return next(entry for entry in told(data, solution)["left_out"] if entry["id"] == "s9")


def pair(**changes):
    """Two who would make a group with s9 if one thing were different; a group needs three."""
    return [seeker(n, **changes) for n in range(2)]


class TestWhyLeftOut:
    def test_no_starter(self):
        entry = about(instance([*pair(), seeker(9)], starters=[], min_size=3))
        assert entry["reason"] == "no_starter"
        assert entry["change"]["code"] == "starter" and entry["change"]["slot"] == 1

    def test_no_room(self):
        people = [*pair(modes=["physical"]), seeker(9, modes=["physical"])]
        entry = about(instance(people, rooms=[room(slots=[3])], min_size=3))
        assert entry["reason"] == "no_room"
        assert (entry["change"]["code"], entry["change"]["slot"], entry["change"]["room"]) == (
            "room",
            1,
            "r0",
        )

    def test_another_slot(self):
        entry = about(instance([*pair(), seeker(9, slots={"3": 2})], min_size=3))
        assert (entry["reason"], entry["change"]["code"]) == ("no_shared_slot", "another_slot")
        assert entry["change"]["slot"] == 1

    def test_too_far_for_her(self):
        entry = about(instance([*pair(), seeker(9, x=15_000, modes=["physical"])], min_size=3))
        assert (entry["reason"], entry["change"]["metres"]) == ("too_far", 5_000)

    def test_the_nearest_place_is_named_in_kilometres_that_are_enough(self):
        people = [
            *pair(),
            seeker(2),
            *(seeker(n, x=27_000, max_m=4_000) for n in (5, 6)),
            seeker(9, x=13_001, modes=["physical"]),
        ]
        rooms = [room(), room(1, x=24_000)]
        entry = about(instance(people, rooms, [starter(), starter(1)], min_size=3), people_placed())
        assert (entry["change"]["room"], entry["change"]["metres"]) == ("r1", 1_000)

    def test_only_digital_helps(self):
        entry = about(instance([*pair(), seeker(9, x=90_000, modes=["physical"])], min_size=3))
        assert (entry["reason"], entry["change"]["code"]) == ("not_digital", "digital")

    def test_too_few_in_her_topic(self):
        entry = about(instance([*pair(), seeker(9, frames={"0": 0})], min_size=3))
        assert (entry["reason"], entry["change"]["code"]) == ("too_few_in_topic", "mixed")

    def test_nobody_speaks_her_language(self):
        entry = about(instance([*pair(), seeker(9, langs=[1])], min_size=3))
        assert (entry["reason"], entry["change"]["code"]) == ("language", "language")

    def test_a_chair_in_a_proposed_group_is_enough(self):
        entry = about(instance([*pair(), seeker(9, slots={"3": 1})]))
        assert entry["change"] == {"code": "another_slot", "slot": 1, "new_group": False, "others": 2}

    def test_a_place_in_an_open_group_is_enough(self):
        entry = about(instance([seeker(9, slots={"3": 1})], [], [], [open_group()]))
        assert entry["change"] == {"code": "another_slot", "slot": 1, "new_group": False, "others": 1}

    def test_no_single_change_would_help(self):
        entry = about(instance([seeker(9)]))
        assert (entry["reason"], entry["change"]) == ("too_few_people", None)
        assert entry["numbers"]["others_alike"] == 0

    def test_a_wish_without_times(self):
        assert about(instance([seeker(9, slots={})]))["reason"] == "wish_incomplete"

    def test_a_solution_that_could_be_bettered_says_so(self):
        data = instance([seeker(n) for n in range(3)])
        entry = told(data, {"groups": [], "joins": []})["left_out"][0]
        assert entry["reason"] == "could_be_placed"

    def test_people_who_may_not_meet_are_no_company(self):
        people = [*pair(), seeker(9, slots={"3": 2})]
        entry = about(instance(people, blocked=[["s9", "s0"]], min_size=3))
        assert entry["reason"] == "too_few_people"


def group(*members, **changes):
    """A mixed group in Norwegian in the room at slot 1."""
    plan = {"room": "r0", "slot": 1, "frame": 1, "lang": 0, "audience": [], "starter": "i0"}
    return plan | changes | {"members": [f"s{n}" for n in members]}


def people_placed(*groups):
    return {"groups": [g for g in groups if g], "joins": []}


class TestTheSmallestChange:
    def test_the_time_most_others_share(self):
        others = [seeker(n, slots={"3": 1}) for n in range(2)] + [
            seeker(n, slots={"0": 1}) for n in (3, 4, 5)
        ]
        data = instance([*others, seeker(9, slots={"2": 1})], [room(slots=[0, 3])],
                        [starter(slots=[0]), starter(1, slots=[3])], min_size=4)  # fmt: skip
        entry = about(data | {"policy": data["policy"] | {"min_size": 3}}, people_placed())
        assert (entry["change"]["slot"], entry["change"]["others"]) == (0, 3)

    def test_every_kind_of_change_that_helps_the_smallest_first(self):
        people = [*pair(modes=["digital"]), seeker(9, modes=["physical"], slots={"1": 1})]
        others = [seeker(n, slots={"3": 1}, modes=["physical"]) for n in (4, 5)]
        data = instance([*people, *others], [room(slots=[3])], [starter(slots=[1, 3])], min_size=3)
        entry = about(data, people_placed())
        assert [change["code"] for change in entry["options"]] == ["another_slot", "digital"]
        assert entry["change"] == entry["options"][0]

    def test_a_starter_who_speaks_the_language(self):
        people = [seeker(n, langs=[1]) for n in (0, 1, 9)]
        change = about(instance(people, min_size=3))["change"]
        assert (change["code"], change["lang"], change["muni"], change["room"]) == ("starter", 1, 0, "r0")

    def test_a_woman_to_start_where_women_want_to_be_among_themselves(self):
        people = [seeker(n, only=["women"]) for n in (0, 1, 9)]
        entry = about(instance(people, starters=[starter(gender="m")], min_size=3))
        assert (entry["reason"], entry["change"]["audience"]) == ("no_starter", ["women"])

    def test_a_room_where_there_is_none_yet(self):
        people = [seeker(n, x=9_000, muni=3, modes=["physical"], max_m=500) for n in (0, 1, 9)]
        entry = about(instance(people, min_size=3))
        change = entry["change"]
        assert entry["reason"] == "no_room"
        assert (change["room"], change["muni"], change["x"]) == (None, 3, 9_000)

    def test_somebody_in_a_full_group_could_sit_in_another(self):
        full = [seeker(n, slots={"1": 1}) for n in range(3)] + [seeker(3, slots={"1": 1, "2": 0})]
        other = [seeker(n, slots={"2": 1}) for n in (4, 5)]
        data = instance([*full, *other, seeker(9, slots={"1": 1})], [room(slots=[1, 2])],
                        [starter(), starter(1, slots=[2])])  # fmt: skip
        solution = people_placed(group(0, 1, 2, 3), group(4, 5, slot=2, starter="i1"))
        entry = about(data, solution)
        assert entry["reason"] == "could_be_placed"
        assert entry["change"] == {"code": "nothing", "slot": 1, "new_group": False, "others": 4, "moves": 1}

    @pytest.mark.parametrize("pair", [["s3", "s4"], ["s3", "s5"], ["s9", "s0"]])
    def test_nobody_moves_where_they_may_not_meet(self, pair):
        full = [seeker(n, slots={"1": 1}) for n in range(3)] + [seeker(3, slots={"1": 1, "2": 0})]
        other = [seeker(n, slots={"2": 1}) for n in (4, 5)]
        data = instance([*full, *other, seeker(9, slots={"1": 1})], [room(slots=[1, 2])],
                        [starter(), starter(1, slots=[2])], blocked=[pair])  # fmt: skip
        solution = people_placed(group(0, 1, 2, 3), group(4, 5, slot=2, starter="i1"))
        assert about(data, solution)["reason"] != "could_be_placed"


class TestThoseWhoStayTogether:
    def two(self, **changes):
        return [seeker(n, bundle="b", **changes) for n in (8, 9)]

    def test_they_are_tried_as_a_whole(self):
        entry = about(instance([seeker(0), *self.two(slots={"3": 1})], min_size=3))
        assert (entry["reason"], entry["change"]["code"]) == ("no_shared_slot", "another_slot")
        assert entry["numbers"]["people"] == 2

    def test_both_need_a_chair(self):
        data = instance([*pair(), seeker(2), *self.two(slots={"3": 1})], min_size=3)
        assert about(data, people_placed(group(0, 1, 2)))["change"] is None
        wider = data | {"policy": data["policy"] | {"max_size": 5}}
        assert about(wider, people_placed(group(0, 1, 2)))["change"]["code"] == "another_slot"

    def test_they_do_not_join_a_running_group(self):
        entry = about(instance(self.two(slots={"3": 1}), [], [], [open_group()], min_size=3))
        assert (entry["reason"], entry["change"]) == ("too_few_people", None)

    def test_the_longest_journey_counts(self):
        two = [seeker(8, bundle="b", x=10_500), seeker(9, bundle="b", x=12_500)]
        for one in two:
            one["modes"] = ["physical"]
        assert about(instance([*pair(), *two], min_size=3), people_placed())["change"]["metres"] == 3_000

    def test_too_many_for_any_group_but_not_alone(self):
        five = [seeker(n, bundle="b") for n in (5, 6, 7, 8, 9)]
        entry = about(instance([*pair(), *five], min_size=3), people_placed())
        assert (entry["reason"], entry["change"]["code"]) == ("together_with_others", "separately")
        assert entry["change"]["people"] == 5

    def test_no_time_in_common(self):
        two = [seeker(8, bundle="b", slots={}), seeker(9, bundle="b")]
        entry = about(instance(two, min_size=3))
        assert (entry["reason"], entry["change"]) == ("together_with_others", None)


def test_out_of_time_people_are_named_as_not_examined():
    data = instance([seeker(n) for n in range(3)], starters=[])
    problem = load(data)
    entries = explain(problem, {"groups": [], "joins": []}, seconds=0.0)["left_out"]
    assert {e["reason"] for e in entries} == {"not_examined"} and len(entries) == 3


def test_it_says_the_same_twice():
    data = by_chance(6, 40)
    problem = load(data)
    solution = solve(problem, seconds=None).solution
    assert explain(problem, solution) == explain(problem, solution)


def test_starter_reach_counts_in_the_trials():
    """A starter who does not reach the only room is no help: one more is needed."""
    people = [*pair(modes=["physical"]), seeker(9, modes=["physical"])]
    far = starter(x=90_000, max_m=100)
    assert about(instance(people, starters=[far], min_size=3))["reason"] == "no_starter"

"""A run after something has changed: what holds stays, what is broken is mended, nothing is invalid."""

from random import Random

import pytest

from rundbord.engine.again import Changes, again, compare
from rundbord.engine.bound import bound
from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import by_chance, instance, open_group, room, seeker, starter
from .referee import Referee


def town(people=9, **policy):
    """Two rooms and two starters on Tuesday for nine easy people; groups of two to four."""
    return instance(
        [seeker(n) for n in range(people)], [room(0), room(1)], [starter(0), starter(1)], **policy
    )


def group(members, at=0, **changes):
    return {"room": f"r{at}", "slot": 1, "frame": 1, "lang": 0, "audience": [], "starter": f"i{at}",
            "members": [f"s{n}" for n in members]} | changes  # fmt: skip


def solution(*groups, joins=()):
    return {"instance": "by hand", "groups": list(groups), "joins": list(joins)}


def rerun(data, earlier):
    found = again(load(data), earlier, lambda rest: solve(rest, iterations=20))
    assert Referee(data).faults(found.solution) == set()
    assert Referee(data).worth(found.solution) == found.score
    return found


def without(data, table, *ids):
    return data | {table: [row for row in data[table] if row["id"] not in ids]}


def changed(data, table, id_, **changes):
    return data | {table: [row | changes if row["id"] == id_ else row for row in data[table]]}


TWO = solution(group(range(4)), group(range(4, 8), 1))


def test_where_nothing_has_changed_nothing_changes():
    found = rerun(town(8), TWO)
    assert found.solution["groups"] == TWO["groups"]
    assert found.changes == Changes(kept=2)


def test_a_no_is_filled_by_somebody_who_waits():
    found = rerun(without(town(), "seekers", "s1"), TWO)
    assert sorted(found.solution["groups"][1]["members"]) == ["s0", "s2", "s3", "s8"]
    assert found.changes == Changes(kept=1, mended=1)


def test_who_cannot_come_any_more_is_not_kept():
    found = rerun(changed(town(), "seekers", "s1", slots={"3": 1}), TWO)
    assert not any("s1" in g["members"] for g in found.solution["groups"])
    assert found.changes == Changes(kept=1, mended=1)


def test_the_best_of_those_left_fills_in():
    data = changed(town(10), "seekers", "s9", wait_weeks=50)
    found = rerun(without(data, "seekers", "s1"), TWO)
    assert "s9" in found.solution["groups"][1]["members"]


def test_two_who_may_no_longer_meet_are_parted():
    found = rerun(town() | {"blocked": [["s0", "s2"]]}, TWO)
    assert found.changes == Changes(kept=1, mended=1)


def test_a_group_that_lost_too_many_is_given_up_and_its_people_find_another():
    earlier = solution(group([0, 1, 2]), group([4, 5, 6], 1))
    found = rerun(without(town(7), "seekers", "s1", "s2"), earlier)
    assert found.changes.dissolved == 1
    assert found.placed == 5 - (len(found.solution["groups"]) == 1)


def test_a_starter_who_is_gone_is_followed_by_another():
    spare = starter(7)
    data = without(town(8), "starters", "i0")
    found = rerun(data | {"starters": [*data["starters"], spare]}, TWO)
    assert {g["starter"] for g in found.solution["groups"]} == {"i1", "i7"}
    assert found.changes == Changes(kept=1, mended=1)


def test_a_starter_who_does_not_start_then_any_more_is_followed_by_another():
    data = changed(town(8), "starters", "i0", slots=[2])
    found = rerun(data | {"starters": [*data["starters"], starter(7)]}, TWO)
    assert {g["starter"] for g in found.solution["groups"]} == {"i1", "i7"}


def test_a_starter_who_can_do_less_keeps_one_of_her_groups():
    earlier = solution(group(range(4)), group(range(4, 8), 1, slot=2, starter="i0"))
    data = town(8) | {"rooms": [room(0), room(1, slots=[2])]}
    twice = changed(data, "starters", "i0", slots=[1, 2], capacity=2)
    assert rerun(twice, earlier).changes == Changes(kept=2)
    once = without(changed(data, "starters", "i0", slots=[1, 2]), "starters", "i1")
    assert rerun(once, earlier).changes.kept == 1


def test_who_is_in_two_earlier_groups_stays_in_one():
    found = rerun(town(8), solution(group(range(4)), group([0, 5, 6, 7], 1)))
    assert found.changes.kept == 1


@pytest.mark.parametrize("gone", [True, False])
def test_a_room_that_is_withdrawn_is_followed_by_the_nearest(gone):
    data = town(8) | {"rooms": [room(0), room(1), room(3, x=4000), room(2, x=100)]}
    data = without(data, "rooms", "r0") if gone else changed(data, "rooms", "r0", slots=[])
    found = rerun(data, TWO)
    assert {g["room"] for g in found.solution["groups"]} == {"r1", "r2"}
    assert found.changes == Changes(kept=1, mended=1)


def test_who_no_longer_fits_into_a_room_is_placed_elsewhere():
    found = rerun(changed(town(8), "rooms", "r0", capacity=4), TWO)
    assert found.placed == 8
    assert {g["room"] for g in found.solution["groups"]} == {None, "r1"}


def test_a_new_wish_finds_a_free_chair():
    earlier = solution(group([0, 1, 2]), group(range(4, 8), 1))
    found = rerun(without(town(9), "seekers", "s3"), earlier)
    assert sorted(map(len, (g["members"] for g in found.solution["groups"]))) == [4, 4]
    assert found.changes == Changes(kept=1, mended=1)


def test_a_group_that_is_to_stay_as_it_is_gets_nobody_new():
    earlier = solution(group([0, 1, 2], as_is=True), group(range(4, 8), 1))
    found = rerun(without(town(9), "seekers", "s3"), earlier)
    assert sorted(map(len, (g["members"] for g in found.solution["groups"]))) == [3, 4]
    assert found.changes == Changes(kept=2)


def test_as_small_as_a_human_may_make_it():
    earlier = solution(group([0, 1, 2], as_is=True), group(range(4, 8), 1))
    data = town(8, min_size=4)
    found = again(load(data), earlier, lambda rest: solve(rest, iterations=5), floor=3)
    assert found.changes.kept == 2


def test_new_people_become_a_new_group():
    data = town(12) | {"rooms": [room(n) for n in range(3)], "starters": [starter(n) for n in range(3)]}
    found = rerun(data, TWO)
    assert found.changes == Changes(kept=2, new=1)
    assert found.placed == 12


def test_a_seat_in_an_open_group_is_kept_while_there_is_one():
    data = instance([seeker(0), seeker(1)], [], [], [open_group(free=1)])
    seat = {"group": "g0", "seeker": "s1"}
    assert rerun(data, solution(joins=[seat])).solution["joins"] == [seat]
    full = changed(data, "open_groups", "g0", free=0)
    assert rerun(full, solution(joins=[seat])).solution["joins"] == []
    assert rerun(without(data, "open_groups", "g0"), solution(joins=[seat])).placed == 0


def test_what_stays_together_is_mended_together_or_given_up():
    data = town(8)
    for id_ in ("s0", "s1"):
        data = changed(data, "seekers", id_, bundle="b")
    found = rerun(changed(data, "seekers", "s1", slots={"3": 1}), TWO)
    assert not any("s0" in g["members"] for g in found.solution["groups"])


def test_a_larger_smallest_size_gives_up_what_is_too_small():
    found = rerun(town(9, min_size=4), solution(group([0, 1, 2]), group(range(4, 8), 1)))
    assert all(len(g["members"]) == 4 for g in found.solution["groups"])


def test_groups_are_compared_by_who_is_in_them():
    late = solution(group(range(4), slot=2), group([4, 5, 8], 1), group([9, 10], 1))
    assert compare(TWO, late) == Changes(kept=0, mended=2, new=1, dissolved=0)
    assert compare(late, TWO) == Changes(kept=0, mended=2, new=0, dissolved=1)


def spoilt(chance, data):
    """People, rooms and starters gone, new ones there, others changed."""
    for table, share in (("seekers", 0.1), ("rooms", 0.3), ("starters", 0.3), ("open_groups", 0.3)):
        gone = [row["id"] for row in data[table] if chance.random() < share]
        data = without(data, table, *gone)
    for row in data["seekers"]:
        if chance.random() < 0.1:
            data = changed(data, "seekers", row["id"], slots={"2": 1}, discretion=chance.choice([0, 1]))
    there = {row["id"] for row in data["seekers"]}
    whole = {}
    for row in data["seekers"]:
        whole.setdefault(row["bundle"], []).append(row["id"])
    fresh = [seeker(900 + n, x=chance.randrange(6000)) for n in range(4)]
    members = {m["id"] for g in data["open_groups"] for m in g["members"]}
    pairs = [pair for pair in data["blocked"] if (there | members).issuperset(pair)]
    return data | {"seekers": [*data["seekers"], *fresh], "blocked": pairs}


@pytest.mark.parametrize("seed", range(16))
def test_whatever_has_changed_the_answer_is_valid_and_within_the_bound(seed):
    chance = Random(seed)
    before = by_chance(seed, 40)
    earlier = solve(load(before), iterations=15).solution
    after = spoilt(chance, before)
    found = rerun(after, earlier)
    assert found.score <= bound(load(after), seconds=0.2)
    told = found.changes
    assert told.kept + told.mended + told.dissolved == len(earlier["groups"])


def test_the_same_twice_is_the_same():
    data, earlier = by_chance(3, 60), solve(load(by_chance(3, 60)), iterations=10).solution
    data = without(data, "seekers", *[f"s{n}" for n in range(0, 60, 9)])
    assert rerun(data, earlier).solution == rerun(data, earlier).solution

"""Thousands of people: the work is counted, not timed, so that it cannot grow unseen."""

import pytest

from bench.matching.workload import instance
from rundbord.engine.explain import explain
from rundbord.engine.problem import load

NOBODY = {"groups": [], "joins": []}


def strict(data):
    return data | {"policy": data["policy"] | {"self_start": False}}


def in_order(data, told):
    """Everybody is told something, in a number of trials that grows with the people and no faster."""
    assert [e["id"] for e in told["left_out"]] == [s["id"] for s in data["seekers"]]
    assert "not_examined" not in {e["reason"] for e in told["left_out"]}
    return told["trials"] <= 30 * len(data["seekers"])


@pytest.mark.parametrize("lacking", [{}, {"rooms": []}, {"open_groups": []}])
def test_the_trials_grow_with_the_people_and_no_faster(lacking):
    data = strict(instance(600, 7)) | lacking
    assert in_order(data, explain(load(data), NOBODY, seconds=None))


def test_whoever_lacks_only_a_starter_is_told_so():
    """Nobody to start a group: that binds for most, and the best levers are whole groups."""
    data = strict(instance(2000, 7)) | {"starters": [], "open_groups": []}
    told = explain(load(data), NOBODY, seconds=None)
    reasons = [e["reason"] for e in told["left_out"]]
    assert in_order(data, told)
    assert reasons.count("no_starter") > 1000
    assert set(reasons) & {"could_be_placed", "no_room"} == set()
    assert [row["places"] for row in told["levers"]] == [data["policy"]["max_size"]] * 10


def test_the_same_twice_and_in_any_order_of_rooms_and_starters():
    data = instance(300, 5)
    other = data | {key: data[key][::-1] for key in ("starters", "open_groups")}
    told, again = (explain(load(d), NOBODY, seconds=None)["left_out"] for d in (data, other))
    assert [e["reason"] for e in told] == [e["reason"] for e in again]


def test_a_hundred_people_who_may_not_meet_end_soon():
    data = strict(instance(120, 3)) | {"open_groups": []}
    data["seekers"] = [s | {"discretion": 2, "muni": 1, "bundle": None} for s in data["seekers"]]
    told = explain(load(data), NOBODY, seconds=None)
    assert told["trials"] <= 100 * 120
    assert {e["change"] for e in told["left_out"]} == {None} and told["levers"] == []

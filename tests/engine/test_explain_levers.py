"""What one more starter or room would place: the numbers come true when it is added."""

import pytest

from rundbord.engine.explain import explain
from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import by_chance, instance, room, seeker, starter

NOBODY = {"groups": [], "joins": []}


def levers(data, solution=NOBODY):
    return explain(load(data), solution)["levers"]


def short(rows):
    return [(r["code"], r["slot"], r["muni"], r["places"], r["people"], r["overlap"]) for r in rows]


def town(count, **changes):
    return [seeker(n, **({"modes": ["physical"], "slots": {"1": 1}} | changes)) for n in range(count)]


def test_one_more_starter_is_named_with_what_it_would_place():
    rows = levers(instance(town(3), starters=[], min_size=3))
    assert short(rows) == [("starter", 1, 0, 3, 3, 0)]
    assert (rows[0]["frame"], rows[0]["lang"], rows[0]["audience"]) == (1, 0, [])


def test_one_more_room_is_named_too():
    rows = levers(instance(town(3), rooms=[room(slots=[3], muni=6)], min_size=3))
    assert short(rows)[0] == ("room", 1, 6, 3, 3, 0) and rows[0]["room"] == "r0"


def test_a_room_where_there_is_none():
    rows = levers(instance(town(3, x=800, muni=5, max_m=100), rooms=[room(slots=[3], muni=6)], min_size=3))
    assert short(rows) == [("room", 1, 5, 3, 3, 0)]
    assert (rows[0]["room"], rows[0]["x"], rows[0]["y"]) == (None, 800, 0)


def test_a_digital_group_needs_a_starter_and_no_place():
    assert short(levers(instance(town(3, modes=["digital"]), starters=[], min_size=3))) == [
        ("starter", 1, None, 3, 3, 0)
    ]


def test_the_same_people_are_counted_once():
    """Five can come on two evenings; a group takes four, so the second evening helps nobody but one."""
    people = town(5, slots={"1": 1, "2": 1})
    rows = levers(instance(people, [room(slots=[1, 2])], starters=[], min_size=2))
    assert short(rows) == [("starter", 1, 0, 4, 5, 0)]


def test_a_second_row_says_how_many_were_counted_already():
    people = [*town(5, slots={"1": 1, "2": 1}), seeker(5, modes=["physical"], slots={"2": 1})]
    rows = levers(instance(people, [room(slots=[1, 2])], starters=[], min_size=2))
    assert short(rows) == [("starter", 1, 0, 4, 5, 0), ("starter", 2, 0, 2, 6, 4)]


def test_those_who_may_not_meet_do_not_add_up():
    rows = levers(instance(town(4), starters=[], blocked=[["s0", "s1"], ["s2", "s3"]], min_size=2))
    assert short(rows) == [("starter", 1, 0, 2, 4, 0)]


def test_a_starter_that_a_row_needs_is_not_there_for_the_next():
    people = [*town(3), *(seeker(n, modes=["physical"], slots={"2": 1}) for n in (5, 6, 7))]
    both = instance(people, [room(slots=[3])], [starter(slots=[1, 2])], min_size=3)
    assert [r["places"] for r in levers(both)] == [3]
    two = both | {"starters": [starter(slots=[1, 2], capacity=2)]}
    assert [r["places"] for r in levers(two)] == [3, 3]


def test_who_could_be_placed_already_counts_for_nothing():
    assert levers(instance(town(3), min_size=3)) == []


def the_rest(data, solution, explained):
    """The instance without anything a solution uses, and without those who could be placed already."""
    waiting = {e["id"] for e in explained["left_out"] if e["reason"] != "could_be_placed"}
    used = solution["groups"]
    loans = {(g["room"], g["slot"]) for g in used}
    rooms = [r | {"slots": [t for t in r["slots"] if (r["id"], t) not in loans]} for r in data["rooms"]]
    starters = []
    for i in data["starters"]:
        mine = [g["slot"] for g in used if g["starter"] == i["id"]]
        free = [t for t in i["slots"] if t not in mine]
        starters.append(i | {"slots": free, "capacity": i["capacity"] - len(mine)})
    seekers = [s for s in data["seekers"] if s["id"] in waiting]
    return data | {"seekers": seekers, "rooms": rooms, "starters": starters, "open_groups": []}


def with_lever(data, row, number):
    """The instance with what a row asks for."""
    if row["code"] == "starter":
        woman = "f" if "women" in row["audience"] else "m"
        more = starter(number, slots=[row["slot"]], langs=[row["lang"]], gender=woman, max_m=10**6)
        return data | {"starters": [*data["starters"], more]}
    known = next((r for r in data["rooms"] if r["id"] == row["room"]), None)
    place = known or room(x=row.get("x"), y=row.get("y"), capacity=data["policy"]["max_size"] + 1)
    more = place | {"id": f"r{number}", "slots": [row["slot"]], "muni": row["muni"]}
    return data | {"rooms": [*data["rooms"], more]}


@pytest.mark.parametrize("starters", ["none", "some"])
@pytest.mark.parametrize("seed", range(10))
def test_the_numbers_come_true(seed, starters):
    data = by_chance(seed, 22, min_size=3)
    data |= {"starters": []} if starters == "none" else {"rooms": data["rooms"][:1]}
    best = solve(load(data), seconds=None).solution
    explained = explain(load(data), best)
    rest, promised = the_rest(data, best, explained), 0
    for number, row in enumerate(explained["levers"], start=50):
        rest, promised = with_lever(rest, row, number), promised + row["places"]
        placed = solve(load(rest), seconds=None).placed
        assert placed >= promised
        assert number > 50 or placed == promised

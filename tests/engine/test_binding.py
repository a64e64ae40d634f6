"""One instance per hard rule in which only that rule keeps two people from meeting: both searches keep it,
and place both as soon as the rule has nothing to say.
"""

import pytest

from rundbord.engine.broad.search import Broad
from rundbord.engine.budget import Budget
from rundbord.engine.problem import load
from rundbord.engine.solve import as_solution, solve

from .instances import instance, open_group, room, seeker, starter
from .referee import Referee

FAR = {"x": 9000, "y": 9000}


def town(*changes, **more):
    """Two seekers, each with her own changes, and what else the instance is to have."""
    return instance([seeker(n, **change) for n, change in enumerate(changes or ({}, {}))], **more)


def alone(change, **group):
    """One seeker with a change and a running group; nothing new can be started."""
    return instance([seeker(0, **change)], [], [], [open_group(**group)])


ONLY_ROOM = {"modes": ["physical"]}
FOUR = [seeker(n, slots={"1": 1}, **ONLY_ROOM) for n in range(4)]
# Rule: an instance in which it binds, how many are placed; the same with the rule out of the way, how many.
NEW = {
    "slot": (town({"slots": {"2": 1}}, {"slots": {"1": 1}}), 0, town(), 2),
    "frame": (town({"frames": {"0": 0}}), 0, town(), 2),
    "language": (town({"langs": [1]}, {}), 0, town({"langs": [0, 1]}, {}), 2),
    "audience, women": (town({"gender": "m"}, {"only": ["women"]}), 0, town({}, {"only": ["women"]}), 2),
    "audience, young": (
        town({"age": 31}, {"age": 20, "only": ["young"]}), 0,
        town({"age": 30}, {"age": 20, "only": ["young"]}), 2,
    ),
    "mode": (town({"modes": ["digital"]}, ONLY_ROOM), 0, town({}, ONLY_ROOM), 2),
    "travel": (town(FAR | ONLY_ROOM, {}), 0, town(FAR | ONLY_ROOM | {"max_m": 13_000}, {}), 2),
    "access": (
        town({"access": True} | ONLY_ROOM, {}, rooms=[room(accessible=False)]), 0,
        town({"access": True} | ONLY_ROOM, {}), 2,
    ),
    "size, least": (town(min_size=3), 0, town(min_size=2), 2),
    "size, most": (town({}, {}, {}, max_size=2), 2, town({}, {}, {}, max_size=3), 3),
    "room-free": (town(ONLY_ROOM, {}, rooms=[room(slots=[3])]), 0, town(ONLY_ROOM, {}), 2),
    "room-capacity": (town(ONLY_ROOM, {}, rooms=[room(capacity=2)]), 0,
                      town(ONLY_ROOM, {}, rooms=[room(capacity=3)]), 2),
    "room-once": (
        instance(FOUR, starters=[starter(0), starter(1)], max_size=2), 2,
        instance(FOUR, [room(0), room(1)], [starter(0), starter(1)], max_size=2), 4,
    ),
    "starter-free": (town(starters=[starter(slots=[3])]), 0, town(), 2),
    "starter-language": (town(starters=[starter(langs=[1])]), 0, town(), 2),
    "starter-audience": (town({"only": ["women"]}, {}, starters=[starter(gender="m")]), 0,
                         town({"only": ["women"]}, {}), 2),
    "starter-mode": (town(ONLY_ROOM, {}, starters=[starter(modes=["digital"])]), 0, town(ONLY_ROOM, {}), 2),
    "starter-travel": (town(ONLY_ROOM, {}, starters=[starter(**FAR, max_m=12_000)]), 0,
                       town(ONLY_ROOM, {}, starters=[starter(**FAR, max_m=13_000)]), 2),
    "starter-once": (
        instance(FOUR, [room(0), room(1)], [starter(capacity=2)], max_size=2), 2,
        instance(FOUR, [room(0), room(1)], [starter(0), starter(1)], max_size=2), 4,
    ),
    "starter-capacity": (
        instance([*FOUR[:2], *(s | {"slots": {"2": 1}} for s in FOUR[2:])],
                 [room(slots=[1, 2])], [starter(slots=[1, 2], capacity=1)], max_size=2), 2,
        instance([*FOUR[:2], *(s | {"slots": {"2": 1}} for s in FOUR[2:])],
                 [room(slots=[1, 2])], [starter(slots=[1, 2], capacity=2)], max_size=2), 4,
    ),
    "self-start, hers": (town({"self_start_ok": True}, {}, starters=[]), 0,
                         town(*[{"self_start_ok": True}] * 2, starters=[]), 2),
    "self-start, the office's": (town(*[{"self_start_ok": True}] * 2, starters=[], self_start=False), 0,
                                 town(*[{"self_start_ok": True}] * 2, starters=[]), 2),
    "blocked": (town(blocked=[["s1", "s0"]]), 0, town(), 2),
    "discretion, postcode": (town({"discretion": 1, "pc": 5}, {"pc": 5}), 0, town({"pc": 5}, {"pc": 5}), 2),
    "discretion, municipality": (
        town({"muni": 7}, {"discretion": 2, "muni": 7}), 0,
        town({"muni": 7}, {"discretion": 1, "muni": 7}), 2,
    ),
    "discretion, digital": (
        town({"discretion": 1, "pc": 5}, {"pc": 5, "modes": ["digital"]}), 0,
        town({"discretion": 0, "pc": 5}, {"pc": 5, "modes": ["digital"]}), 2,
    ),
    "bundle": (
        town({"bundle": "b"}, {"bundle": "b", "slots": {"3": 1}}, {}, {}), 2,
        town({"bundle": "b"}, {"bundle": "b"}, {}, {}), 4,
    ),
}  # fmt: skip
JOINS = {
    "slot": (alone({}, slot=3), alone({})),
    "frame": (alone({}, frame=0), alone({})),
    "language": (alone({}, lang=1), alone({})),
    "audience": (alone({"gender": "m"}, audience=["women"]), alone({}, audience=["women"])),
    "only": (alone({"only": ["women"]}), alone({"only": ["women"]}, audience=["women"])),
    "mode": (alone({"modes": ["physical"]}, venue=None), alone({}, venue=None)),
    "travel": (alone(FAR), alone(FAR | {"max_m": 13_000})),
    "access": (alone({"access": True}, venue={"x": 0, "y": 0, "accessible": False}), alone({"access": True})),
    "discretion of a member": (
        alone({"pc": 9}, members=[{"id": "m", "pc": 9, "muni": 9, "discretion": 1}]),
        alone({"pc": 8}, members=[{"id": "m", "pc": 9, "muni": 9, "discretion": 1}]),
    ),
    "blocked from a member": (alone({}) | {"blocked": [["s0", "m0"]]}, alone({})),
    "free-places": (alone({}, free=0), alone({})),
    "join-single": (alone({"bundle": "b"}), alone({})),
}


def exact(data):
    return solve(load(data), seconds=None).solution


def broad(data):
    search = Broad(load(data), 1, Budget(None, 6))
    search.run()
    return as_solution(load(data), search.meetings())


def placed(search, data):
    solution = search(data)
    assert Referee(data).faults(solution) == set()
    return len(solution["joins"]) + sum(len(group["members"]) for group in solution["groups"])


@pytest.mark.parametrize("search", [exact, broad])
@pytest.mark.parametrize("rule", NEW)
def test_new_groups(rule, search):
    tight, few, loose, more = NEW[rule]
    assert (placed(search, tight), placed(search, loose)) == (few, more)


@pytest.mark.parametrize("search", [exact, broad])
@pytest.mark.parametrize("rule", JOINS)
def test_joins(rule, search):
    tight, loose = JOINS[rule]
    assert (placed(search, tight), placed(search, loose)) == (0, 1)


def test_two_newcomers_who_are_apart_do_not_both_join():
    people = [seeker(n, discretion=1, pc=5) for n in range(2)]
    for search in (exact, broad):
        assert placed(search, instance(people, [], [], [open_group()])) == 1
        assert placed(search, instance(people, [], [], [open_group(0), open_group(1)])) == 2

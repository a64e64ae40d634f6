"""A run of the engine on a day: who waits and what is free, as an instance; its groups become offers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from ... import meetings as meet
from ...problem import Problem, load
from ...solve import solve
from .fitting import could_meet, fits
from .people import Group, Person

if TYPE_CHECKING:
    from .world import World

Row = dict[str, Any]


def run(world: World, day: int) -> None:
    """Look for groups and make the offers. With nothing but arrivals since the last run, only if one fits."""
    problem = load(_instance(world, day))
    if not world.freed and not _somebody_fits(problem, world.came):
        return
    world.runs += 1
    found = solve(problem, seed=1, seconds=None, iterations=world.iterations).solution
    proposed = {id for group in found["groups"] for id in group["members"]}
    proposed |= {join["seeker"] for join in found["joins"]}
    for group in found["groups"]:
        reserves = _reserves(problem, group, proposed, world.rates.reserves)
        plan = {key: value for key, value in group.items() if key != "members"}
        world.forming.begin(plan, group["members"], reserves, day)
    for join in found["joins"]:
        world.forming.offer_place(int(join["group"][1:]), join["seeker"], day)


def _instance(world: World, day: int) -> Row:
    mixed = len(world.instance["frames"]) - 1
    running = world.meeting.with_places(day)
    return world.instance | {
        "policy": world.rules,
        "weights": world.weights,
        "seekers": [world.policy.wish(_seeker(person, day), mixed) for person in world.waiting()],
        "rooms": [_room(world, row) for row in world.rooms.values()],
        "starters": _starters(world, day),
        "open_groups": [_open(world, group, free) for group, free in running],
    }


def _seeker(person: Person, day: int) -> Row:
    return person.row | {"wait_weeks": (day - person.came) // 7}


def _room(world: World, row: Row) -> Row:
    return row | {"slots": [slot for slot in row["slots"] if (row["id"], slot) not in world.taken]}


def _starters(world: World, day: int) -> list[Row]:
    out = []
    for starter in world.starters.values():
        left = starter.left(day)
        if left:
            row = starter.helper.row
            busy = {world.groups[number].plan["slot"] for number, until in starter.starts.items()
                    if until > day and world.groups[number].handed_over > day}  # fmt: skip
            out.append(row | {"capacity": left, "slots": [s for s in row["slots"] if s not in busy]})
    return out


def _open(world: World, group: Group, free: int) -> Row:
    people = [world.people[id] for id in group.seats]
    members = [{key: p.row[key] for key in ("id", "pc", "muni", "discretion")} for p in people]
    if group.old:
        return group.old | {"id": group.id, "free": free, "members": group.old["members"] + members}
    plan, room = group.plan, world.rooms.get(group.plan["room"])
    return {
        "id": group.id, "frame": plan["frame"], "lang": plan["lang"], "audience": plan["audience"],
        "slot": plan["slot"], "free": free, "members": members,
        "venue": {key: room[key] for key in ("x", "y", "accessible")} if room else None,
    }  # fmt: skip


def _somebody_fits(problem: Problem, ids: list[str]) -> bool:
    """Whether one of these people could be in a group made from what is left, or join one that runs."""
    here = problem.index["seekers"]
    return any(could_meet(problem, here[id]) for id in ids if id in here)


def _reserves(problem: Problem, group: Row, proposed: set[str], most: int) -> list[str]:
    """Who could fill in, the longest waiting first: single people who fit the group and everybody in it."""
    meeting, seekers = meet.new_group(problem, group), problem.seekers
    waiting = np.argsort(-seekers.wait, kind="stable").tolist()
    free = (s for s in waiting if seekers.ids[s] not in proposed and fits(problem, meeting, s))
    return [seekers.ids[s] for s in islice(free, most)]

"""A piece: some people and what only they may use; as an instance of its own, and solutions put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..problem import Problem

Row = dict[str, Any]


@dataclass(frozen=True)
class Piece:
    """seekers: indices, ascending. The rest are masks over the problem's tables.

    rooms (rooms, slots) and starters (starters, slots): where and when they may be used; capacity (starters):
    groups each may start; opens (open groups).
    """

    seekers: np.ndarray
    rooms: np.ndarray
    starters: np.ndarray
    capacity: np.ndarray
    opens: np.ndarray


def whole(problem: Problem) -> Piece:
    """Everybody and everything."""
    return Piece(
        seekers=np.arange(len(problem.seekers)),
        rooms=problem.rooms.free.copy(),
        starters=problem.starters.free.copy(),
        capacity=problem.starters.capacity.copy(),
        opens=np.ones(len(problem.opens), dtype=bool),
    )


def together(pieces: Iterable[Piece]) -> Piece:
    """Several pieces that share nothing, as one."""
    some = list(pieces)
    return Piece(
        seekers=np.sort(np.concatenate([p.seekers for p in some])),
        rooms=np.logical_or.reduce([p.rooms for p in some]),
        starters=np.logical_or.reduce([p.starters for p in some]),
        capacity=np.sum([p.capacity for p in some], axis=0),
        opens=np.logical_or.reduce([p.opens for p in some]),
    )


def excerpt(instance: Row, problem: Problem, piece: Piece) -> Row:
    """The instance (of the format) of one piece.

    problem: what the instance says, perhaps with some of it already taken (see `fixing.without`).
    """
    people = {row["id"]: row for row in instance["seekers"]}
    seekers = [people[problem.seekers.ids[at]] for at in piece.seekers.tolist()]
    opens = _opens(instance, problem, piece)
    known = {row["id"] for row in seekers} | {m["id"] for group in opens for m in group["members"]}
    return instance | {
        "seekers": seekers,
        "rooms": _rooms(instance, problem, piece),
        "starters": _starters(instance, problem, piece),
        "open_groups": opens,
        "blocked": [pair for pair in instance["blocked"] if known.issuperset(pair)],
    }


def _rooms(instance: Row, problem: Problem, piece: Piece) -> list[Row]:
    free = piece.rooms & problem.rooms.free
    used = np.flatnonzero(free.any(axis=1)).tolist()
    return [instance["rooms"][at] | {"slots": np.flatnonzero(free[at]).tolist()} for at in used]


def _starters(instance: Row, problem: Problem, piece: Piece) -> list[Row]:
    free = piece.starters & problem.starters.free
    left = np.minimum(piece.capacity, problem.starters.capacity)
    used = np.flatnonzero(free.any(axis=1) & (left > 0)).tolist()
    return [
        instance["starters"][at] | {"slots": np.flatnonzero(free[at]).tolist(), "capacity": int(left[at])}
        for at in used
    ]


def _opens(instance: Row, problem: Problem, piece: Piece) -> list[Row]:
    keys = ("id", "pc", "muni", "discretion")
    used = np.flatnonzero(piece.opens & (problem.opens.free > 0)).tolist()
    return [
        instance["open_groups"][at]
        | {
            "free": int(problem.opens.free[at]),
            "members": [dict(zip(keys, m, strict=True)) for m in problem.opens.members[at]],
        }
        for at in used
    ]


def merge(name: str, solutions: Iterable[Row]) -> Row:
    """Solutions of pieces that share nothing as one, in an order that does not depend on theirs."""
    some = list(solutions)
    groups = [group for each in some for group in each["groups"]]
    joins = [join for each in some for join in each["joins"]]
    return {
        "instance": name,
        "groups": sorted(groups, key=lambda group: (group["slot"], group["members"])),
        "joins": sorted(joins, key=lambda join: (join["group"], join["seeker"])),
    }


def inside(solution: Row, people: set[str]) -> tuple[Row, Row]:
    """A solution's groups and joins wholly among these people, and the others."""
    mine: Row = {"instance": solution["instance"], "groups": [], "joins": []}
    others: Row = {"instance": solution["instance"], "groups": [], "joins": []}
    for group in solution["groups"]:
        (mine if people.issuperset(group["members"]) else others)["groups"].append(group)
    for join in solution["joins"]:
        (mine if join["seeker"] in people else others)["joins"].append(join)
    return mine, others

"""A run after something has changed: groups that still hold stay, broken ones are mended, the rest is new.

Costs little beside a whole search: rules are asked for the earlier groups only, and the search is about those
who are left. The bound of the earlier run says nothing any more (waiting grows, new wishes add worth):
whoever wants one asks `bound` for the problem as it is now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import meetings as meet
from .fixing import without
from .meetings import Meeting
from .mending import Mending, with_more
from .problem import Problem
from .solve import Result, solve

Row = dict[str, Any]
Solve = Callable[[Problem], Result]


@dataclass(frozen=True)
class Changes:
    """Earlier groups: kept as they are, mended (other people, starter or room), dissolved; and new ones."""

    kept: int = 0
    mended: int = 0
    new: int = 0
    dissolved: int = 0


@dataclass(frozen=True)
class Again:
    """solution: in the format. rest: what the search says about those who were in no group that stayed."""

    solution: Row
    score: int
    placed: int
    rest: Result
    changes: Changes


def again(problem: Problem, earlier: Row, search: Solve = solve, floor: int | None = None) -> Again:
    """The earlier groups where they hold, mended where they can be, and `search` for the rest.

    earlier: a solution of the format; ids that are not in the problem any more are people, rooms and starters
    that are gone. A group with `as_is` gets nobody new as long as it holds. floor: how small a group may be
    to stay; a human may have made it so.
    """
    kept = Mending(problem, earlier, floor).stay()
    rest, _who = without(problem, kept)
    found = search(rest)
    by_hand = {frozenset(group["members"]) for group in earlier["groups"] if group.get("as_is")}
    kept = fill(problem, kept, found.solution, by_hand)
    solution = {
        "instance": problem.name,
        "groups": [*(meet.as_group(problem, m) for m in kept if m.open is None), *found.solution["groups"]],
        "joins": [*_joins(problem, kept), *found.solution["joins"]],
    }
    return Again(
        solution=solution,
        score=meet.score(problem, solution),
        placed=sum(len(m.members) for m in kept) + found.placed,
        rest=found,
        changes=compare(earlier, solution),
    )


def _joins(problem: Problem, kept: list[Meeting]) -> list[Row]:
    return [
        {"group": problem.opens.ids[m.open], "seeker": problem.seekers.ids[s]}
        for m in kept
        if m.open is not None
        for s in m.members
    ]


def compare(earlier: Row, solution: Row) -> Changes:
    """What became of the earlier groups; one that shares half of its people with a new one was mended."""
    told = Counter(likeness(group, solution["groups"])[0] for group in earlier["groups"])
    fresh = [g for g in solution["groups"] if likeness(g, earlier["groups"])[0] == "dissolved"]
    return Changes(told["kept"], told["mended"], len(fresh), told["dissolved"])


def likeness(group: Row, others: list[Row]) -> tuple[str, int | None]:
    """What became of a group among others: ("kept" | "mended" | "dissolved", which of them)."""
    mine = set(group["members"])
    near = max(range(len(others)), key=lambda at: len(mine.intersection(others[at]["members"])), default=None)
    if near is None or 2 * len(mine.intersection(others[near]["members"])) < len(mine):
        return "dissolved", None
    return ("kept" if same(group, others[near]) else "mended"), near


def same(one: Row, other: Row) -> bool:
    """Whether two groups of the format are one: time, place, kind, starter and people."""
    keys = ("slot", "frame", "lang", "audience", "room", "starter")
    return all(one[k] == other[k] for k in keys) and set(one["members"]) == set(other["members"])


def fill(problem: Problem, kept: list[Meeting], found: Row, as_is: set[frozenset[str]]) -> list[Meeting]:
    """The groups that stayed, with those whom the search left out on their free chairs."""
    left = np.ones(len(problem.seekers), dtype=bool)
    left[[m for meeting in kept for m in meeting.members]] = False
    left[[problem.index["seekers"][m] for g in found["groups"] for m in g["members"]]] = False
    left[[problem.index["seekers"][j["seeker"]] for j in found["joins"]]] = False
    out = []
    for meeting in kept:
        who = frozenset(problem.seekers.ids[m] for m in meeting.members)
        closed = meeting.open is not None or who in as_is
        more = meeting if closed else with_more(problem, meeting, left, problem.policy.max_size)
        left[list(more.members)] = False
        out.append(more)
    return out

"""What is left to match when some groups are already decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from . import meetings as meet
from .meetings import Meeting
from .problem import Problem, ProblemError


def decided(problem: Problem, groups: Sequence[dict[str, Any]]) -> list[Meeting]:
    """Groups of the format as meetings. Raises ProblemError if one names somebody or something unknown."""
    try:
        return [meet.new_group(problem, group) for group in groups]
    except KeyError as missing:
        raise ProblemError(
            f"A group that is already decided names {missing}, which is not in the instance."
        ) from None


def without(problem: Problem, meetings: Iterable[Meeting]) -> tuple[Problem, np.ndarray]:
    """The problem without these meetings' people, room-slots, starters and places, and who is left (indices).

    Whoever belongs to a bundle of which somebody is taken is left out too.
    """
    meetings = list(meetings)
    left = np.ones(len(problem.seekers), dtype=bool)
    left[[m for meeting in meetings for m in meeting.members]] = False
    broken = set(problem.seekers.bundle[~left].tolist()) - {-1}
    left &= ~np.isin(problem.seekers.bundle, list(broken))
    keep = np.flatnonzero(left)
    rest = replace(problem, rooms=_rooms(problem, meetings), starters=_starters(problem, meetings),
                   opens=_opens(problem, meetings))  # fmt: skip
    return rest.part(keep), keep


def _rooms(problem: Problem, meetings: list[Meeting]) -> Any:
    free = problem.rooms.free.copy()
    for meeting in meetings:
        if meeting.room is not None:
            free[meeting.room, meeting.slot] = False
    return replace(problem.rooms, free=free)


def _starters(problem: Problem, meetings: list[Meeting]) -> Any:
    free, capacity = problem.starters.free.copy(), problem.starters.capacity.copy()
    for meeting in meetings:
        if meeting.starter is not None:
            free[meeting.starter, meeting.slot] = False
            capacity[meeting.starter] -= 1
    return replace(problem.starters, free=free, capacity=capacity)


def _opens(problem: Problem, meetings: list[Meeting]) -> Any:
    free = problem.opens.free.copy()
    members = list(problem.opens.members)
    for meeting in meetings:
        if meeting.open is not None:
            free[meeting.open] -= len(meeting.members)
            members[meeting.open] = members[meeting.open] + _as_members(problem, meeting)
    return replace(problem.opens, free=free, members=members)


def _as_members(problem: Problem, meeting: Meeting) -> list[tuple[str, int, int, int]]:
    s = problem.seekers
    return [(s.ids[m], int(s.pc[m]), int(s.muni[m]), int(s.discretion[m])) for m in meeting.members]


def back(meeting: Meeting, keep: np.ndarray) -> Meeting:
    """A meeting of the reduced problem with the indices of the whole one."""
    return replace(meeting, members=tuple(int(keep[m]) for m in meeting.members))

"""The groups of a solution and the running ones, and how many more each could take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ...meetings import Meeting
from ...problem import Problem
from .venues import MANY, Spots


class Chairs(NamedTuple):
    """Arrays over meetings. left: people it could still take; alone: it has no starter and is new;
    open: it runs already, and takes single people.
    """

    spots: Spots
    slot: np.ndarray
    frame: np.ndarray
    lang: np.ndarray
    audience: np.ndarray
    left: np.ndarray
    alone: np.ndarray
    open: np.ndarray


def build(problem: Problem, meetings: Sequence[Meeting]) -> Chairs:
    """In the order of the meetings."""

    def column(values: list[int]) -> np.ndarray:
        return np.array(values, dtype=np.int64)

    places = [m.venue or (0, 0, True) for m in meetings]
    spots = Spots(
        column([p[0] for p in places]), column([p[1] for p in places]),
        np.array([m.venue is None for m in meetings], dtype=bool),
        np.array([p[2] for p in places], dtype=bool),
    )  # fmt: skip
    return Chairs(
        spots, column([m.slot for m in meetings]), column([m.frame for m in meetings]),
        column([m.lang for m in meetings]), column([m.audience for m in meetings]),
        left=column([chairs_left(problem, m) for m in meetings]),
        alone=np.array([m.open is None and m.starter is None for m in meetings], dtype=bool),
        open=np.array([m.open is not None for m in meetings], dtype=bool),
    )  # fmt: skip


def chairs_left(problem: Problem, meeting: Meeting) -> int:
    """People the meeting could still take: its size, the room's chairs, the open group's places."""
    if meeting.open is not None:
        return int(problem.opens.free[meeting.open]) - len(meeting.members)
    chairs = int(problem.rooms.capacity[meeting.room]) if meeting.room is not None else MANY
    return min(problem.policy.max_size, chairs - (meeting.starter is not None)) - len(meeting.members)

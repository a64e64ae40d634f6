"""A part too large for one worker, cut into blocks; what crosses a cut is held until the next round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import meetings as meet
from ..fixing import without
from ..meetings import Meeting
from ..problem import Problem
from . import blocks
from .pieces import Piece, Row

EMPTY: dict[str, Any] = {"groups": [], "joins": []}


@dataclass(frozen=True)
class Cut:
    """pieces: of `problem`, which is the whole one without the people and things of `held` groups.

    before[b]: groups of the earlier solution that piece b may take apart again.
    """

    problem: Problem
    pieces: list[Piece]
    held: Row
    before: list[Row]


def split(problem: Problem, most: int, *, seed: int = 1, turn: int = 0, earlier: Row | None = None) -> Cut:
    """Blocks of at most `most` people near one another, each with rooms, starters and open groups of its own.

    Each turn cuts elsewhere. With an `earlier` solution, its groups within a block stay in that block's
    hands, with their rooms and starters; groups across a cut are held as they are.
    """
    block = blocks.homes(problem, most, seed=seed, turn=turn)
    found = meet.meetings(problem, earlier or EMPTY)
    owner = Owner(problem, block, found)
    held, free = owner.crossing(found)
    rest, who = without(problem, held)
    return Cut(
        problem=rest,
        pieces=owner.pieces(rest, block[who], free),
        held=_solution(problem, held),
        before=[_solution(problem, [m for m, at in free if at == b]) for b in range(owner.count)],
    )


def _solution(problem: Problem, meetings: Iterable[Meeting]) -> Row:
    some = list(meetings)
    return {
        "instance": problem.name,
        "groups": [meet.as_group(problem, m) for m in some if m.open is None],
        "joins": [
            {"group": problem.opens.ids[m.open], "seeker": problem.seekers.ids[s]}
            for m in some
            if m.open is not None
            for s in m.members
        ],
    }


class Owner:
    """Which block each open group belongs to, and on demand everything else."""

    def __init__(self, problem: Problem, block: np.ndarray, found: list[Meeting]) -> None:
        self.problem, self.block = problem, block
        self.count = int(block.max(initial=0)) + 1
        self.opens = self._opens(found)

    def _opens(self, found: list[Meeting]) -> np.ndarray:
        """By who could come; a group that has newcomers already belongs to most of them."""
        p, o = self.problem, self.problem.opens
        wanted = blocks.reached(p, self.block, o.x, o.y, np.zeros(len(o), dtype=np.int64))
        online = np.bincount(self.block[p.seekers.digital], minlength=self.count)
        wanted[o.digital] = online
        out = blocks.deal(wanted, o.free)
        for meeting in (m for m in found if m.open is not None):
            out[meeting.open] = int(np.argmax(np.bincount(self.block[list(meeting.members)])))
        return out

    def crossing(self, found: list[Meeting]) -> tuple[list[Meeting], list[tuple[Meeting, int]]]:
        """(meetings to hold as they are, (meeting, block) that may be taken apart)."""
        held, free = [], []
        for meeting in found:
            shares = self._by_block(meeting)
            if meeting.open is not None:
                for at, members in shares:
                    one = meet.open_group(self.problem, meeting.open, members)
                    free += [(one, at)] if at == self.opens[meeting.open] else []
                    held += [one] if at != self.opens[meeting.open] else []
            elif len(shares) == 1:
                free.append((meeting, shares[0][0]))
            else:
                held.append(meeting)
        return held, free

    def _by_block(self, meeting: Meeting) -> list[tuple[int, tuple[int, ...]]]:
        """(block, its members of the meeting)."""
        at = {int(self.block[m]) for m in meeting.members}
        return [(b, tuple(m for m in meeting.members if self.block[m] == b)) for b in sorted(at)]

    def pieces(self, rest: Problem, block: np.ndarray, free: list[tuple[Meeting, int]]) -> list[Piece]:
        """What each block may use of what is not held."""
        rooms = self._rooms(rest, block, free)
        starters, capacity = self._starters(rest, block, free)
        return [
            Piece(
                seekers=np.flatnonzero(block == b),
                rooms=rest.rooms.free & (rooms == b),
                starters=rest.starters.free & (starters == b),
                capacity=capacity[:, b],
                opens=self.opens == b,
            )
            for b in range(self.count)
        ]

    def _rooms(self, rest: Problem, block: np.ndarray, free: list[tuple[Meeting, int]]) -> np.ndarray:
        """(rooms, slots): the block of each."""
        r = rest.rooms
        wanted = blocks.reached(rest, block, r.x, r.y, np.zeros(len(r), dtype=np.int64))
        dealt = blocks.deal(self._all(wanted), np.zeros(len(r)))
        out = np.repeat(dealt[:, None], rest.slots, axis=1)
        for meeting, at in free:
            if meeting.room is not None:
                out[meeting.room, meeting.slot] = at
        return out

    def _starters(
        self, rest: Problem, block: np.ndarray, free: list[tuple[Meeting, int]]
    ) -> tuple[np.ndarray, np.ndarray]:
        """(starters, slots): the block; (starters, blocks): groups to start there.

        Who starts groups in several blocks has there only what those groups take; all else is in the first.
        """
        s = rest.starters
        uses = np.zeros((len(s), self.count), dtype=np.int64)
        for meeting, at in free:
            if meeting.starter is not None:
                uses[meeting.starter, at] += 1
        dealt = blocks.deal(self._all(self._wanted(rest, block)), s.capacity)
        home = np.where(uses.any(axis=1), uses.argmax(axis=1), dealt)
        out = np.repeat(home[:, None], rest.slots, axis=1)
        for meeting, at in free:
            if meeting.starter is not None:
                out[meeting.starter, meeting.slot] = at
        every = np.arange(len(s))
        uses[every, home] += s.capacity - uses.sum(axis=1)
        return out, uses

    def _wanted(self, rest: Problem, block: np.ndarray) -> np.ndarray:
        """(starters, blocks): people a starter could meet, in a room or digitally."""
        s = rest.starters
        near = blocks.reached(rest, block, s.x, s.y, s.max_m) * s.physical[:, None]
        online = np.bincount(block[rest.seekers.digital], minlength=self.count)
        return np.maximum(near, s.digital[:, None] * online)

    def _all(self, wanted: np.ndarray) -> np.ndarray:
        """The table with a column for every block, also those in which nobody is left."""
        return np.pad(wanted, ((0, 0), (0, self.count - wanted.shape[1])))

"""The board dealt to two lanes by a line across the land, so that both can be bettered at the same time."""

from __future__ import annotations

import numpy as np

from ..compiled.seats import EMPTY
from .board import Board


def split(board: Board, chance: np.random.Generator) -> None:
    """Give one half to lane 1 and one to lane 2. What hangs together (by a shared starter) stays together."""
    line = _Line(board, chance)
    rows = line.rows()
    board._deal(rows, line.units(rows), line.places(rows),
                line.starters(rows), line.opens(rows))  # fmt: skip


class _Line:
    """A direction across the land; half of the units lie on each side of the line through their middle."""

    def __init__(self, board: Board, chance: np.random.Generator) -> None:
        self.board, self.chance = board, chance
        angle = chance.random() * np.pi
        self.way = np.cos(angle), np.sin(angle)
        u, s = board.field.units, board.field.problem.seekers
        first = u.member[u.ptr[:-1]]
        self.home = self._along(s.x[first], s.y[first])
        self.middle = float(np.median(self.home)) if len(first) else 0.0

    def _along(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return x * self.way[0] + y * self.way[1]

    def _lane(self, along: np.ndarray) -> np.ndarray:
        return np.where(along < self.middle, 1, 2)

    def rows(self) -> np.ndarray:
        """Lane per row: where most of its members live; rows that share a starter go with her first one."""
        s = self.board.seats
        lanes = 1 + np.arange(len(s.place)) % 2
        used = self.board.rows()
        if len(used):
            some = [self.home[s.units[g, : s.size[g]]].mean() for g in used.tolist()]
            lanes[used] = self._lane(np.array(some))
        started = used[s.helper[used] >= 0]
        helper, first = np.unique(s.helper[started], return_index=True)
        self.first_of = dict(zip(helper.tolist(), started[first].tolist(), strict=True))
        lanes[started] = lanes[[self.first_of[i] for i in s.helper[started].tolist()]]
        return lanes

    def units(self, rows: np.ndarray) -> np.ndarray:
        """Lane per unit: that of her group, else by where she lives."""
        owner = self.board.seats.owner
        return np.where(owner == EMPTY, self._lane(self.home), rows[np.maximum(0, owner)])

    def places(self, rows: np.ndarray) -> np.ndarray:
        """Lane per place: that of the group there, else by where the room is."""
        at, room, rooms = self.board.seats.at, self.board.field.places.room, self.board.field.problem.rooms
        lanes = np.ones(len(room), dtype=np.int64)
        real = room >= 0
        lanes[real] = self._lane(self._along(rooms.x[room[real]], rooms.y[room[real]]))
        return np.where(at == EMPTY, lanes, rows[np.maximum(0, at)])

    def starters(self, rows: np.ndarray) -> np.ndarray:
        """Lane per starter: that of her groups, else by where she lives."""
        i = self.board.field.problem.starters
        lanes = self._lane(self._along(i.x, i.y))
        for starter, row in self.first_of.items():
            lanes[starter] = rows[row]
        return lanes

    def opens(self, rows: np.ndarray) -> np.ndarray:
        """Lane per open group: that of its newcomers, else by lot."""
        joined = self.board.seats.joined
        lots = 1 + (self.chance.random(len(joined)) < 0.5)
        return np.where(joined == EMPTY, lots, rows[np.maximum(0, joined)])

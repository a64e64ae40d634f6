"""Good groups in an instant: in every template the best who may meet those taken before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .search import NONE

if TYPE_CHECKING:
    from .pricer import Pricer, Scan


class Filling:
    """Fills one group of every template at the same time, one person after the other."""

    def __init__(self, pricer: Pricer, scan: Scan, some: np.ndarray) -> None:
        ptr = scan.view.ptr
        length = ptr[some + 1] - ptr[some]
        at = np.arange(int(length.max(initial=0)))
        where = np.minimum(ptr[some][:, None] + at, max(0, len(scan.unit) - 1))
        self.unit, self.seats, self.gain = scan.unit[where], scan.seats[where], scan.gain[where]
        self.alive, self.row = at < length[:, None], np.arange(len(some))
        self.low, self.high = pricer.templates.low[some], pricer.templates.high[some]
        self.bonus, self.clash = pricer.bonus[some], pricer.clash
        self.size, self.worth = np.zeros(len(some), np.int64), np.zeros(len(some), np.int64)
        self.best, self.good = np.full(len(some), NONE, dtype=np.int64), np.zeros(len(some), np.int64)
        self.taken: list[np.ndarray] = []

    def step(self) -> bool:
        """Everywhere the best who still may come; False when there is nobody anywhere."""
        if not self.alive.size:
            return False
        at = self.alive.argmax(axis=1)
        who, seats = self.unit[self.row, at], self.seats[self.row, at]
        comes = self.alive[self.row, at]
        fits = comes & (self.size + seats <= self.high)
        self.alive[self.row, at] = False
        self.alive &= ~(self.clash[who[:, None], self.unit] & fits[:, None])
        self.size += np.where(fits, seats, 0)
        self.alive &= (self.size < self.high)[:, None]
        self.worth += np.where(fits, self.gain[self.row, at], 0)
        self.taken.append(np.where(fits, who, -1))
        self._remember(fits)
        return bool(comes.any())

    def _remember(self, fits: np.ndarray) -> None:
        worth = self.worth + self.bonus[self.row, self.size]
        better = fits & (self.size >= self.low) & (worth > self.best)
        self.best[better], self.good[better] = worth[better], len(self.taken)

    def sets(self) -> list[tuple[int, ...]]:
        """The units of every best set, ascending."""
        taken = np.array(self.taken, dtype=np.int64).reshape(len(self.taken), len(self.row)).T.tolist()
        return [
            tuple(sorted(u for u in row[:n] if u >= 0))
            for row, n in zip(taken, self.good.tolist(), strict=True)
        ]

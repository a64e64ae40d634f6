"""Prices for people and starters by sub-gradient steps; each step also proves a bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..compiled import sweep
from ..compiled.world import NONE, SCALE
from .field import Field

PATIENCE = 5  # steps without a better bound before the aim is set half as far below it


class Prices(NamedTuple):
    """Scaled prices per unit and per (starter, slot), and the bound they prove in points.

    A starter's price is the sum of one for any of her starts and one for the slot.
    """

    unit: np.ndarray
    starter: np.ndarray
    bound: int


class Pricing:
    """Sub-gradient descent on the bound. `best` is what has been reached."""

    def __init__(self, field: Field) -> None:
        self.field = field
        count, starters = len(field.units.size), len(field.problem.starters)
        shape = (starters, field.problem.slots)
        self.unit: np.ndarray = np.zeros(count)
        self.starter: np.ndarray = np.zeros(starters)
        self.slot: np.ndarray = np.zeros(shape)
        self.capacity = np.maximum(0, field.problem.starters.capacity)
        self.best = Prices(np.zeros(count, np.int64), np.zeros(shape, np.int64), 2**60)
        self.kept = self.unit, self.starter, self.slot
        self.length, self.idle = 0.3, 0
        self.unit += field.units.standing * SCALE * 0.5
        self.heading: tuple[np.ndarray, ...] | None = None

    def run(self, steps: int, stop: Callable[[], bool]) -> Prices:
        """Up to `steps` steps."""
        for _ in range(steps):
            bound, used, helped = self._look()
            self.idle = 0 if bound <= self.best.bound else self.idle + 1
            if self.idle > PATIENCE:
                self._back()
            else:
                self._move(bound, used, helped)
            if stop():
                break
        return self.best

    def _back(self) -> None:
        """Start again from the best prices, aiming less far."""
        self.length, self.idle, self.heading = self.length / 2, 0, None
        self.unit, self.starter, self.slot = (part.copy() for part in self.kept)

    def _look(self) -> tuple[int, np.ndarray, np.ndarray]:
        unit, starter, slot = (
            np.rint(part).astype(np.int64) for part in (self.unit, self.starter, self.slot)
        )
        used, helped = np.zeros(len(unit), np.int64), np.zeros(slot.shape, np.int64)
        fees = starter[:, None] + slot
        cost = int(unit.sum()) + int((starter * self.capacity).sum()) + int(slot.sum())
        points = (self._gain(unit, fees, used, helped) + cost) // SCALE
        if points < self.best.bound:
            self.best = Prices(unit, fees, points)
            self.kept = self.unit.copy(), self.starter.copy(), self.slot.copy()
        return points, used, helped

    def _gain(self, unit: np.ndarray, asked: np.ndarray, used: np.ndarray, helped: np.ndarray) -> int:
        f, t = self.field, self.field.terms
        fees = np.where(f.fees() == -NONE, -NONE, asked)
        bonus = t.bonus + t.backup * max(0, t.backup_cap)
        rest = list(f.rest())
        rest[6] = bonus
        free = np.ones(len(unit), dtype=bool)
        total = sweep.rooms(f.digital, f.table, unit, free, fees, tuple(rest), f.work.best, used, helped)
        total += sweep.digital(f.digital, f.table, unit, free, fees, concave(bonus, t.low), tuple(rest),
                               f.work.best,
                               used, helped)  # fmt: skip
        return int(total) + self._open_gain(unit, used)

    def _open_gain(self, price: np.ndarray, used: np.ndarray) -> int:
        total = 0
        for at, (unit, value) in enumerate(self.field.open_lists):
            gain = value * SCALE - price[unit]
            top = np.argsort(-gain, kind="stable")[: max(0, int(self.field.problem.opens.free[at]))]
            top = top[gain[top] > 0]
            used[unit[top]] += 1
            total += int(gain[top].sum())
        return total

    def _move(self, bound: int, used: np.ndarray, helped: np.ndarray) -> None:
        prices = self.unit, self.starter, self.slot
        over = used - 1.0, helped.sum(axis=1) - self.capacity.astype(float), helped - 1.0
        slope = tuple(np.where((p <= 0) & (o < 0), 0.0, o) for p, o in zip(prices, over, strict=True))
        if self.heading is not None:
            slope = tuple(s + 0.5 * h for s, h in zip(slope, self.heading, strict=True))
        self.heading = slope
        norm = sum(float((part**2).sum()) for part in slope)
        step = (bound - self.best.bound * (1 - self.length)) * SCALE / max(1.0, norm)
        self.unit, self.starter, self.slot = (
            np.maximum(0, p + step * part) for p, part in zip(prices, slope, strict=True)
        )


def concave(bonus: np.ndarray, low: int) -> np.ndarray:
    """The least concave worth per size that is nowhere below `bonus` (from the smallest size on)."""
    out = bonus.copy()
    for k in range(low, len(bonus)):
        for a in range(low, k):
            for b in range(k + 1, len(bonus)):
                line = -(-(int(bonus[a]) * (b - k) + int(bonus[b]) * (k - a)) // (b - a))
                out[k] = max(out[k], line)
    return out

"""Prices for people and starters by sub-gradient steps; each step also proves a bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..compiled import sweep
from ..compiled.world import SCALE
from .field import STEPS, Field
from .lanes import LANES, each

PATIENCE = 8  # steps without a better bound before the aim is set half as far below it
NEVER_LOOKED = np.int64(2**60)


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
        self.unit: np.ndarray = field.units.standing * SCALE * 0.5
        self.starter: np.ndarray = np.zeros(starters)
        self.slot: np.ndarray = np.zeros(shape)
        self.capacity = np.maximum(0, field.problem.starters.capacity)
        self.best = Prices(np.zeros(count, np.int64), np.zeros(shape, np.int64), 2**60)
        self.kept = self.unit, self.starter, self.slot
        self.length, self.idle = 0.3, 0
        self.heading: tuple[np.ndarray, ...] | None = None
        self.free, self.open = np.ones(count, dtype=np.int8), field.able.astype(np.int8)
        self.near = np.full(len(field.places.room), NEVER_LOOKED)
        self.asked = np.zeros(count, np.int64), np.zeros(shape, np.int64)
        t = field.terms
        self.bonus = t.bonus + t.backup * max(0, t.backup_cap)
        self.curve = concave(self.bonus, t.low)

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
        fees = starter[:, None] + slot
        gain, used, helped = self._gain(unit, fees)
        cost = int(unit.sum()) + int((starter * self.capacity).sum()) + int(slot.sum())
        points = (gain + cost) // SCALE
        if points < self.best.bound:
            self.best = Prices(unit, fees, points)
            self.kept = self.unit.copy(), self.starter.copy(), self.slot.copy()
        return points, used, helped

    def _gain(self, unit: np.ndarray, fees: np.ndarray) -> tuple[int, np.ndarray, np.ndarray]:
        drift = self._drift(unit, fees)
        parts = each(lambda lane: self._lane(lane, unit, fees, drift), range(LANES))
        used = parts[0][1] + parts[1][1]
        total = sum(int(part[0]) for part in parts) + self._open_gain(unit, used)
        return total, used, parts[0][2] + parts[1][2]

    def _drift(self, unit: np.ndarray, fees: np.ndarray) -> int:
        """By how much any group may have gained since the last look, by prices that fell."""
        before, self.asked = self.asked, (unit, fees)
        people = int((before[0] - unit).max(initial=0)) * self.field.terms.high
        return people + int((before[1] - fees).max(initial=0))

    def _lane(self, lane: int, unit: np.ndarray, fees: np.ndarray, drift: int) -> tuple:
        f = self.field
        used, helped = np.zeros(len(unit), np.int64), np.zeros(fees.shape, np.int64)
        words = (
            f.table,
            f.people,
            f.rules(self.bonus),
            tuple(f.work[lane]),
            unit,
            self.free,
            fees,
            self.open,
        )
        total = sweep.rooms(lane, LANES, f.digital, *words, STEPS, drift, self.near, used, helped)
        total += sweep.digital(lane, LANES, f.digital, *words, STEPS, self.curve, used, helped)
        return total, used, helped

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

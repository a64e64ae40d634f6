"""An auction: places are asked in turn for what they would use, and its price rises at once.

Incremental sub-gradient steps (Nedić and Bertsekas 2001): the places of a pass are dealt to a few batches; a
price rises by the step with every use and falls by it once in a pass (a starter's once for every start she
has). The mean of the prices over some passes is far nearer to the best than any one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..compiled import sweep
from ..compiled.world import SCALE
from .field import Field
from .lanes import LANES, each

BATCHES = 8  # parts of a pass; prices are the same for both lanes at the start of each
FALL = 4  # steps by which a group is thought to gain at most in a pass, by prices that fall
FAR = np.int64(2**60)
SEARCHED = 20_000  # search steps per bucket: where it ends unfinished, the bound pays for it


class Rates(NamedTuple):
    """Scaled prices: per unit, per starter for any start, and per (starter, slot)."""

    unit: np.ndarray
    starter: np.ndarray
    slot: np.ndarray

    def whole(self) -> tuple[np.ndarray, np.ndarray]:
        """What is asked, in whole numbers: per unit, and per (starter, slot) for a start there."""
        unit, starter, slot = (np.rint(part).astype(np.int64) for part in self)
        return unit, starter[:, None] + slot


class Market(NamedTuple):
    """What there is to be had: units and (starter, slot) marked 1, how many starts, and which places."""

    free: np.ndarray
    open: np.ndarray
    capacity: np.ndarray
    places: np.ndarray


class Auction:
    """Passes over all places of a market, from some rates on."""

    def __init__(self, field: Field, rates: Rates, market: Market, chance: np.random.Generator) -> None:
        self.field, self.rates, self.chance = field, rates, chance
        self.curve = concave(field.promised, field.terms.low)
        self.near = np.zeros(len(field.places.room), np.int64)
        self.enter(market)

    def enter(self, market: Market) -> None:
        """Another market: only what is in it is asked for."""
        self.market = market
        self.near[:] = FAR

    def run(self, passes: int, step: float, stop: Callable[[], bool]) -> Rates:
        """So many passes, or fewer if stopped. Returns the mean of the rates on the way."""
        total, count = [np.zeros_like(part) for part in self.rates], 0
        for _ in range(passes):
            self.near += round(step * FALL)
            self._open(step)
            for places in self._batches():
                self._move(*self._use(places, round(step)), step)
                total, count = [sum_ + part for sum_, part in zip(total, self.rates, strict=True)], count + 1
            if stop():
                break
        return Rates(*(sum_ / count for sum_ in total))

    def _open(self, step: float) -> None:
        used = open_use(self.field, self.rates.unit, self.market.free)[1]
        self.rates = self.rates._replace(unit=self.rates.unit + step * used)

    def _batches(self) -> list[np.ndarray]:
        """The places in an order drawn anew, dealt to the batches."""
        order = self.chance.permutation(self.market.places)
        return [order[first::BATCHES] for first in range(BATCHES)]

    def _use(self, places: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
        lanes = each(lambda lane: self._lane(lane, places[lane::LANES], step), range(LANES))
        return sum(lane[0] for lane in lanes), sum(lane[1] for lane in lanes)

    def _lane(self, lane: int, places: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
        unit, fees = self.rates.whole()
        _, used, helped = look(
            self.field, lane, places, (unit, fees), self.market, step, 0, self.near, self.curve
        )
        return used, helped

    def _move(self, used: np.ndarray, helped: np.ndarray, step: float) -> None:
        part = 1 / BATCHES
        over = used - part, helped.sum(axis=1) - self.market.capacity * part, helped - part
        self.rates = Rates(*(np.maximum(0, p + step * o) for p, o in zip(self.rates, over, strict=True)))


def look(
    field: Field, lane: int, places: np.ndarray, prices: tuple[np.ndarray, np.ndarray], market: Market,
    step: int, drift: int, near: np.ndarray, curve: np.ndarray,
) -> tuple[int, np.ndarray, np.ndarray]:  # fmt: skip
    """(gain, how often each unit is used, and each starter at a slot) at some places; prices are written to.

    The gain is a bound if the step is 0.
    """
    f, (unit, fees) = field, prices
    used, helped = np.zeros(len(unit), np.int64), np.zeros(fees.shape, np.int64)
    words = (
        f.table,
        f.people,
        f.rules(f.promised),
        tuple(f.work[lane]),
        unit,
        market.free,
        fees,
        market.open,
    )
    digital, rooms = places[places < f.digital], places[places >= f.digital]
    gain = sweep.rooms(rooms, *words, SEARCHED, step, drift, near, used, helped)
    return gain + sweep.digital(digital, *words, SEARCHED, step, curve, used, helped), used, helped


def open_use(field: Field, price: np.ndarray, free: np.ndarray) -> tuple[float, np.ndarray]:
    """(what open groups gain, how often they would use each unit) at these prices."""
    total, used = 0.0, np.zeros(len(price), np.int64)
    for at, (unit, value) in enumerate(field.open_lists):
        gain = np.where(free[unit], value * SCALE - price[unit], 0)
        top = np.argsort(-gain, kind="stable")[: max(0, int(field.problem.opens.free[at]))]
        top = top[gain[top] > 0]
        used[unit[top]] += 1
        total += gain[top].sum()
    return total, used


def concave(bonus: np.ndarray, low: int) -> np.ndarray:
    """The least concave worth per size that is nowhere below `bonus` (from the smallest size on)."""
    out = bonus.copy()
    for k in range(low, len(bonus)):
        for a in range(low, k):
            for b in range(k + 1, len(bonus)):
                line = -(-(int(bonus[a]) * (b - k) + int(bonus[b]) * (k - a)) // (b - a))
                out[k] = max(out[k], line)
    return out

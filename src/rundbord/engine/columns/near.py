"""The root of the search from prices that are known to be near: the linear programme's own swing about wildly
at first, so groups are sought at prices between the two, and the best of these are leaned on next (smoothing
after Wentges).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .master import Duals
from .node import Generator
from .pricing import SCALE

LEAN = 0.8  # share of the prices leaned on, at first
LESS = 0.1  # by which the share falls when too little is found
SCARCE = 10  # groups found in a round that are too few
WIDE = 300  # groups added in a round at most
FIRST = 3000  # groups taken in before the first round, the best at the known prices
WITHIN = 3000  # points by which such a group may cost more than it is worth


class Near(NamedTuple):
    """Prices in points: per seeker of her unit, per starter of any start, per (starter, slot) of it."""

    person: np.ndarray
    starter: np.ndarray
    slot: np.ndarray

    def part(self, who: np.ndarray) -> Near:
        """Those of some seekers."""
        return self._replace(person=self.person[who])


class Approach:
    """Adds groups to the linear programme until its prices are right. bound: the best proven on the way."""

    def __init__(self, generator: Generator, near: Near) -> None:
        self.generator, self.lean, self.bound = generator, LEAN, 2**60
        self.centre = _duals(generator, near)
        generator.gather(self.centre, FIRST, WITHIN * SCALE)

    def run(self, stop: Callable[[], bool]) -> int:
        """Rounds until no group gains, or until stopped. Returns the bound."""
        while not stop() and self.generator.master.solve():
            own = self.generator.master.duals()
            added = self._round(own if self.lean <= 0 else self._between(own))
            if added < SCARCE and self.lean > 0:
                self.lean -= LESS
                added += self._round(own)
            if not added:
                break
        return self.bound

    def _between(self, own: Duals) -> Duals:
        return Duals(
            *(
                np.rint(self.lean * a + (1 - self.lean) * b).astype(np.int64)
                for a, b in zip(self.centre, own, strict=True)
            )
        )

    def _round(self, at: Duals) -> int:
        bound, added = self.generator.round(*self.generator.master.priced(at), most=WIDE, thorough=True)
        if bound < self.bound:
            self.bound, self.centre = bound, at
        return added


def _duals(generator: Generator, near: Near) -> Duals:
    u, master = generator.units, generator.master
    slot = np.zeros(len(master.meets))
    for (starter, at), number in master.meets.items():
        slot[number] = near.slot[starter, at]
    prices = near.person[u.member[u.ptr[:-1]]], slot, near.starter
    return Duals(*(np.maximum(0, np.rint(part * SCALE)).astype(np.int64) for part in prices))

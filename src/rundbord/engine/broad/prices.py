"""Prices for people and starters by an auction; now and then they prove a bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..compiled.world import SCALE
from .auction import FAR, Auction, Market, Rates, look, open_use
from .field import Field
from .lanes import LANES, each

PASSES = 8  # between two looks
FIRST, LAST = 0.03, 0.0001  # step of the first passes and of the last, as a share of what somebody is worth
UNKNOWN = 2**60  # the bound before any is proven
COOL = 0.9  # step after a look, as a share of that before


class Prices(NamedTuple):
    """Scaled prices per unit and per (starter, slot), and the bound they prove in points."""

    unit: np.ndarray
    starter: np.ndarray
    bound: int


class Pricing:
    """Lagrangian relaxation of "everybody once, every starter as often as she can". `best`: what is reached.

    kept: the rates behind the best prices.
    """

    def __init__(self, field: Field, chance: np.random.Generator) -> None:
        self.field = field
        count, shape = len(field.units.size), field.able.shape
        rates = Rates(field.units.standing * SCALE * 0.5, np.zeros(shape[0]), np.zeros(shape))
        self.market = everything(field)
        self.auction = Auction(field, rates, self.market, chance)
        self.worth = float(np.abs(field.units.standing).mean()) * SCALE if count else 0.0
        self.share = FIRST
        self.best, self.kept = Prices(np.zeros(count, np.int64), np.zeros(shape, np.int64), UNKNOWN), rates
        self.near = np.full(len(field.places.room), FAR)
        self.asked = np.zeros(count, np.int64), np.zeros(shape, np.int64)

    @property
    def done(self) -> bool:
        """Whether more passes would hardly change anything."""
        return self.share < LAST

    def rough(self, passes: int, stop: Callable[[], bool]) -> tuple[np.ndarray, np.ndarray]:
        """Prices per unit and per (starter, slot) after so many passes, which prove nothing."""
        return self.auction.run(passes, self.share * self.worth, stop).whole()

    def run(self, looks: int, stop: Callable[[], bool], passes: int = PASSES) -> Prices:
        """Some passes and a look, so many times. Stops after the first look at the earliest."""
        for _ in range(looks):
            self._look(self.auction.run(passes, self.share * self.worth, stop))
            self.share *= COOL
            if stop():
                break
        return self.best

    def _look(self, rates: Rates) -> None:
        unit, fees = rates.whole()
        favour = self.field.favour * SCALE  # nothing an instance knows of, so the bound is proven without
        asked = np.maximum(unit, favour)
        prices, drift = (asked, fees), self._drift(asked, fees)
        lanes = each(lambda lane: self._gain(lane, prices, drift), range(LANES))
        starter, slot = (np.rint(part).astype(np.int64) for part in rates[1:])
        cost = int((asked - favour).sum()) + int((starter * self.market.capacity).sum()) + int(slot.sum())
        points = (sum(lanes) + int(open_use(self.field, asked, self.market.free)[0]) + cost) // SCALE
        if points < self.best.bound:
            self.best, self.kept = Prices(unit, fees, points), rates

    def _drift(self, unit: np.ndarray, fees: np.ndarray) -> int:
        """By how much any group may have gained since the last look, by prices that fell."""
        before, self.asked = self.asked, (unit, fees)
        people = int((before[0] - unit).max(initial=0)) * self.field.terms.high
        return people + int((before[1] - fees).max(initial=0))

    def _gain(self, lane: int, prices: tuple[np.ndarray, np.ndarray], drift: int) -> int:
        places = self.market.places[lane::LANES]
        curve = self.auction.curve
        return int(look(self.field, lane, places, prices, self.market, 0, drift, self.near, curve)[0])


def everything(field: Field) -> Market:
    """All units, starters and places."""
    capacity = np.maximum(0, field.problem.starters.capacity)
    places = np.arange(len(field.places.room))
    return Market(np.ones(len(field.units.size), np.int8), field.able.astype(np.int8), capacity, places)

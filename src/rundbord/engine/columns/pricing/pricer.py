"""Pricing: which group of each template is worth most beyond the prices of its people, room and starter.

Worth and prices are whole numbers in 1/SCALE point, so every bound computed here is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import NamedTuple

import numpy as np

from ...problem import Problem
from ...units import NEVER, Units
from ..templates import KEPT, Templates, spare_points
from .clash import bits
from .filling import Filling
from .search import NONE, STEPS, Crowd, Search

SCALE = 64
APART = 2**42  # no gain is as large, so it keeps templates apart when all entries are sorted at once


class Prices(NamedTuple):
    """Scaled prices: per unit, per starter class, and what a template pays or gets by branching."""

    unit: np.ndarray
    klass: np.ndarray
    template: np.ndarray


class Found(NamedTuple):
    """The best set of one template: its gain, its units (ascending) and a bound on every set of the
    template.
    """

    gain: int
    units: tuple[int, ...]
    bound: int


class View(NamedTuple):
    """The entries that may be used: numbers into the templates' arrays, their templates, and per template
    where its people start in a list of all (a unit of two has two places).
    """

    entry: np.ndarray
    of: np.ndarray
    ptr: np.ndarray
    start: np.ndarray


@dataclass(frozen=True)
class Scan:
    """All templates at one set of prices; entries by falling gain per person.

    entry, unit, seats, gain: per entry. first: place of an entry's first person in `total`, the running sum
    of gains per person. bound: per template, conflicts and whole bundles aside. fixed: gain without people.
    """

    view: View
    entry: np.ndarray
    unit: np.ndarray
    seats: np.ndarray
    gain: np.ndarray
    first: np.ndarray
    total: np.ndarray
    bound: np.ndarray
    fixed: np.ndarray


class Pricer:
    """Looks at all templates at once, then searches single ones exactly."""

    def __init__(self, problem: Problem, units: Units, templates: Templates, clash: np.ndarray) -> None:
        self.templates, self.size, self.slots = templates, units.size, bits(units.slot_value > NEVER)
        self.clash, self.clash_bits = clash, bits(clash)
        w, high = problem.weights, int(templates.high.max(initial=0))
        self.of = np.repeat(np.arange(len(templates.slot)), np.diff(templates.ptr))
        self.value = templates.value * SCALE
        bonus = np.array([w.size.get(k, 0) for k in range(high + 1)], dtype=np.int64) * SCALE
        self.bonus = np.where(templates.open[:, None] < 0, bonus, 0)
        self.seats = self.size[templates.unit]
        self.plain = bool((self.seats == 1).all())
        self.spare = spare_points(problem)

    def view(self, shut: np.ndarray | None = None) -> View:
        """All entries but those shut."""
        count = len(self.templates.slot)
        entry = np.arange(len(self.of)) if shut is None else np.flatnonzero(~shut)
        of = self.of[entry]
        people = np.bincount(of, weights=self.seats[entry], minlength=count).astype(np.int64)
        return View(entry, of, _pointers(np.bincount(of, minlength=count)), _pointers(people))

    def scan(self, prices: Prices, view: View) -> Scan:
        """Relaxed best of every template: conflicts and whole bundles aside."""
        t = self.templates
        gain = self.value[view.entry] - prices.unit[t.unit[view.entry]]
        key = gain if self.plain else -((-gain) // self.seats[view.entry])
        order = np.argsort(view.of * APART - key, kind="stable")
        entry, key = view.entry[order], key[order]
        seats = self.seats[entry]
        first = np.cumsum(seats) - seats
        total = np.concatenate([[0], np.cumsum(key if self.plain else np.repeat(key, seats))])
        fixed = t.extra * SCALE - np.append(prices.klass, 0)[t.klass] + prices.template
        bound = self._bound(view, total) + fixed
        return Scan(view, entry, t.unit[entry], seats, gain[order], first, total, bound, fixed)

    def _bound(self, view: View, total: np.ndarray) -> np.ndarray:
        t, start, end = self.templates, view.start[:-1], view.start[1:]
        best = np.full(len(start), NONE, dtype=np.int64)
        for k in range(int(t.low.min(initial=1)), self.bonus.shape[1]):
            there = np.minimum(start + k, len(total) - 1)
            good = (start + k <= end) & (t.low <= k) & (k <= t.high)
            best = np.where(good, np.maximum(best, total[there] - total[start] + self.bonus[:, k]), best)
        return best

    def fill(self, scan: Scan, some: np.ndarray) -> tuple[np.ndarray, list[tuple[int, ...]]]:
        """Per template of `some`, a good set of units (ascending) and its gain: the best who may meet those
        before them. NONE and no units where too few are found.
        """
        filling = Filling(self, scan, some)
        while filling.step():
            pass
        sets = filling.sets()
        gain = filling.best + np.where(filling.best > NONE, scan.fixed[some], 0)
        for at in np.flatnonzero((self.templates.promise[some] != KEPT) & (gain > NONE)).tolist():
            shared = reduce(and_, (self.slots[unit] for unit in sets[at]))
            loss = self._loss(int(some[at]))
            gain[at] -= loss[min(len(loss), shared.bit_count()) - 1]
        return gain, sets

    def _loss(self, template: int) -> list[int]:
        """Scaled points that groups with none, one ... spare slots fall short of the template's promise."""
        promise = int(self.templates.promise[template])
        return [] if promise == KEPT else [(promise - worth) * SCALE for worth in self.spare]

    def hope(self, scan: Scan) -> np.ndarray:
        """Per size of a group so far and entry, the most that she and those after her can add to it."""
        t, of, first, total = self.templates, scan.view.of, scan.first, scan.total
        end, low, high = scan.view.start[of + 1], t.low[of], t.high[of]
        most = self.bonus.shape[1]
        out = np.full((most, len(of)), NONE, dtype=np.int64)
        for k in range(int(t.low.min(initial=1)), most):
            may, bonus = (low <= k) & (k <= high), self.bonus[of, k] - total[first]
            for size in range(k):
                there = first + (k - size)
                good = may & (there <= end)
                more = total[np.minimum(there, len(total) - 1)] + bonus
                np.maximum(out[size], more, out=out[size], where=good)
        return out

    def best(self, scan: Scan, hope: np.ndarray, template: int, floor: int = NONE) -> Found:
        """The best set of one template above the floor, exactly (within STEPS). hope: that of the scan."""
        fixed, relaxed = int(scan.fixed[template]), int(scan.bound[template])
        t, mine = self.templates, slice(*scan.view.ptr[template : template + 2].tolist())
        units = scan.unit[mine].tolist()
        search = Search(Crowd(
            units, scan.gain[mine].tolist(), scan.seats[mine].tolist(), self.clash_bits,
            hope[:, mine].tolist(), self.bonus[template].tolist(), [self.slots[u] for u in units],
            self._loss(template), int(t.low[template]), int(t.high[template]),
        ))  # fmt: skip
        gain, chosen = search.run(floor - fixed if floor > NONE else NONE)
        bound = max(gain + fixed, floor) if search.steps < STEPS else relaxed
        return Found(gain + fixed if chosen else NONE, tuple(sorted(chosen)), bound)


def _pointers(lengths: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)

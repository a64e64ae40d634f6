"""Pricing: which group of each template is worth most beyond the prices of its people, room and starter.

Worth and prices are whole numbers in 1/SCALE point, so every bound computed here is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..problem import Problem
from ..units import Units
from .templates import Templates

SCALE = 64
NONE = -(2**60)
STEPS = 20_000  # steps of one search before its relaxed value stands as the bound


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


@dataclass(frozen=True)
class Scan:
    """All templates at one set of prices: entries by falling gain per person, and a bound per template."""

    order: np.ndarray
    gain: np.ndarray
    bound: np.ndarray
    fixed: np.ndarray


def clashes(problem: Problem, units: Units) -> list[int]:
    """Per unit a whole number whose bit w is set if it may not share a group with unit w."""
    s = problem.seekers
    care, same_pc = s.discretion, s.pc[:, None] == s.pc[None, :]
    apart = same_pc & (np.maximum(care[:, None], care[None, :]) >= 1)
    apart |= (s.muni[:, None] == s.muni[None, :]) & (np.maximum(care[:, None], care[None, :]) >= 2)
    apart[problem.blocked[:, 0], problem.blocked[:, 1]] = True
    apart[problem.blocked[:, 1], problem.blocked[:, 0]] = True
    if len(units.size):
        rows = np.logical_or.reduceat(apart[units.member][:, units.member], units.ptr[:-1], axis=0)
        apart = np.logical_or.reduceat(rows, units.ptr[:-1], axis=1)
    np.fill_diagonal(apart, False)
    return [int.from_bytes(np.packbits(row, bitorder="little").tobytes(), "little") for row in apart]


class Pricer:
    """Looks at all templates at once, then searches single ones exactly."""

    def __init__(self, problem: Problem, units: Units, templates: Templates, clash: list[int]) -> None:
        self.templates, self.size, self.clash = templates, units.size, clash
        w, high = problem.weights, int(templates.high.max(initial=0))
        self.of = np.repeat(np.arange(len(templates.slot)), np.diff(templates.ptr))
        self.value = templates.value * SCALE
        bonus = np.array([w.size.get(k, 0) for k in range(high + 1)], dtype=np.int64) * SCALE
        self.bonus = np.where(templates.open[:, None] < 0, bonus, 0)
        self.seats = self.size[templates.unit]
        self.plain = bool((self.seats == 1).all())

    def scan(self, prices: Prices, shut: np.ndarray | None = None) -> Scan:
        """Relaxed best of every template: conflicts and whole bundles aside. shut: entries not to be used."""
        t = self.templates
        gain = self.value - prices.unit[t.unit]
        key = gain if self.plain else -((-gain) // self.seats)
        if shut is not None:
            key = np.where(shut, NONE, key)
        order = np.lexsort((-key, self.of))
        fee = np.append(prices.klass, 0)[t.klass]
        fixed = t.extra * SCALE - fee + prices.template
        return Scan(order, gain, self._bound(key[order], order) + fixed, fixed)

    def _bound(self, key: np.ndarray, order: np.ndarray) -> np.ndarray:
        t, seats = self.templates, self.seats[order]
        key = key if self.plain else np.repeat(key, seats)
        length = np.bincount(self.of, weights=self.seats, minlength=len(t.slot)).astype(np.int64)
        start = np.concatenate([[0], np.cumsum(length)])[:-1]
        best = np.full(len(t.slot), NONE, dtype=np.int64)
        total = np.zeros(len(t.slot), dtype=np.int64)
        for k in range(1, self.bonus.shape[1]):
            there = length >= k
            at = np.minimum(start + k - 1, max(0, len(key) - 1))
            total = np.where(there & (total > NONE // 2), total + key[at], NONE)
            good = there & (t.low <= k) & (k <= t.high) & (total > NONE // 2)
            best = np.where(good, np.maximum(best, total + self.bonus[:, k]), best)
        return best

    def best(self, scan: Scan, template: int, shut: np.ndarray | None = None, floor: int = NONE) -> Found:
        """The best set of one template, exactly (within STEPS)."""
        t = self.templates
        entries = scan.order[t.ptr[template] : t.ptr[template + 1]]
        if shut is not None:
            entries = entries[~shut[entries]]
        units = t.unit[entries]
        search = Search(
            units.tolist(), scan.gain[entries].tolist(), self.seats[entries].tolist(), self.clash,
            self.bonus[template].tolist(), int(t.low[template]), int(t.high[template]),
        )  # fmt: skip
        fixed, relaxed = int(scan.fixed[template]), int(scan.bound[template])
        gain, chosen = search.run(floor - fixed if floor > NONE else NONE)
        bound = max(gain + fixed, floor) if search.steps < STEPS else relaxed
        return Found(gain + fixed if chosen else NONE, tuple(sorted(chosen)), bound)


class Search:
    """Depth-first search for the best conflict-free set; units come by falling gain per person."""

    def __init__(self, units: list[int], gains: list[int], sizes: list[int], clash: list[int],
                 bonus: list[int], low: int, high: int) -> None:  # fmt: skip
        self.units, self.gains, self.sizes, self.clash = units, gains, sizes, clash
        self.bonus, self.low, self.high = bonus, low, high
        self.steps, self.best = 0, NONE
        self.chosen: list[int] = []
        self.prefix, self.offset = [0], []
        for gain, size in zip(gains, sizes, strict=True):
            self.offset.append(len(self.prefix) - 1)
            share, last = -(-gain // size), self.prefix[-1]
            self.prefix += [last + share * (i + 1) for i in range(size)]

    def run(self, floor: int) -> tuple[int, list[int]]:
        """(gain, units) of the best set above the floor; (floor, []) if there is none."""
        self.best = floor
        self._extend(0, 0, 0, 0, [])
        if self.steps >= STEPS and not self.chosen:
            self._try_starts()
        return self.best, self.chosen

    def _try_starts(self) -> None:
        """Where those at the top may meet hardly anyone: fill up greedily from one start after the other."""
        for start in range(len(self.units)):
            size = gain = taken = 0
            chosen: list[int] = []
            for at in range(start, len(self.units)):
                unit, more = self.units[at], size + self.sizes[at]
                if more <= self.high and not self.clash[unit] & taken:
                    size, gain, taken = more, gain + self.gains[at], taken | 1 << unit
                    chosen.append(unit)
            if size >= self.low and gain + self.bonus[size] > self.best:
                self.best, self.chosen = gain + self.bonus[size], chosen
                return

    def _hope(self, at: int, size: int) -> int:
        start, prefix = self.offset[at], self.prefix
        ends = range(max(size + 1, self.low), min(self.high, size + len(prefix) - 1 - start) + 1)
        return max((prefix[start + k - size] - prefix[start] + self.bonus[k] for k in ends), default=NONE)

    def _extend(self, at: int, size: int, gain: int, taken: int, chosen: list[int]) -> None:
        """Try every unit from `at` on as the next member; `taken` has the bits of the chosen units."""
        while at < len(self.units) and self.steps < STEPS and gain + self._hope(at, size) > self.best:
            self.steps += 1
            unit, more = self.units[at], size + self.sizes[at]
            if more <= self.high and not self.clash[unit] & taken:
                worth = gain + self.gains[at]
                if more >= self.low and worth + self.bonus[more] > self.best:
                    self.best, self.chosen = worth + self.bonus[more], [*chosen, unit]
                if more < self.high:
                    self._extend(at + 1, more, worth, taken | 1 << unit, [*chosen, unit])
            at += 1

"""Depth-first search for the best set of people of one template, where some may not meet."""

from __future__ import annotations

from typing import NamedTuple

NONE = -(2**60)
STEPS = 20_000  # steps of one search before its relaxed value stands as the bound


class Crowd(NamedTuple):
    """Those of one template by falling gain per person.

    clash: per unit of the whole problem, the bits of those it may not meet. hope[s][i]: the most that people
    from number i on can add to a group that has s already, size worth included. bonus[k]: size worth of k.
    slots: bits of the slots each can come at. loss[n]: what a group with n spare slots falls short of what
    its template promises, the last one for n or more; nothing is promised if it is empty.
    """

    units: list[int]
    gains: list[int]
    sizes: list[int]
    clash: list[int]
    hope: list[list[int]]
    bonus: list[int]
    slots: list[int]
    loss: list[int]
    low: int
    high: int

    def own(self, size: int, shared: int) -> int:
        """Worth of a group of so many with these slots in common, beside its people."""
        if not self.loss:
            return self.bonus[size]
        return self.bonus[size] - self.loss[min(len(self.loss), shared.bit_count()) - 1]


class Search:
    """One search. `steps` tells whether it came to its end (fewer than STEPS)."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.steps, self.best = crowd, 0, NONE
        self.chosen: list[int] = []

    def run(self, floor: int) -> tuple[int, list[int]]:
        """(gain, units) of the best set above the floor; (floor, []) if there is none."""
        self.best = floor
        self._extend(0, 0, 0, 0, -1, [])
        if self.steps >= STEPS and not self.chosen:
            self._try_starts()
        return self.best, self.chosen

    def _extend(self, at: int, size: int, gain: int, taken: int, shared: int, chosen: list[int]) -> None:
        """Try every unit from `at` on as the next member; taken: bits of the chosen units, shared: of their
        slots.
        """
        c = self.crowd
        hope, low, high = c.hope[size], c.low, c.high
        while at < len(c.units) and gain + hope[at] > self.best and self.steps < STEPS:
            unit, more = c.units[at], size + c.sizes[at]
            if more <= high and not c.clash[unit] & taken:
                self.steps += 1
                worth, common = gain + c.gains[at], shared & c.slots[at]
                if more >= low and worth + c.own(more, common) > self.best:
                    self.best, self.chosen = worth + c.own(more, common), [*chosen, unit]
                if more < high:
                    self._extend(at + 1, more, worth, taken | 1 << unit, common, [*chosen, unit])
            at += 1

    def _try_starts(self) -> None:
        """Where those at the top may meet hardly anyone: fill up greedily from one start after the other."""
        c = self.crowd
        for start in range(len(c.units)):
            size, gain, taken, shared = 0, 0, 0, -1
            chosen: list[int] = []
            for at in range(start, len(c.units)):
                unit, more = c.units[at], size + c.sizes[at]
                if more <= c.high and not c.clash[unit] & taken:
                    size, gain, taken = more, gain + c.gains[at], taken | 1 << unit
                    shared &= c.slots[at]
                    chosen.append(unit)
            if size >= c.low and gain + c.own(size, shared) > self.best:
                self.best, self.chosen = gain + c.own(size, shared), chosen
                return

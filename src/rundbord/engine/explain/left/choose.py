"""A set of units who may all sit together, of a size between two limits: depth first, a counted number of
steps.
"""

from __future__ import annotations

import numpy as np

STEPS = 400


class Choice:
    """Seeks a set with the most people up to `high`; ends as soon as one has at least `enough`.

    sizes: people in each unit, the preferred first. apart (n, n): who may not be together.
    """

    def __init__(self, sizes: list[int], apart: np.ndarray, high: int, enough: int) -> None:
        self.sizes, self.high, self.enough = sizes, high, enough
        self.foes = [sum(1 << int(b) for b in np.flatnonzero(row)) for row in apart]
        self.best: list[int] = []
        self.steps, self.people = STEPS, 0

    def run(self) -> list[int]:
        """Positions of the units chosen; their people may be fewer than wanted."""
        self._from(0, (1 << len(self.sizes)) - 1, [], 0)
        return self.best

    def _from(self, at: int, able: int, chosen: list[int], people: int) -> None:
        if people > self.people:
            self.best, self.people = list(chosen), people
        for unit in range(at, len(self.sizes)):
            if self.people >= self.enough or self.steps <= 0:
                return
            if able >> unit & 1 and people + self.sizes[unit] <= self.high:
                self.steps -= 1
                self._from(unit + 1, able & ~self.foes[unit], [*chosen, unit], people + self.sizes[unit])


def choose(sizes: list[int], apart: np.ndarray, high: int, enough: int) -> list[int]:
    """See Choice. Those with the fewest foes are tried first."""
    order = np.argsort(apart.sum(axis=1), kind="stable")
    found = Choice([sizes[i] for i in order], apart[np.ix_(order, order)], high, enough).run()
    return sorted(int(order[i]) for i in found)

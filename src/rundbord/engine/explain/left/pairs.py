"""Who may not be in one group (rules `blocked` and `discretion`), for many pairs at once."""

from __future__ import annotations

import numpy as np

from ...problem import Problem
from .people import People


class Pairs:
    """Answers for seekers (indices of the problem) and for units of those left."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.count = problem, len(problem.seekers)
        self.codes = problem.blocked[:, 0] * self.count + problem.blocked[:, 1]
        self.blocked = np.zeros(self.count, dtype=bool)
        self.blocked[problem.blocked.ravel()] = True
        self.careful = self.blocked | (problem.seekers.discretion > 0)

    def apart(self, some: np.ndarray, others: np.ndarray) -> np.ndarray:
        """(some, others) bool: these two seekers may not be in one group."""
        s = self.problem.seekers
        strict = np.maximum(s.discretion[some][:, None], s.discretion[others][None, :])
        out = (strict >= 1) & (s.pc[some][:, None] == s.pc[others][None, :])
        out |= (strict >= 2) & (s.muni[some][:, None] == s.muni[others][None, :])
        rows, columns = np.flatnonzero(self.blocked[some]), np.flatnonzero(self.blocked[others])
        if len(rows) and len(columns):
            out[np.ix_(rows, columns)] |= self._blocked(some[rows], others[columns])
        return out

    def _blocked(self, some: np.ndarray, others: np.ndarray) -> np.ndarray:
        low = np.minimum(some[:, None], others[None, :])
        high = np.maximum(some[:, None], others[None, :])
        code = low * self.count + high
        at = np.minimum(np.searchsorted(self.codes, code), len(self.codes) - 1)
        return self.codes[at] == code

    def units_apart(self, people: People, some: np.ndarray, others: np.ndarray) -> np.ndarray:
        """The same for units: any two of their members."""
        rows, row = _spread(people, some)
        columns, column = _spread(people, others)
        out = self.apart(rows, columns)
        if len(rows) > len(some):
            out = np.logical_or.reduceat(out, row, axis=0)
        return np.logical_or.reduceat(out, column, axis=1) if len(columns) > len(others) else out

    def careful_units(self, people: People) -> np.ndarray:
        """Units with any rule about whom they may not meet. Two without one are never kept apart."""
        if not len(people.size):
            return np.zeros(0, dtype=bool)
        return np.logical_or.reduceat(self.careful[people.member], people.ptr[:-1])


def _spread(people: People, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Members of the units in a row, and where each unit begins."""
    sizes = people.size[units]
    starts = np.cumsum(sizes) - sizes
    within = np.arange(sizes.sum()) - np.repeat(starts, sizes)
    return people.member[np.repeat(people.ptr[units], sizes) + within], starts

"""Who may not meet: discretion and blocked pairs."""

from __future__ import annotations

import numpy as np

from ...problem import Problem
from ...units import Units


def clashes(problem: Problem, units: Units) -> np.ndarray:
    """Per pair of units whether they may not share a group."""
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
    return apart


def bits(rows: np.ndarray) -> list[int]:
    """Every row of a table of truths as a whole number."""
    return [int.from_bytes(np.packbits(row, bitorder="little").tobytes(), "little") for row in rows]

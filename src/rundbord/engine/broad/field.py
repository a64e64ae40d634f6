"""All arrays of one instance for the compiled loops, built once."""

from __future__ import annotations

import numpy as np

from .. import places as place_lists
from .. import units as unit_lists
from ..columns.templates import newcomers
from ..compiled import world
from ..problem import Problem

STEPS = 60  # search steps per bucket in looking for a group without conflicts


class Field:
    """What does not change during a search. Places: the digital ones first, then rooms at their slots."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.units = unit_lists.build(problem)
        p = self.places = place_lists.build(problem, self.units)
        self.people, self.terms = world.people(problem, self.units), world.terms(problem)
        self.work = world.scratch(problem)
        self.digital = int((p.room < 0).sum())
        self.table = (p.ptr, p.unit, p.base, p.audiences, p.st_ptr, p.starter, p.slot, p.capacity,
                      world.starters(problem))  # fmt: skip
        self.open_lists = [self._open(at) for at in range(len(problem.opens))]
        self.spots = _transposed(p.ptr, p.unit, len(self.units.size))

    def rest(self, steps: int = STEPS) -> tuple:
        """The arguments of `best_at` after the fees."""
        t, q = self.terms, self.people
        return (steps, t.low, t.high, t.buckets, t.alone, t.self_start, t.bonus, q.bu_ptr, q.bucket,
                q.topic, q.size,
                q.self_ok, q.ptr, q.member, q.care, q.pc, q.muni, q.discretion, q.blk_ptr, q.blk,
                *self.work)  # fmt: skip

    def _open(self, at: int) -> tuple[np.ndarray, np.ndarray]:
        """(units, worth) of those who could join open group `at`, best first."""
        unit, value = newcomers(self.problem, self.units, at)
        order = np.argsort(-value, kind="stable")
        return unit[order], value[order]

    def fees(self) -> np.ndarray:
        """Fees of nothing for starters who are free, and shut (-NONE) where they are not."""
        s = self.problem.starters
        able = s.free & (s.capacity > 0)[:, None]
        return np.where(able, 0, -world.NONE).astype(np.int64)


def _transposed(ptr: np.ndarray, unit: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Places by unit: (pointers, places)."""
    order = np.argsort(unit, kind="stable")
    place = np.repeat(np.arange(len(ptr) - 1, dtype=np.int32), np.diff(ptr))[order]
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(unit, minlength=count), out=starts[1:])
    return starts, place

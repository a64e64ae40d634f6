"""All arrays of one instance for the compiled loops, built once."""

from __future__ import annotations

import numpy as np

from .. import meetings as meet
from .. import units as unit_lists
from ..compiled import reach, world
from ..places import Places, newcomers
from ..problem import Problem
from . import ground
from .lanes import LANES

STEPS = 400  # search steps per bucket in looking for a group without conflicts
MANY = 30_000  # units above which an answer in time counts for more than the last group
SPOTS = 64  # places remembered per unit


class Field:
    """What does not change during a search. Places: the digital ones first, then rooms at their slots."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.units = unit_lists.build(problem)
        self.favour = _favour(problem, self.units)
        p = self.places = ground.build(problem, self.units)
        q, self.terms = world.people(problem, self.units), world.terms(problem)
        # Every group is promised the most that spare slots give; the search takes back what is not earned.
        self.promised = self.terms.bonus + self.terms.backup * max(0, self.terms.backup_cap)
        self.work = [world.scratch(problem, len(q.bucket)) for _ in range(LANES)]
        self.digital = int((p.room < 0).sum())
        self.table = (p.ptr, p.unit, p.base, p.audiences, p.st_ptr, p.starter, p.slot, p.capacity,
                      world.starters(problem), _homes(p, q.town, self.digital))  # fmt: skip
        self.people = (q.ptr, q.member, q.size, q.bu_ptr, q.bucket, q.topic, q.self_ok, q.care, q.pc, q.muni,
                       q.discretion, q.blk_ptr, q.blk, q.town, q.discreet)  # fmt: skip
        self.comes = q.comes
        self.open_lists = [_best_first(*found) for found in newcomers(problem, self.units)]
        self.spots = reach.spots(p.ptr, p.unit, len(self.units.size), SPOTS)
        s = problem.starters
        self.able = s.free & (s.capacity > 0)[:, None]

    def favoured(self, units: np.ndarray) -> int:
        """Points that are counted for these units only because they have waited long."""
        return int(self.favour[units].sum())

    def rules(self, bonus: np.ndarray) -> tuple:
        """The policy as `look` wants it, with this worth of the sizes."""
        t = self.terms
        return (t.low, t.high, t.buckets, t.self_start, t.alone, bonus)


def _homes(places: Places, town: np.ndarray, digital: int) -> np.ndarray:
    """Per place, the municipality most of those live in who could come; none for the digital ones."""
    home = np.full(len(places.room), world.NOWHERE, dtype=np.int32)
    reach.homes(places.ptr, places.unit, town, home[digital:])
    return home


def _best_first(unit: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(-value, kind="stable")
    return unit[order], value[order]


def _favour(problem: Problem, units: unit_lists.Units) -> np.ndarray:
    """Per unit, what it is given for the long wait of its people beside what an instance says."""
    long = problem.seekers.wait[units.member] >= meet.LONG
    return problem.weights.long_wait * np.bincount(
        units.of[units.member[long]], minlength=len(units.size)
    ).astype(np.int64)

"""Who is left, as units: a single person, or those who stay together."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ... import meetings as meet
from ...problem import WOMEN, YOUNG, Problem


class People(NamedTuple):
    """Arrays over units u; its members (seeker indices) are member[ptr[u]:ptr[u+1]].

    slots (u, slots), frames (u, frames), langs (u, languages): what all members can. audience: bit a is set
    if all may come to audience a. single: may join an open group. whole: small enough, and nobody in it is
    kept apart from another. wait: the longest in weeks. of: unit by seeker, -1 for those who are not left.
    """

    ptr: np.ndarray
    member: np.ndarray
    size: np.ndarray
    slots: np.ndarray
    frames: np.ndarray
    langs: np.ndarray
    audience: np.ndarray
    self_ok: np.ndarray
    single: np.ndarray
    whole: np.ndarray
    wait: np.ndarray
    of: np.ndarray

    def members(self, unit: int) -> np.ndarray:
        """Seeker indices of one unit."""
        return self.member[self.ptr[unit] : self.ptr[unit + 1]]


def build(problem: Problem, seekers: np.ndarray) -> People:
    """Units of these seekers (indices), in the order of their first member."""
    s = problem.seekers
    member, ptr = _ordered(problem, seekers)
    cut, of = ptr[:-1], np.full(len(s), -1, dtype=np.int64)
    of[member] = np.repeat(np.arange(len(cut)), np.diff(ptr))

    def every(column: np.ndarray) -> np.ndarray:
        return np.logical_and.reduceat(column[member], cut, axis=0) if len(cut) else column[:0]

    return People(
        ptr=ptr, member=member, size=np.diff(ptr), slots=every(s.liking >= 0), frames=every(s.rank >= 0),
        langs=every(s.langs), audience=audiences(problem, every),
        self_ok=every(s.self_ok), single=s.bundle[member[cut]] < 0, whole=_whole(problem, member, ptr),
        wait=np.maximum.reduceat(s.wait[member], cut) if len(cut) else s.wait[:0], of=of,
    )  # fmt: skip


def _ordered(problem: Problem, seekers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    bundle = problem.seekers.bundle[seekers]
    first = seekers.copy()
    for number in np.unique(bundle[bundle >= 0]).tolist():
        first[bundle == number] = seekers[bundle == number].min()
    order = np.lexsort((seekers, first))
    starts = np.flatnonzero(np.diff(first[order], prepend=-1))
    return seekers[order], np.append(starts, len(seekers)).astype(np.int64)


def audiences(problem: Problem, every: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Bit a is set where everybody may come to audience a; `every` folds a column over seekers."""
    s, bits = problem.seekers, []
    for a in range(4):
        may = (s.only & ~a) == 0
        may &= (s.gender == 0) if a & WOMEN else True
        may &= (s.age <= problem.policy.young_max_age) if a & YOUNG else True
        bits.append(every(may).astype(np.int64) << a)
    return np.bitwise_or.reduce(bits)


def _whole(problem: Problem, member: np.ndarray, ptr: np.ndarray) -> np.ndarray:
    out = np.diff(ptr) <= problem.policy.max_size
    for unit in np.flatnonzero(out & (np.diff(ptr) > 1)).tolist():
        out[unit] = not meet.pairs_apart(problem, tuple(member[ptr[unit] : ptr[unit + 1]].tolist()))
    return out

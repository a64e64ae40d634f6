"""Units: who is placed together. A single seeker is a unit of one; a bundle is a unit of all its members.

Bundles that can never be placed (too large, or two of them may not be together) become no unit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from . import meetings as meet
from .problem import WOMEN, YOUNG, Problem
from .reading import FAR

BITS = 16  # of a coordinate: cells of the curve are 30 m wide in a country of 2,000 km
NEVER = -(2**40)  # stands for "not possible" in tables of worth; survives sums of a few hundred


class Units(NamedTuple):
    """Arrays over units u; members of u are member[ptr[u]:ptr[u+1]] (seeker indices).

    slot_value (u, slots) and frame_value (u, frames): summed worth, NEVER where one of them cannot.
    audience: bit a is set if all may come to audience a; need: the audience bits they ask for together.
    care: whether the unit has any rule about whom it may not meet.
    """

    ptr: np.ndarray
    member: np.ndarray
    size: np.ndarray
    single: np.ndarray
    standing: np.ndarray
    slot_value: np.ndarray
    frame_value: np.ndarray
    langs: np.ndarray
    audience: np.ndarray
    need: np.ndarray
    self_ok: np.ndarray
    care: np.ndarray
    of: np.ndarray


def build(problem: Problem) -> Units:
    """Units in the order in which their first members live along a curve (see `_along`)."""
    member, ptr = _members(problem)
    s, w = problem.seekers, problem.weights
    cut = ptr[:-1]
    of = np.full(len(s), -1, dtype=np.int64)
    of[member] = np.repeat(np.arange(len(cut)), np.diff(ptr))
    need = _reduce(np.bitwise_or, s.only[member], cut)
    return Units(
        ptr=ptr, member=member, size=np.diff(ptr), single=s.bundle[member][cut] < 0,
        standing=_reduce(np.add, meet.standing_value(problem)[member], cut),
        slot_value=_worth(s.liking[member], w.slot, cut), frame_value=_worth(s.rank[member], w.topic, cut),
        langs=_reduce(np.logical_and, s.langs[member], cut), audience=_audiences(problem, member, cut, need),
        need=need.astype(np.int64), self_ok=_reduce(np.logical_and, s.self_ok[member], cut),
        care=_reduce(np.logical_or, _careful(problem)[member], cut), of=of,
    )  # fmt: skip


def _members(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    groups: list[list[int]] = []
    for at, bundle in enumerate(problem.seekers.bundle.tolist()):
        together = [at] if bundle < 0 else problem.bundles[bundle]
        if together[0] == at and _placeable(problem, together):
            groups.append(together)
    first = [together[0] for together in groups]
    groups = [groups[at] for at in _along(problem.seekers.x[first], problem.seekers.y[first])]
    ptr = np.zeros(len(groups) + 1, dtype=np.int64)
    np.cumsum([len(g) for g in groups], out=ptr[1:])
    return np.array([m for g in groups for m in g], dtype=np.int64), ptr


def _along(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The order of points along a Z-order curve (Morton 1966).

    Neighbours then lie near each other in memory too, which saves an eighth of the time in pricing 40,000.
    """
    code = np.zeros(len(x), dtype=np.int64)
    for axis, value in enumerate((x, y)):
        low, high = value.min(initial=FAR), value.max(initial=-FAR)
        cell = (value - low) * (2**BITS - 1) // max(1, high - low)
        for bit in range(BITS):
            code |= (cell >> bit & 1) << (2 * bit + axis)
    return np.argsort(code, kind="stable")


def _placeable(problem: Problem, together: list[int]) -> bool:
    small = len(together) <= problem.policy.max_size
    return small and (len(together) == 1 or not meet.pairs_apart(problem, tuple(together)))


def _reduce(ufunc: np.ufunc, values: np.ndarray, cut: np.ndarray) -> np.ndarray:
    return ufunc.reduceat(values, cut, axis=0) if len(cut) else values[:0]


def _worth(level: np.ndarray, worths: tuple[int, ...], cut: np.ndarray) -> np.ndarray:
    table = np.array([*worths, NEVER], dtype=np.int64)
    total = _reduce(np.add, table[level], cut)
    return np.where(total < NEVER // 2, NEVER, total)


def _audiences(problem: Problem, member: np.ndarray, cut: np.ndarray, need: np.ndarray) -> np.ndarray:
    s = problem.seekers
    woman = _reduce(np.logical_and, s.gender[member] == 0, cut)
    young = _reduce(np.logical_and, s.age[member] <= problem.policy.young_max_age, cut)
    out = np.zeros(len(cut), dtype=np.int64)
    for a in range(4):
        fits = (need & ~a) == 0
        fits &= woman if a & WOMEN else True
        fits &= young if a & YOUNG else True
        out |= fits.astype(np.int64) << a
    return out


def _careful(problem: Problem) -> np.ndarray:
    out = problem.seekers.discretion > 0
    out[problem.blocked.ravel()] = True
    return out

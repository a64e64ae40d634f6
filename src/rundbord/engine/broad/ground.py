"""The places of a large instance (see `places`), written straight into flat arrays by two threads."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from .. import places as plain
from ..compiled import reach
from ..places import Places
from ..problem import PHYSICAL, Problem
from ..units import NEVER, Units
from .lanes import LANES, each


def build(problem: Problem, units: Units) -> Places:
    """The same places as `places.build`, the digital ones first, without copies of the long lists."""
    digital = plain.digital_rows(problem, units)
    comes = units.slot_value > NEVER
    rooms = (problem.rooms.x, problem.rooms.y, problem.rooms.accessible, problem.rooms.free)
    count, people = (np.zeros(problem.rooms.free.shape, dtype=np.int64) for _ in range(2))
    lanes = [np.arange(k, len(problem.rooms), LANES) for k in range(LANES)]
    travellers = _travellers(problem, units)
    each(lambda some: reach.tally(some, rooms, travellers, units.size, comes, count, people), lanes)
    room, slot = np.nonzero(people >= max(1, problem.policy.min_size))
    ptr = plain.pointers([*(len(row[2]) for row in digital), *count[room, slot].tolist()])
    who, base = np.empty(ptr[-1], dtype=np.int32), np.empty(ptr[-1], dtype=np.int32)
    for at, (_, _, unit, worth, _) in enumerate(digital):
        who[ptr[at] : ptr[at + 1]], base[ptr[at] : ptr[at + 1]] = unit, worth
    start = np.full(count.shape, -1, dtype=np.int64)
    start[room, slot] = ptr[len(digital) : -1]
    values = units.standing, units.slot_value
    each(lambda some: reach.write(some, rooms, travellers, *values, comes, start, who, base), lanes)
    return _places(problem, units, digital, room, slot, ptr, who, base)


def _travellers(problem: Problem, units: Units) -> tuple:
    s, w = problem.seekers, problem.weights
    return (units.ptr, units.member, s.x, s.y, s.max_m, s.physical, s.first == PHYSICAL, s.access, w.travel,
            w.mode_first)  # fmt: skip


def _places(problem, units, digital, room, slot, ptr, who, base) -> Places:
    starters = [row[4] for row in digital] + _starters(problem, room, slot)
    rooms = np.concatenate([np.full(len(digital), -1, dtype=np.int64), room])
    bits = [np.bitwise_or.reduce(1 << units.need[who[a:b]]) for a, b in pairwise(ptr)]
    return Places(
        room=rooms, slot=np.concatenate([np.array([row[1] for row in digital], dtype=np.int64), slot]),
        capacity=np.append(problem.rooms.capacity, np.int64(10**6))[rooms], ptr=ptr, unit=who, base=base,
        st_ptr=plain.pointers([len(part) for part in starters]), starter=plain.flat(starters, np.int32),
        audiences=np.array([plain.audiences(int(b)) for b in bits], dtype=np.int64),
    )  # fmt: skip


def _starters(problem: Problem, room: np.ndarray, slot: np.ndarray) -> list[np.ndarray]:
    out, last, able = [], -2, np.zeros(0, np.int64)
    for r, t in zip(room.tolist(), slot.tolist(), strict=True):
        if r != last:
            last, able = r, plain.starters_for(problem, r)
        out.append(able[problem.starters.free[able, t]].astype(np.int32))
    return out

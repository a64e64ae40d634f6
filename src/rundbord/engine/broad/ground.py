"""The places of a large instance (see `places`), written straight into flat arrays by two threads."""

from __future__ import annotations

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
    rooms = (problem.rooms.x, problem.rooms.y, problem.rooms.accessible, problem.rooms.free)
    count, people = (np.zeros(problem.rooms.free.shape, dtype=np.int64) for _ in range(2))
    lanes = [np.arange(k, len(problem.rooms), LANES) for k in range(LANES)]
    who_goes, times = (_homes(problem, units), _travellers(problem, units)), _times(units)
    each(lambda some: reach.tally(some, rooms, *who_goes, units.size, times, count, people), lanes)
    room, slot = np.nonzero(people >= max(1, problem.policy.min_size))
    ptr = plain.pointers([*(len(row[2]) for row in digital), *count[room, slot].tolist()])
    who, base = np.empty(ptr[-1], dtype=np.int32), np.empty(ptr[-1], dtype=np.int32)
    for at, (_, _, unit, worth, _) in enumerate(digital):
        who[ptr[at] : ptr[at + 1]], base[ptr[at] : ptr[at + 1]] = unit, worth
    start = np.full(count.shape, -1, dtype=np.int64)
    start[room, slot] = ptr[len(digital) : -1]
    each(lambda some: reach.write(some, rooms, *who_goes, units.standing, times, start, who, base), lanes)
    return _places(problem, units, digital, room, slot, ptr, who, base)


def _homes(problem: Problem, units: Units) -> tuple[np.ndarray, ...]:
    """Per unit, of her who is named first: coordinates, and the square of her longest journey (-1: none)."""
    s, first = problem.seekers, units.member[units.ptr[:-1]]
    return s.x[first], s.y[first], np.where(s.physical, s.max_m**2, -1)[first]


def _times(units: Units) -> tuple[np.ndarray, ...]:
    unit, slot = np.nonzero(units.slot_value > NEVER)
    ptr = plain.pointers(np.bincount(unit, minlength=len(units.size)))
    return ptr, slot.astype(np.int32), units.slot_value[unit, slot]


def _travellers(problem: Problem, units: Units) -> tuple:
    s, w = problem.seekers, problem.weights
    return (units.ptr, units.member, s.x, s.y, s.max_m, s.physical, s.first == PHYSICAL, s.access, w.travel,
            w.mode_first)  # fmt: skip


def _places(problem, units, digital, room, slot, ptr, who, base) -> Places:
    starters = [row[4] for row in digital] + _starters(problem, room, slot)
    rooms = np.concatenate([np.full(len(digital), -1, dtype=np.int64), room])
    asked = (1 << units.need).astype(np.int8)[who]
    bits = np.bitwise_or.reduceat(asked, ptr[:-1]) if len(who) else asked
    return Places(
        room=rooms, slot=np.concatenate([np.array([row[1] for row in digital], dtype=np.int64), slot]),
        capacity=np.append(problem.rooms.capacity, np.int64(10**6))[rooms], ptr=ptr, unit=who, base=base,
        st_ptr=plain.pointers([len(part) for part in starters]), starter=plain.flat(starters, np.int32),
        audiences=plain.audiences(bits.astype(np.int64)),
    )  # fmt: skip


def _starters(problem: Problem, room: np.ndarray, slot: np.ndarray) -> list[np.ndarray]:
    out, last, able = [], -2, np.zeros(0, np.int64)
    for r, t in zip(room.tolist(), slot.tolist(), strict=True):
        if r != last:
            last, able = r, plain.starters_for(problem, r)
        out.append(able[problem.starters.free[able, t]].astype(np.int32))
    return out

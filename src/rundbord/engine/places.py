"""Places: where and when a group could gather, and which units could come there.

A place is a room at one of its free slots, or "digital" at a slot. Lists are kept in one flat array with
pointers (compressed rows), as an instance of 100,000 people has tens of millions of entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from . import meetings as meet
from .problem import DIGITAL, PHYSICAL, Problem
from .units import NEVER, Units


class Places(NamedTuple):
    """Arrays over places v; its units are unit[ptr[v]:ptr[v+1]] with `base` = worth there without the frame.

    room is -1 for digital. starter[st_ptr[v]:st_ptr[v+1]] are those who could start a group there.
    audiences: bit a is set if audience a could be needed by someone who can come there.
    """

    room: np.ndarray
    slot: np.ndarray
    capacity: np.ndarray
    ptr: np.ndarray
    unit: np.ndarray
    base: np.ndarray
    st_ptr: np.ndarray
    starter: np.ndarray
    audiences: np.ndarray


Bits = TypeVar("Bits", int, np.ndarray)
Row = tuple[int, int, np.ndarray, np.ndarray, np.ndarray]


class Reach(NamedTuple):
    """Units that can get to one venue (or meet digitally) and what they gain by it, slot and frame apart."""

    unit: np.ndarray
    worth: np.ndarray


def build(problem: Problem, units: Units) -> Places:
    """All places where at least one group of the smallest size could gather."""
    rows = digital_rows(problem, units)
    for room in range(len(problem.rooms)):
        rows += _rows(problem, units, room, room_reach(problem, units, room), problem.rooms.free[room])
    return _pack(problem, units, rows)


def digital_rows(problem: Problem, units: Units) -> list[Row]:
    """(room -1, slot, units, worth, starters) of the slots at which a group could meet digitally."""
    return _rows(problem, units, -1, digital_reach(problem, units), np.ones(problem.slots, dtype=bool))


def _rows(problem: Problem, units: Units, room: int, reach: Reach, free: np.ndarray) -> list[Row]:
    rows, starters = [], starters_for(problem, room)
    for slot in np.flatnonzero(free).tolist():
        unit, base = _who(units, reach, slot)
        if units.size[unit].sum() >= problem.policy.min_size:
            rows.append((room, slot, unit, base, starters[problem.starters.free[starters, slot]]))
    return rows


def _who(units: Units, reach: Reach, slot: int) -> tuple[np.ndarray, np.ndarray]:
    base = units.slot_value[reach.unit, slot]
    can = base > NEVER
    return reach.unit[can], (base[can] + reach.worth[can])


def _pack(problem: Problem, units: Units, rows: list) -> Places:
    room = np.array([r[0] for r in rows], dtype=np.int64)
    big = np.int64(10**6)
    capacity = np.append(problem.rooms.capacity, big)[room]
    return Places(
        room=room, slot=np.array([r[1] for r in rows], dtype=np.int64), capacity=capacity,
        ptr=pointers([len(r[2]) for r in rows]), unit=flat([r[2] for r in rows], np.int32),
        base=flat([r[3] for r in rows], np.int32),
        st_ptr=pointers([len(r[4]) for r in rows]), starter=flat([r[4] for r in rows], np.int32),
        audiences=np.array([needed(units.need[r[2]]) for r in rows], dtype=np.int64),
    )  # fmt: skip


def pointers(lengths: Sequence[int] | np.ndarray) -> np.ndarray:
    """Where each of several lists laid end to end begins, and where the last ends."""
    out = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=out[1:])
    return out


def flat(parts: list[np.ndarray], kind: type) -> np.ndarray:
    """Lists laid end to end."""
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, dtype=kind)


def needed(need: np.ndarray) -> int:
    """Audiences worth trying: an audience nobody present asks for only shuts people out."""
    return audiences(int(np.bitwise_or.reduce(1 << need)) if len(need) else 0)


def audiences(asked: Bits) -> Bits:
    """The same from bits: bit a is set if somebody asks for just audience a."""
    women, young, both = asked >> 1 & 1, asked >> 2 & 1, asked >> 3 & 1
    return 1 | women << 1 | young << 2 | (both | women & young) << 3


def digital_reach(problem: Problem, units: Units) -> Reach:
    """Everyone who meets digitally."""
    return _together(units, *online(problem, np.arange(len(problem.seekers))))


def room_reach(problem: Problem, units: Units, room: int) -> Reach:
    """Everyone who can get to the room and into it."""
    r, everyone = problem.rooms, np.arange(len(problem.seekers))
    there = at_venue(problem, everyone, int(r.x[room]), int(r.y[room]), bool(r.accessible[room]))
    return _together(units, *there)


def online(problem: Problem, who: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those of some seekers who meet digitally, and what each gains by it."""
    s, w = problem.seekers, problem.weights
    who = who[s.digital[who]]
    return who, w.digital + w.mode_first * (s.first[who] == DIGITAL)


def at_venue(
    problem: Problem, who: np.ndarray, x: int, y: int, accessible: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Those who can get to a venue (within her longest journey, accessible if she needs it), and the gain."""
    s, w = problem.seekers, problem.weights
    square = (s.x[who] - x) ** 2 + (s.y[who] - y) ** 2
    near = s.physical[who] & (square <= s.max_m[who] ** 2) & (accessible | ~s.access[who])
    who, away = who[near], whole_root(square[near])
    left = w.travel * np.maximum(0, s.max_m[who] - away) // np.maximum(1, s.max_m[who])
    return who, left + w.mode_first * (s.first[who] == PHYSICAL)


def newcomers(problem: Problem, units: Units) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For every open group in turn the units that could join it, and what each would be worth there."""
    can: dict[int, np.ndarray] = {}
    for at, slot in enumerate(problem.opens.slot.tolist()):
        if slot not in can:
            can[slot] = np.flatnonzero(units.single & (units.slot_value[:, slot] > NEVER))
        yield _newcomers(problem, units, at, can[slot])


def _newcomers(problem: Problem, units: Units, at: int, unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same for one group. unit: single ones who can at that time."""
    group = meet.open_group(problem, at)
    unit = unit[(units.frame_value[unit, group.frame] > NEVER) & units.langs[unit, group.lang]]
    who = units.member[units.ptr[unit[units.audience[unit] >> group.audience & 1 == 1]]]
    who = who[meet.welcome(problem, who, at)]
    who, worth = online(problem, who) if group.venue is None else at_venue(problem, who, *group.venue)
    unit = units.of[who]
    worth += units.standing[unit] + units.slot_value[unit, group.slot] + units.frame_value[unit, group.frame]
    return unit, worth


def whole_root(square: np.ndarray) -> np.ndarray:
    """Integer square roots, exact for squares below 2**52 or so and corrected beyond."""
    root = np.sqrt(square.astype(np.float64)).astype(np.int64)
    root -= root * root > square
    return root + ((root + 1) * (root + 1) <= square)


def _together(units: Units, who: np.ndarray, worth: np.ndarray) -> Reach:
    """Units all of whose members are among `who`; their worths, standing included, are summed."""
    unit = units.of[who]
    known = unit >= 0
    unit, worth = unit[known], worth[known]
    if (units.size == 1).all():
        return Reach(unit, worth + units.standing[unit])
    found, at, count = np.unique(unit, return_inverse=True, return_counts=True)
    total = np.zeros(len(found), dtype=np.int64)
    np.add.at(total, at, worth)
    whole = count == units.size[found]
    return Reach(found[whole], total[whole] + units.standing[found[whole]])


def starters_for(problem: Problem, room: int) -> np.ndarray:
    """Starters with something left to start who reach the room (or start digitally, room -1)."""
    i = problem.starters
    able = i.capacity > 0
    if room < 0:
        return np.flatnonzero(able & i.digital)
    away = (i.x - problem.rooms.x[room]) ** 2 + (i.y - problem.rooms.y[room]) ** 2
    return np.flatnonzero(able & i.physical & (away <= i.max_m**2))

"""Templates: everything about a group but its members and the starter's name, with the units that fit.

A template is (place, frame, language, audience, with or without a starter, spare slots shared), or the free
places of an open group. Templates with spare slots hold only those who share them, and carry the backup
worth;
so the worth of the best set of a template is exact. Worth is in points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from .. import meetings as meet
from .. import places as place_lists
from ..places import Places
from ..problem import AUDIENCES, Problem
from ..units import NEVER, Units

FEW = 300  # templates up to which those with spare slots are told apart
SPARE = 2  # spare slots told apart; any beyond are granted to every set of the last level (bound stays valid)


@dataclass(frozen=True)
class Templates:
    """Arrays over templates t; units unit[ptr[t]:ptr[t+1]] with worth value[...].

    row: what it uses up (a room at a slot, an open group; -1 digital); rows: how many such there are.
    low, high: members; klass: starter class, -1 without; extra: worth of every set; sized: size worth counts.
    starters of class c: starter[cl_ptr[c]:cl_ptr[c+1]].  groups: most groups a template can make at once.
    """

    slot: np.ndarray
    room: np.ndarray
    frame: np.ndarray
    lang: np.ndarray
    open: np.ndarray
    row: np.ndarray
    low: np.ndarray
    high: np.ndarray
    klass: np.ndarray
    extra: np.ndarray
    groups: np.ndarray
    ptr: np.ndarray
    unit: np.ndarray
    value: np.ndarray
    cl_ptr: np.ndarray
    starter: np.ndarray
    cl_slot: np.ndarray
    rows: int


class Draft(NamedTuple):
    """One template before it is packed."""

    slot: int
    room: int
    frame: int
    lang: int
    open: int
    row: int
    low: int
    high: int
    klass: int
    extra: int
    unit: np.ndarray
    value: np.ndarray


class Classes:
    """Starter classes: who could start at a place in a language for an audience; -1 if nobody."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, bytes], int] = {}
        self.members: list[np.ndarray] = []
        self.slots: list[int] = []

    def number(self, slot: int, starters: np.ndarray) -> int:
        """The class of exactly these starters at this slot."""
        if not len(starters):
            return -1
        key = (slot, starters.tobytes())
        if key not in self.found:
            self.found[key] = len(self.members)
            self.members.append(starters)
            self.slots.append(slot)
        return self.found[key]


def build(problem: Problem, units: Units, places: Places) -> Templates:
    """All templates that at least the smallest group fits, with those of shared spare slots while there are
    few.

    Where there are many, every set is granted the most that spare slots can give instead (the bound stays
    valid).
    """
    classes = Classes()
    plain = [d for v in range(len(places.room)) for d in _at_place(problem, units, places, v, classes)]
    if len(plain) <= FEW:
        drafts = [d for draft in plain for d in (draft, *_with_spare(problem, units, draft))]
    else:
        most = max(0, problem.weights.backup * problem.weights.backup_cap)
        drafts = [draft._replace(extra=draft.extra + most) for draft in plain]
    rooms = int((places.room >= 0).sum())
    drafts += _open_groups(problem, units, rooms)
    return _pack(problem, units, drafts, classes, rooms + len(problem.opens))


def _at_place(problem: Problem, units: Units, places: Places, v: int, classes: Classes) -> Iterator[Draft]:
    unit, base = (a[places.ptr[v] : places.ptr[v + 1]] for a in (places.unit, places.base))
    starters = places.starter[places.st_ptr[v] : places.st_ptr[v + 1]].astype(np.int64)
    for frame, lang in _asked(problem, units, unit):
        worth = units.frame_value[unit, frame]
        here = (worth > NEVER) & units.langs[unit, lang]
        crowd, value = unit[here].astype(np.int64), (base + worth)[here]
        for audience in range(4):
            fits = units.audience[crowd] >> audience & 1 == 1
            if _useful(problem, units, crowd[fits], audience):
                one = Draft(
                    int(places.slot[v]),
                    int(places.room[v]),
                    frame,
                    lang,
                    -1,
                    _row(places, v),
                    problem.policy.min_size,
                    0,
                    -1,
                    0,
                    crowd[fits],
                    value[fits],
                )
                yield from _started(problem, units, one, audience, starters, int(places.capacity[v]), classes)


def _row(places: Places, v: int) -> int:
    """Rooms come after the digital places; their rows are numbered from 0."""
    return v - int((places.room < 0).sum()) if places.room[v] >= 0 else -1


def _asked(problem: Problem, units: Units, unit: np.ndarray) -> Iterator[tuple[int, int]]:
    """(frame, language) pairs that enough people at the place share."""
    asks = (units.frame_value[unit] > NEVER).astype(np.int64) * units.size[unit][:, None]
    people = asks.T @ units.langs[unit].astype(np.int64)
    yield from zip(*(part.tolist() for part in np.nonzero(people >= problem.policy.min_size)), strict=True)


def _useful(problem: Problem, units: Units, crowd: np.ndarray, audience: int) -> bool:
    """Enough people, and somebody asks for every narrowing of the audience."""
    enough = int(units.size[crowd].sum()) >= problem.policy.min_size
    return enough and int(np.bitwise_or.reduce(units.need[crowd])) == audience


def _started(
    problem: Problem,
    units: Units,
    draft: Draft,
    audience: int,
    starters: np.ndarray,
    capacity: int,
    classes: Classes,
) -> Iterator[Draft]:
    s, policy = problem.starters, problem.policy
    able = s.langs[starters, draft.lang] & (s.woman[starters] if "women" in AUDIENCES[audience] else True)
    klass, most = classes.number(draft.slot, starters[able]), min(policy.max_size, capacity - 1)
    if klass >= 0 and most >= policy.min_size:
        yield draft._replace(klass=klass, high=most)
    fine = units.self_ok[draft.unit]
    alone = draft._replace(
        unit=draft.unit[fine],
        value=draft.value[fine],
        extra=problem.weights.self_start,
        high=min(policy.max_size, capacity),
    )
    if policy.self_start and alone.high >= policy.min_size and _useful(problem, units, alone.unit, audience):
        yield alone


def _with_spare(problem: Problem, units: Units, draft: Draft) -> Iterator[Draft]:
    w, can = problem.weights, units.slot_value[draft.unit] > NEVER
    if w.backup <= 0 or w.backup_cap <= 0:
        return
    slots = [
        t for t in range(problem.slots) if t != draft.slot and _enough(problem, units, draft.unit[can[:, t]])
    ]
    for level in range(1, min(SPARE, w.backup_cap) + 1):
        worth = w.backup * (w.backup_cap if level == SPARE else level)
        for some in combinations(slots, level):
            shares = can[:, list(some)].all(axis=1)
            if _enough(problem, units, draft.unit[shares]):
                yield draft._replace(
                    unit=draft.unit[shares], value=draft.value[shares], extra=draft.extra + worth
                )


def _enough(problem: Problem, units: Units, unit: np.ndarray) -> bool:
    return int(units.size[unit].sum()) >= problem.policy.min_size


def _open_groups(problem: Problem, units: Units, first: int) -> Iterator[Draft]:
    for at in range(len(problem.opens)):
        unit, value = newcomers(problem, units, at)
        if len(unit) and problem.opens.free[at] > 0:
            o = problem.opens
            yield Draft(
                int(o.slot[at]),
                -1,
                int(o.frame[at]),
                int(o.lang[at]),
                at,
                first + at,
                1,
                int(min(o.free[at], len(unit))),
                -1,
                0,
                unit,
                value,
            )


def newcomers(problem: Problem, units: Units, at: int) -> tuple[np.ndarray, np.ndarray]:
    """Units that could join open group `at`, and what each would be worth there."""
    group = meet.open_group(problem, at)
    if group.venue is None:
        reach = place_lists.digital_reach(problem, units)
    else:
        reach = place_lists.venue_reach(problem, units, *group.venue)
    value = (
        reach.worth + units.slot_value[reach.unit, group.slot] + units.frame_value[reach.unit, group.frame]
    )
    fits = (value > NEVER // 2) & units.langs[reach.unit, group.lang] & units.single[reach.unit]
    fits &= units.audience[reach.unit] >> group.audience & 1 == 1
    kept = [i for i in np.flatnonzero(fits).tolist() if _welcome(problem, units, int(reach.unit[i]), at)]
    return reach.unit[kept].astype(np.int64), value[kept]


def _welcome(problem: Problem, units: Units, unit: int, at: int) -> bool:
    seeker = int(units.member[units.ptr[unit]])
    return not any(meet.apart_from_member(problem, seeker, m) for m in problem.opens.members[at])


def _pack(problem: Problem, units: Units, drafts: list[Draft], classes: Classes, rows: int) -> Templates:
    columns = {key: np.array([getattr(d, key) for d in drafts], dtype=np.int64) for key in Draft._fields[:10]}
    people = np.array([units.size[d.unit].sum() for d in drafts], dtype=np.int64)
    most = np.where(columns["row"] >= 0, 1, people // np.maximum(1, columns["low"]))
    return Templates(
        **columns,
        groups=most,
        ptr=_pointers(d.unit for d in drafts),
        unit=_flat(d.unit for d in drafts),
        value=_flat(d.value for d in drafts),
        cl_ptr=_pointers(classes.members),
        starter=_flat(classes.members),
        cl_slot=np.array(classes.slots, dtype=np.int64),
        rows=rows,
    )


def _pointers(parts) -> np.ndarray:
    return np.concatenate([[0], np.cumsum([len(p) for p in parts], dtype=np.int64)]).astype(np.int64)


def _flat(parts) -> np.ndarray:
    parts = list(parts)
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)

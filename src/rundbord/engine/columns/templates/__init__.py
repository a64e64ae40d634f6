"""Templates: everything about a group but its members and the starter's name, with the units that fit.

A template is (place, frame, language, audience, with or without a starter, spare slots shared), or the free
places of an open group. Templates with spare slots hold only those who share them, and carry the backup
worth;
so the worth of the best set of a template is exact. Worth is in points.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from ...places import Places
from ...problem import AUDIENCES, Problem
from ...units import NEVER, Units
from .drafts import KEPT, Classes, Draft, Templates, pack
from .opens import open_groups

__all__ = ["KEPT", "Templates", "build", "spare_points"]

FEW = 3000  # templates up to which those with spare slots are told apart
SPARE = 2  # spare slots told apart; any beyond are granted to every set of the last level (bound stays valid)


def build(problem: Problem, units: Units, places: Places) -> Templates:
    """All templates that at least the smallest group fits, with those of shared spare slots while there are
    few.

    Where there are many, every set is promised the most that spare slots can give; the search takes back what
    a set does not earn.
    """
    classes = Classes()
    bare = [d for v in range(len(places.room)) for d in _at_place(problem, units, places, v, classes)]
    points = spare_points(problem)
    if len(bare) <= FEW and len(points) > 1 and points[-1] > 0:
        families = [[draft, *_with_spare(problem, units, draft, points)] for draft in bare]
    else:
        most = max(points)
        promise = most if min(points) < most else KEPT
        families = [[draft._replace(extra=draft.extra + most, promise=promise)] for draft in bare]
    rooms = int((places.room >= 0).sum())
    families += [[draft] for draft in open_groups(problem, units, rooms)]
    return pack(problem, units, families, classes, rooms + len(problem.opens))


def spare_points(problem: Problem) -> list[int]:
    """Worth of a group with none, one, two ... spare slots; the last one for that many or more."""
    w = problem.weights
    return [w.backup * min(w.backup_cap, n) for n in range(max(0, min(w.backup_cap, problem.slots)) + 1)]


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


def _with_spare(problem: Problem, units: Units, draft: Draft, points: list[int]) -> Iterator[Draft]:
    """The same template for those only who share one further slot or two, with the worth of that."""
    can = units.slot_value[draft.unit] > NEVER
    shared = can.T @ (can * units.size[draft.unit][:, None])
    enough = shared >= problem.policy.min_size
    slots = [t for t in np.flatnonzero(enough.diagonal()).tolist() if t != draft.slot]
    for level in range(1, min(SPARE, len(points) - 1) + 1):
        worth = points[-1] if level == SPARE else points[level]
        extra, promise = draft.extra + worth, worth if worth > points[level] else KEPT
        for some in combinations(slots, level):
            if enough[some[0], some[-1]]:
                here = can[:, list(some)].all(axis=1)
                unit, value = draft.unit[here], draft.value[here]
                yield draft._replace(unit=unit, value=value, extra=extra, promise=promise)

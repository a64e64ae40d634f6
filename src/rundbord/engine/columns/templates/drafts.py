"""What a template is, and many of them packed into arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ...problem import Problem
from ...units import Units

KEPT = -1  # no promise of spare slots that a set might not keep


@dataclass(frozen=True)
class Templates:
    """Arrays over templates t; units unit[ptr[t]:ptr[t+1]] with worth value[...].

    row: what it uses up (a room at a slot, an open group; -1 digital); rows: how many such there are.
    low, high: members; klass: starter class, -1 without; extra: worth of every set; sized: size worth counts.
    promise: points for spare slots in `extra` that not every set may earn; KEPT where every set does.
    plain: the template that differs only in asking for no spare slots.
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
    promise: np.ndarray
    plain: np.ndarray
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
    promise: int = KEPT


POINTS = tuple(key for key in Draft._fields if key not in ("unit", "value"))


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


def pack(
    problem: Problem, units: Units, families: list[list[Draft]], classes: Classes, rows: int
) -> Templates:
    drafts = [draft for family in families for draft in family]
    sizes = np.array([len(family) for family in families], dtype=np.int64)
    columns = {key: np.array([getattr(d, key) for d in drafts], dtype=np.int64) for key in POINTS}
    people = np.array([units.size[d.unit].sum() for d in drafts], dtype=np.int64)
    most = np.where(columns["row"] >= 0, 1, people // np.maximum(1, columns["low"]))
    return Templates(
        **columns,
        plain=np.repeat(np.cumsum(sizes) - sizes, sizes),
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

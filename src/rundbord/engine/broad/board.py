"""A solution in the making: which unit sits where, which places and starters are taken, and what it is
worth.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from ..compiled import refill
from ..compiled.choose import clash
from ..compiled.world import NONE, SCALE
from ..meetings import Meeting, open_group, room_venue
from .field import Field

NOBODY = -1
# Groups are taken by what they gain beyond the prices, also when that is a little less than nothing: near
# the best prices the best groups gain nothing. Lifting every group by the same worth keeps their order.
LIFT = 40_000 * SCALE


class Group(NamedTuple):
    """A group at a place, or (bucket -1) the newcomers of an open group: place is then its number.

    Worth is scaled.
    """

    place: int
    bucket: int
    helper: int
    units: tuple[int, ...]
    worth: int


class Board:
    """Groups by number. free, fees and left are what the compiled loops read."""

    def __init__(self, field: Field) -> None:
        self.field = field
        count = len(field.units.size)
        self.free, self.owner = np.ones(count, dtype=bool), np.full(count, NOBODY, dtype=np.int64)
        self.at_place = np.full(len(field.places.room), NOBODY, dtype=np.int64)
        self.left = np.maximum(0, field.problem.starters.capacity).astype(np.int64)
        self.busy = ~field.problem.starters.free
        self.groups: dict[int, Group] = {}
        self.newest, self.worth = 0, 0
        most = max(64, count // max(1, field.terms.low) + 1)
        self._out = tuple(np.zeros(most, dtype=np.int64) for _ in range(5))
        self._out_units = np.zeros((most, field.terms.high), dtype=np.int64)

    def add(self, group: Group) -> int:
        """Put a group on the board; returns its number."""
        self.newest += 1
        self.groups[self.newest] = group
        units = list(group.units)
        self.free[units], self.owner[units] = False, self.newest
        if group.bucket >= 0 and group.place >= self.field.digital:
            self.at_place[group.place] = self.newest
        if group.helper >= 0:
            self.left[group.helper] -= 1
            self.busy[group.helper, self.field.places.slot[group.place]] = True
        self.worth += group.worth
        return self.newest

    def remove(self, number: int) -> Group:
        """Take a group off the board."""
        group = self.groups.pop(number)
        units = list(group.units)
        self.free[units], self.owner[units] = True, NOBODY
        if group.bucket >= 0 and group.place >= self.field.digital:
            self.at_place[group.place] = NOBODY
        if group.helper >= 0:
            self.left[group.helper] += 1
            self.busy[group.helper, self.field.places.slot[group.place]] = False
        self.worth -= group.worth
        return group

    def fill(self, some: np.ndarray, noise: np.ndarray, price: np.ndarray, starter: np.ndarray) -> list[int]:
        """Make groups at these places while they are worth it at these prices; returns their numbers."""
        f, out, rest = self.field, self._out, list(self.field.rest())
        rest[6] = f.terms.bonus + LIFT
        fees = np.where(self.busy | (self.left <= 0)[:, None], -NONE, starter)
        made = refill.refill(
            some, noise, f.digital, f.table, price, self.free, fees, self.left.copy(), f.people.comes,
            f.terms.backup, f.terms.backup_cap, tuple(rest), f.work.best, *out, self._out_units,
        )  # fmt: skip
        place, bucket, helper, worth, size = (column[:made].tolist() for column in out)
        worth = [points - LIFT for points in worth]
        units = [tuple(sorted(row[:n].tolist())) for row, n in zip(self._out_units[:made], size, strict=True)]
        made_groups = [Group(*g) for g in zip(place, bucket, helper, units, worth, strict=True)]
        for group in made_groups:
            self.free[list(group.units)] = True
        return [self.add(group) for group in made_groups if group.worth > 0]

    def join(self, at: int) -> int | None:
        """Fill an open group's places with the best who are free; its number on the board, None if nobody."""
        f, worth = self.field, 0
        chosen: list[int] = []
        unit, value = f.open_lists[at]
        able = self.free[unit]
        for u, points in zip(unit[able].tolist(), value[able].tolist(), strict=True):
            if len(chosen) >= f.problem.opens.free[at] or points <= 0:
                break
            if not any(self._apart(u, c) for c in chosen):
                chosen.append(u)
                worth += points * SCALE
        return self.add(Group(at, NOBODY, NOBODY, tuple(chosen), worth)) if chosen else None

    def _apart(self, u: int, v: int) -> bool:
        q = self.field.people
        return bool(clash(u, v, q.ptr, q.member, q.care, q.pc, q.muni, q.discretion, q.blk_ptr, q.blk))

    def meetings(self, groups: Iterable[Group]) -> list[Meeting]:
        """Groups as meetings of the problem."""
        return [self._meeting(group) for group in groups]

    def _meeting(self, group: Group) -> Meeting:
        f, u = self.field, self.field.units
        members = tuple(int(m) for x in group.units for m in u.member[u.ptr[x] : u.ptr[x + 1]])
        if group.bucket < 0:
            return open_group(f.problem, group.place, members)
        room = int(f.places.room[group.place])
        topic = group.bucket % f.terms.buckets
        audience = int(np.bitwise_or.reduce(u.need[list(group.units)]))
        return Meeting(int(f.places.slot[group.place]), topic // 4 // f.terms.langs,
                       topic // 4 % f.terms.langs, audience,
                       room_venue(f.problem, room if room >= 0 else None), members,
                       room if room >= 0 else None,
                       group.helper if group.helper >= 0 else None)  # fmt: skip

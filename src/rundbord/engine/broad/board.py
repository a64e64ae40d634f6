"""A solution in the making: which unit sits where, which places and starters are taken, and what it is
worth.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from ..compiled import refill, seats
from ..compiled.seats import EMPTY, Seats
from ..compiled.world import SCALE
from ..meetings import Meeting, open_group, room_venue, worth
from .field import MANY, STEPS, Field

NOBODY = -1
ALONE = 1  # the lane everything belongs to unless the board is split
# Groups are taken by what they gain beyond the prices, also when that is a little less than nothing: near
# the best prices the best groups gain nothing. Lifting every group by the same worth keeps their order.
LIFT = 40_000 * SCALE
SLACK = 6000 * SCALE  # worth that may be lost for a quicker choice among places, with over MANY units
AT_ONCE = 2**50


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
    """Groups by row of the arrays in `seats`, which the compiled loops read and write."""

    def __init__(self, field: Field) -> None:
        self.field, self.slot = field, field.places.slot
        self.seats = _empty(field)
        self.lane_rows = np.full(len(self.seats.place), ALONE, dtype=np.int64)
        self.slack = SLACK if len(field.units.size) > MANY else 0
        self.spare = field.comes, field.terms.backup, field.terms.backup_cap
        self.lists = _lists(field)
        self._out = np.zeros(len(self.seats.place), dtype=np.int64)
        p = field.places
        self._at = {(int(r), int(t)): v for v, (r, t) in enumerate(zip(p.room, p.slot, strict=True))}

    def rows(self) -> np.ndarray:
        """The rows that hold a group."""
        return np.flatnonzero(self.seats.place != EMPTY)

    @property
    def worth(self) -> int:
        """Worth of all groups, scaled."""
        return int(self.seats.worth[self.rows()].sum())

    def group(self, row: int) -> Group:
        """The group of a row."""
        s = self.seats
        units = tuple(sorted(s.units[row, : s.size[row]].tolist()))
        return Group(int(s.place[row]), int(s.bucket[row]), int(s.helper[row]), units, int(s.worth[row]))

    def groups(self) -> list[Group]:
        """All groups."""
        return [self.group(row) for row in self.rows().tolist()]

    def add(self, group: Group) -> int:
        """Put a group on the board; returns its row."""
        units = np.array(group.units, dtype=np.int64)
        return int(seats.add(group.place, group.bucket, group.helper, group.worth, units, len(units), ALONE,
                             self.field.digital, self.slot, tuple(self.seats)))  # fmt: skip

    def free(self, group: Group) -> bool:
        """Whether nobody has what a group needs."""
        s, slot = self.seats, self.slot
        if group.bucket < 0:
            return bool(s.joined[group.place] == EMPTY)
        if group.place >= self.field.digital and s.at[group.place] != EMPTY:
            return False
        who = group.helper
        return who < 0 or not (s.busy[who, slot[group.place]] or s.left[who] < 1)

    def replace(self, rows: Iterable[int], new: Iterable[Group]) -> None:
        """New groups instead of those in some rows, if those for which there is still room are worth more."""
        old = [self.remove(row) for row in rows]
        added = [self.add(group) for group in new if self.free(group)]
        if int(self.seats.worth[added].sum()) <= sum(group.worth for group in old):
            for row in added:
                self.remove(row)
            for group in old:
                self.add(group)

    def remove(self, row: int) -> Group:
        """Take a group off the board."""
        group = self.group(row)
        seats.remove(row, ALONE, self.field.digital, self.slot, tuple(self.seats))
        return group

    def empty(self) -> np.ndarray:
        """The places that can take a group."""
        return np.flatnonzero(self.seats.at == EMPTY)

    def fill(
        self, some: np.ndarray, price: np.ndarray, starter: np.ndarray, lift: int = LIFT,
        most: int | None = None, at_once: bool = False,
    ) -> int:  # fmt: skip
        """Make groups at these places while they lose less than `lift` at these prices, `most` at most.

        The most gainful first; or at_once, where the instance is large: one place after the other, which
        takes a sixth of the time and costs a per cent. Returns how many.
        """
        f, out = self.field, self._out[:most]
        slack = AT_ONCE if at_once and self.slack else self.slack
        return int(refill.refill(
            some, np.zeros(len(some), np.int64), ALONE, f.digital, f.table, f.people, f.rules(f.terms.bonus),
            tuple(f.work[0]), self.spare, price, starter, lift, slack, STEPS, tuple(self.seats), out,
        ))  # fmt: skip

    def join(self, at: int) -> None:
        """Fill an open group's places with the best who are free."""
        f = self.field
        line = np.zeros(len(f.units.size), dtype=np.int64)
        refill.join(at, ALONE, f.digital, f.table, f.people, self.lists, tuple(self.seats), line)

    def clear(self) -> None:
        """Take everything apart."""
        self.gather()
        for row in self.rows().tolist():
            seats.remove(row, ALONE, self.field.digital, self.slot, tuple(self.seats))

    def show(self, groups: Iterable[Group]) -> None:
        """Put just these groups on the board."""
        self.clear()
        for group in groups:
            self.add(group)

    def gather(self) -> None:
        """Everything belongs to one lane again."""
        self._deal(np.full(len(self.seats.place), ALONE), *(
            np.full(n, ALONE) for n in (len(self.seats.owner), len(self.seats.at), len(self.seats.left),
                                        len(self.seats.joined))))  # fmt: skip

    def _deal(self, rows, units, rooms, starters, opens) -> None:
        """Say which lane everything belongs to."""
        s = self.seats
        self.lane_rows[:] = rows
        s.free[:] = np.where(s.owner == EMPTY, units, 0)
        s.room_of[self.field.digital :] = rooms[self.field.digital :]
        s.lane_of[:], s.open_of[:] = starters, opens
        usable = s.able & ~s.busy & (s.left > 0)[:, None]
        s.open_[:] = np.where(usable, starters[:, None], 0)
        spare = np.flatnonzero(s.place == EMPTY)
        for lane in range(len(s.spares)):
            mine = spare[self.lane_rows[spare] == lane][::-1]
            s.spare[lane, : len(mine)], s.spares[lane] = mine, len(mine)

    def meetings(self, groups: Iterable[Group]) -> list[Meeting]:
        """Groups as meetings of the problem."""
        return [self._meeting(group) for group in groups]

    def as_group(self, meeting: Meeting) -> Group:
        """A meeting of the problem as a group."""
        problem, terms = self.field.problem, self.field.terms
        units = tuple(sorted({int(self.field.units.of[m]) for m in meeting.members}))
        points = worth(problem, meeting) * SCALE
        if meeting.open is not None:
            return Group(meeting.open, NOBODY, NOBODY, units, points)
        place = self._at[(-1 if meeting.room is None else meeting.room, meeting.slot)]
        bucket = (meeting.frame * terms.langs + meeting.lang) * 4 + meeting.audience
        return Group(place, bucket, NOBODY if meeting.starter is None else meeting.starter, units, points)

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


def _lists(field: Field) -> tuple[np.ndarray, ...]:
    """(pointers, units, worth, places) of the open groups."""
    ptr = np.zeros(len(field.open_lists) + 1, dtype=np.int64)
    np.cumsum([len(unit) for unit, _ in field.open_lists], out=ptr[1:])
    unit, value = (
        np.concatenate([lists[k] for lists in field.open_lists] or [np.zeros(0)]).astype(np.int64)
        for k in (0, 1)
    )
    return ptr, unit, value, np.maximum(0, field.problem.opens.free).astype(np.int64)


def _empty(field: Field) -> Seats:
    units, places, problem = len(field.units.size), len(field.places.room), field.problem
    starters, opens = len(problem.starters), len(problem.opens)
    high = max(field.terms.high, int(problem.opens.free.max(initial=0)))
    most = 2 * (units // max(1, field.terms.low) + opens) + 64

    def full(count, value: int, kind: type = np.int64) -> np.ndarray:
        return np.full(count, value, dtype=kind)

    spare = np.zeros((3, most), dtype=np.int64)
    spare[ALONE] = np.arange(most)[::-1]
    room_of = full(places, ALONE, np.int8)
    room_of[: field.digital] = 0
    return Seats(
        place=full(most, EMPTY), bucket=full(most, 0), helper=full(most, NOBODY), worth=full(most, 0),
        size=full(most, 0), units=full((most, high), 0, np.int32), owner=full(units, EMPTY, np.int32),
        free=full(units, ALONE, np.int8), at=full(places, EMPTY, np.int32), room_of=room_of,
        left=np.maximum(0, problem.starters.capacity).astype(np.int64),
        busy=np.zeros_like(field.able), able=field.able, open_=field.able.astype(np.int8),
        lane_of=full(starters, ALONE, np.int8), joined=full(opens, EMPTY),
        open_of=full(opens, ALONE, np.int8), spare=spare, spares=np.array([0, most, 0], dtype=np.int64),
    )  # fmt: skip

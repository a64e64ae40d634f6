"""Solve one neighbourhood after the other exactly, the rest of the board held still; two at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ..budget import Budget
from ..compiled.seats import EMPTY
from ..compiled.world import SCALE
from ..fixing import back, without
from ..meetings import Meeting, worth
from ..problem import Problem
from .board import NOBODY, Board, Group
from .lanes import threads
from .second import Second, Task

KIN = 14  # groups taken apart at once
GUESTS = 120  # people not seated who are looked at together with them
SECONDS = 2.0  # for one neighbourhood at most
STEPS = 8  # iterations instead, when iterations are counted
TWO = 400  # units from which two neighbourhoods are solved side by side


class Area(NamedTuple):
    """A neighbourhood: the rows taken apart, the problem that is left of it, and who its people are."""

    rows: list[int]
    units: np.ndarray
    part: Problem
    who: np.ndarray


class Polish:
    """Betters a board by exact search in neighbourhoods."""

    def __init__(self, board: Board, chance: np.random.Generator) -> None:
        self.board, self.chance, self.field = board, chance, board.field
        p = self.field.places
        self.place = {(int(r), int(t)): v for v, (r, t) in enumerate(zip(p.room, p.slot, strict=True))}
        self.many = len(self.field.units.size) > TWO
        self.second = Second() if self.many and threads() > 1 else None

    def end(self) -> None:
        """Let the second process go."""
        if self.second:
            self.second.end()

    def step(self, budget: Budget) -> None:
        """Better one neighbourhood, or two far apart."""
        areas: list[Area] = []
        for _ in range(2 if self.many else 1):
            area = self._area(areas)
            if area:
                areas.append(area)
        for area, found in zip(areas, self._solved(areas, budget), strict=True):
            self._take(area, [self._group(back(meeting, area.who)) for meeting in found])

    def _solved(self, areas: list[Area], budget: Budget) -> list[list[Meeting]]:
        seconds = budget.slice(SECONDS)
        steps = STEPS if seconds is None else None
        tasks = [Task(a.part, int(self.chance.integers(2**31)), seconds, steps) for a in areas]
        if len(tasks) < 2 or self.second is None:
            return [task.solved() for task in tasks]
        self.second.begin(tasks[1])
        return [tasks[0].solved(), self.second.result()]

    def _take(self, area: Area, new: list[Group]) -> None:
        """The new groups instead of the old ones, if they are better and nobody has taken what they need."""
        old = [self.board.remove(row) for row in area.rows]
        better = sum(group.worth for group in new) > sum(group.worth for group in old)
        for group in new if better and self._free(new) else old:
            self.board.add(group)

    def _free(self, new: list[Group]) -> bool:
        s, slot, digital = self.board.seats, self.field.places.slot, self.field.digital
        starts: dict[int, int] = {}
        for group in new:
            if group.bucket < 0:
                if s.joined[group.place] != EMPTY:
                    return False
            elif group.place >= digital and s.at[group.place] != EMPTY:
                return False
            if group.helper >= 0:
                starts[group.helper] = starts.get(group.helper, 0) + 1
                if s.busy[group.helper, slot[group.place]] or s.left[group.helper] < starts[group.helper]:
                    return False
        return True

    def _area(self, others: list[Area]) -> Area | None:
        taken = {row for area in others for row in area.rows}
        rows = [row for row in self._near() if row not in taken]
        if not rows:
            return None
        units = self._units(rows, [area.units for area in others])
        left = [self.board.group(row) for row in self.board.rows().tolist() if row not in rows]
        rest, who = without(self.field.problem, self.board.meetings(left))
        closed = [group.place for group in left if group.bucket < 0]
        free = rest.opens.free.copy()
        free[closed] = 0
        rest = replace(rest, opens=replace(rest.opens, free=free))
        mine = np.isin(self.field.units.of[who], units)
        return Area(rows, units, rest.part(np.flatnonzero(mine)), who[mine])

    def _near(self) -> list[int]:
        """A group and others that could use its people, found by walking from place to place."""
        rows = self.board.rows()
        if not len(rows):
            return []
        found = {int(rows[int(self.chance.integers(len(rows)))])}
        for _ in range(6 * KIN):
            if len(found) >= KIN:
                break
            found |= self._neighbours(self.board.group(sorted(found)[int(self.chance.integers(len(found)))]))
        return sorted(found)[: 2 * KIN]

    def _neighbours(self, group: Group) -> set[int]:
        ptr, place = self.field.spots
        unit = group.units[int(self.chance.integers(len(group.units)))]
        if ptr[unit] == ptr[unit + 1]:
            return set()
        v = int(place[int(self.chance.integers(ptr[unit], ptr[unit + 1]))])
        places = self.field.places
        owners = self.board.seats.owner[places.unit[places.ptr[v] : places.ptr[v + 1]]]
        owners = np.unique(owners[owners != EMPTY])
        some = self.chance.choice(owners, min(2, len(owners)), replace=False).tolist() if len(owners) else []
        return {*some, int(self.board.seats.at[v])} - {EMPTY}

    def _units(self, rows: list[int], others: list[np.ndarray]) -> np.ndarray:
        """Units of these rows and those not seated who share most places with them."""
        ptr, place = self.field.spots
        mine = np.array([u for row in rows for u in self.board.group(row).units], dtype=np.int64)
        weight = np.bincount(
            np.concatenate([place[ptr[u] : ptr[u + 1]] for u in mine]), minlength=len(self.field.places.room)
        )
        free = np.setdiff1d(np.flatnonzero(self.board.seats.free), np.concatenate([mine, *others]))
        if len(free) > 8 * GUESTS:
            free = np.sort(self.chance.choice(free, 8 * GUESTS, replace=False))
        shared = np.array([weight[place[ptr[u] : ptr[u + 1]]].sum() for u in free])
        best = np.argsort(-shared * (0.5 + self.chance.random(len(free))), kind="stable")[:GUESTS]
        return np.concatenate([mine, free[best]])

    def _group(self, meeting: Meeting) -> Group:
        units = tuple(sorted({int(self.field.units.of[m]) for m in meeting.members}))
        points = worth(self.field.problem, meeting) * SCALE
        if meeting.open is not None:
            return Group(meeting.open, NOBODY, NOBODY, units, points)
        place = self.place[(-1 if meeting.room is None else meeting.room, meeting.slot)]
        bucket = (meeting.frame * self.field.terms.langs + meeting.lang) * 4 + meeting.audience
        return Group(place, bucket, NOBODY if meeting.starter is None else meeting.starter, units, points)

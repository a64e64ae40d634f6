"""Solve one neighbourhood after the other exactly, the rest of the board held still; two at a time where
there is somebody to solve the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ..budget import Budget
from ..columns.near import Near
from ..compiled.seats import EMPTY
from ..fixing import back, without
from ..meetings import Meeting
from ..problem import Problem
from .board import Board, Group
from .second import Here, Second, Task

KIN = 14  # groups taken apart at once
GUESTS = 120  # people not seated who are looked at together with them
SECONDS = 2.0  # for one neighbourhood at most
STEPS = 8  # iterations instead, when iterations are counted


class Area(NamedTuple):
    """A neighbourhood: the rows taken apart, the problem that is left of it, and who its people are."""

    rows: list[int]
    units: np.ndarray
    part: Problem
    who: np.ndarray


class Polish:
    """Betters a board by exact search in neighbourhoods. near: prices to begin with; other: who helps."""

    def __init__(
        self, board: Board, chance: np.random.Generator, near: Near, other: Here | Second | None = None
    ) -> None:
        self.board, self.chance, self.field = board, chance, board.field
        self.near, self.other = near, other

    def step(self, budget: Budget) -> None:
        """Better one neighbourhood, or two far apart."""
        areas: list[Area] = []
        for _ in range(2 if self.other else 1):
            area = self._area(areas)
            if area:
                areas.append(area)
        for area, found in zip(areas, self._solved(areas, budget), strict=True):
            self.board.replace(area.rows, [self.board.as_group(back(meeting, area.who)) for meeting in found])

    def _solved(self, areas: list[Area], budget: Budget) -> list[list[Meeting]]:
        seconds = budget.slice(SECONDS)
        steps = STEPS if seconds is None else None
        tasks = [
            Task(a.part, int(self.chance.integers(2**31)), seconds, steps, self.near.part(a.who))
            for a in areas
        ]
        if self.other is None or len(tasks) < 2:
            return [task.done({}) for task in tasks]
        self.other.begin(tasks[1])
        return [tasks[0].done({}), self.other.result()]

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

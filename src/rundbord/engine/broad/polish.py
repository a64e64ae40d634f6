"""Solve one neighbourhood after the other exactly, the rest of the board held still."""

from __future__ import annotations

import numpy as np

from ..budget import Budget
from ..columns.exact import Exact
from ..fixing import back, without
from ..meetings import Meeting, worth
from .board import NOBODY, Board, Group

KIN = 9  # groups taken apart at once
GUESTS = 90  # people not seated who are looked at together with them
SECONDS = 2.0  # for one neighbourhood at most
STEPS = 8  # iterations instead, when iterations are counted


class Polish:
    """Betters a board by exact search in neighbourhoods."""

    def __init__(self, board: Board, chance: np.random.Generator) -> None:
        self.board, self.chance, self.field = board, chance, board.field
        p = self.field.places
        self.place = {(int(r), int(t)): v for v, (r, t) in enumerate(zip(p.room, p.slot, strict=True))}

    def step(self, budget: Budget) -> bool:
        """Better one neighbourhood; True if the board is worth more afterwards."""
        near = self._near()
        if not near:
            return False
        before = self.board.worth
        old = [self.board.remove(number) for number in near]
        new = [self.board.add(group) for group in self._solved(old, budget)]
        if self.board.worth <= before:
            for number in new:
                self.board.remove(number)
            for group in old:
                self.board.add(group)
        return self.board.worth > before

    def _near(self) -> list[int]:
        """A group and others that could use its people, found by walking from place to place."""
        if not self.board.groups:
            return []
        numbers = sorted(self.board.groups)
        found = {numbers[int(self.chance.integers(len(numbers)))]}
        for _ in range(6 * KIN):
            if len(found) >= KIN:
                break
            group = self.board.groups[sorted(found)[int(self.chance.integers(len(found)))]]
            found |= self._neighbours(group)
        return sorted(found)[: 2 * KIN]

    def _neighbours(self, group: Group) -> set[int]:
        ptr, place = self.field.spots
        unit = group.units[int(self.chance.integers(len(group.units)))]
        if ptr[unit] == ptr[unit + 1]:
            return set()
        v = int(place[int(self.chance.integers(ptr[unit], ptr[unit + 1]))])
        owners = self.board.owner[
            self.field.places.unit[self.field.places.ptr[v] : self.field.places.ptr[v + 1]]
        ]
        owners = np.unique(owners[owners != NOBODY])
        some = self.chance.choice(owners, min(2, len(owners)), replace=False).tolist() if len(owners) else []
        here = int(self.board.at_place[v])
        return {*some, here} - {NOBODY}

    def _solved(self, old: list[Group], budget: Budget) -> list[Group]:
        problem = self.field.problem
        others = self.board.meetings(self.board.groups.values())
        rest, who = without(problem, others)
        mine = np.isin(self.field.units.of[who], self._people(old))
        part, who = rest.part(np.flatnonzero(mine)), who[mine]
        search = Exact(part, int(self.chance.integers(2**31)), budget.part(SECONDS, STEPS))
        search.run()
        return [self._group(back(meeting, who)) for meeting in search.meetings()]

    def _people(self, old: list[Group]) -> np.ndarray:
        """Units of the old groups and those not seated who share most places with them."""
        ptr, place = self.field.spots
        mine = np.array([u for group in old for u in group.units], dtype=np.int64)
        weight = np.bincount(
            np.concatenate([place[ptr[u] : ptr[u + 1]] for u in mine]), minlength=len(self.field.places.room)
        )
        others = np.flatnonzero(self.board.free)
        others = others[~np.isin(others, mine)]
        if len(others) > 8 * GUESTS:
            others = np.sort(self.chance.choice(others, 8 * GUESTS, replace=False))
        shared = np.array([weight[place[ptr[u] : ptr[u + 1]]].sum() for u in others])
        best = np.argsort(-shared * (0.5 + self.chance.random(len(others))), kind="stable")[:GUESTS]
        return np.concatenate([mine, others[best]])

    def _group(self, meeting: Meeting) -> Group:
        units = tuple(sorted({int(self.field.units.of[m]) for m in meeting.members}))
        points = worth(self.field.problem, meeting) * 16
        if meeting.open is not None:
            return Group(meeting.open, NOBODY, NOBODY, units, points)
        place = self.place[(-1 if meeting.room is None else meeting.room, meeting.slot)]
        bucket = (meeting.frame * self.field.terms.langs + meeting.lang) * 4 + meeting.audience
        return Group(place, bucket, NOBODY if meeting.starter is None else meeting.starter, units, points)

"""What a solution leaves: people, rooms, starters;

and whether a group could gather from them, found by trial.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from .. import meetings as meet
from ..fixing import without
from ..meetings import Meeting
from ..problem import WOMEN, YOUNG, Problem
from .fit import gets_there

TRIES = 60  # people looked at for one trial group; enough for any realistic crowd, and bounds the time


class Person(NamedTuple):
    """A seeker as she is, or with something relaxed. slots, frames and langs are indices;

    reach is added metres.
    """

    seeker: int
    slots: tuple[int, ...]
    frames: tuple[int, ...]
    langs: tuple[int, ...]
    physical: bool
    digital: bool
    further: int = 0


class Trial(NamedTuple):
    """A group that could gather: where, when, about what, and how many would be in it."""

    room: int | None
    slot: int
    frame: int
    lang: int
    audience: int
    members: tuple[int, ...]
    starter: int | None
    metres: int | None


class Leftovers:
    """The people, rooms and starters a solution does not use. Indices are those of the whole problem."""

    def __init__(self, problem: Problem, meetings: Sequence[Meeting]) -> None:
        self.problem, self.meetings = problem, meetings
        self.rest, self.seekers = without(problem, meetings)
        self._crowds: dict[int, np.ndarray] = {}

    def person(self, seeker: int) -> Person:
        """The seeker as she is."""
        s = self.problem.seekers
        return Person(
            seeker,
            tuple(np.flatnonzero(s.liking[seeker] >= 0).tolist()),
            tuple(np.flatnonzero(s.rank[seeker] >= 0).tolist()),
            tuple(np.flatnonzero(s.langs[seeker]).tolist()),
            bool(s.physical[seeker]),
            bool(s.digital[seeker]),
        )

    def crowd(self, room: int) -> np.ndarray:
        """Single people left who get to a room (-1: meet digitally), longest waiting first."""
        if room not in self._crowds:
            left = self.seekers[self.problem.seekers.bundle[self.seekers] < 0]
            venue = meet.room_venue(self.problem, room if room >= 0 else None)
            there = left[gets_there(self.problem, venue, left)]
            self._crowds[room] = there[np.argsort(-self.problem.seekers.wait[there], kind="stable")]
        return self._crowds[room]

    def reaches(self, person: Person, room: int) -> bool:
        """Whether the person, relaxed as she may be, gets to a room (-1: meets digitally)."""
        if room < 0:
            return person.digital
        r, s = self.problem.rooms, self.problem.seekers
        limit = int(s.max_m[person.seeker]) + person.further
        access = bool(r.accessible[room]) or not s.access[person.seeker]
        return person.physical and access and self.away(person.seeker, room) <= limit

    def away(self, seeker: int, room: int) -> int:
        """Metres from her home to a room, rounded up so that a limit is kept."""
        venue = meet.room_venue(self.problem, room)
        return meet.distance(self.problem, seeker, venue) + 1 if venue else 0

    def rooms(self, person: Person) -> list[int]:
        """Rooms the person gets to, nearest first; digital (-1) last."""
        near = [r for r in range(len(self.problem.rooms)) if self.reaches(person, r)]
        return sorted(near, key=lambda r: (self.away(person.seeker, r), r)) + ([-1] if person.digital else [])

    def trials(self, person: Person, *, any_room: bool = False, any_starter: bool = False) -> Iterator[Trial]:
        """Groups of the smallest size with this person that could gather from what is left.

        any_room: rooms may be taken at slots they are not free at (one more room). any_starter: starters need
        not exist (one more starter).
        """
        for room in self.rooms(person):
            for slot in person.slots:
                free = room < 0 or bool(self.rest.rooms.free[room, slot])
                if free != any_room or room < 0:
                    yield from self._at(person, room, slot, any_starter)

    def _at(self, person: Person, room: int, slot: int, any_starter: bool) -> Iterator[Trial]:
        s, crowd = self.problem.seekers, self.crowd(room)
        others = crowd[(s.liking[crowd, slot] >= 0) & (crowd != person.seeker)]
        if len(others) < self.problem.policy.min_size - self._together(person):
            return
        for frame in person.frames:
            for lang in person.langs:
                some = others[(s.rank[others, frame] >= 0) & s.langs[others, lang]]
                for audience in self._audiences(person):
                    found = self._gather(
                        person, self._fit(some, audience), room, slot, lang, audience, any_starter
                    )
                    if found:
                        metres = None if room < 0 else self.away(person.seeker, room)
                        yield Trial(
                            room if room >= 0 else None,
                            slot,
                            frame,
                            lang,
                            audience,
                            found[0],
                            found[1],
                            metres,
                        )

    def _together(self, person: Person) -> int:
        return 1 if person.seeker >= 0 else 0

    def _audiences(self, person: Person) -> list[int]:
        s, p = self.problem.seekers, self.problem.policy
        may = [0]
        may += [WOMEN] if s.gender[person.seeker] == 0 else []
        may += [a | YOUNG for a in may] if s.age[person.seeker] <= p.young_max_age else []
        return [a for a in may if not int(s.only[person.seeker]) & ~a]

    def _fit(self, some: np.ndarray, audience: int) -> np.ndarray:
        s = self.problem.seekers
        can = (s.only[some] & ~audience) == 0
        can &= (s.gender[some] == 0) if audience & WOMEN else True
        can &= (s.age[some] <= self.problem.policy.young_max_age) if audience & YOUNG else True
        return some[can]

    def _gather(
        self,
        person: Person,
        others: np.ndarray,
        room: int,
        slot: int,
        lang: int,
        audience: int,
        any_starter: bool,
    ) -> tuple[tuple[int, ...], int | None] | None:
        starter = None if any_starter else self.starter(room, slot, lang, audience)
        alone = starter is None and not any_starter
        if alone:
            ok = self.problem.seekers.self_ok
            if not self.problem.policy.self_start or not ok[person.seeker]:
                return None
            others = others[ok[others]]
        members = self._pick(person.seeker, others[:TRIES].tolist())
        size, chairs = (
            self.problem.policy.min_size,
            10**6 if room < 0 else int(self.problem.rooms.capacity[room]),
        )
        return (members, starter) if len(members) == size and size + (not alone) <= chairs else None

    def _pick(self, first: int, others: list[int]) -> tuple[int, ...]:
        """The first ones who may sit together with her, up to the smallest size."""
        chosen = [first]
        for other in others:
            if len(chosen) == self.problem.policy.min_size:
                break
            if not any(meet.apart(self.problem, other, c) for c in chosen):
                chosen.append(other)
        return tuple(chosen)

    def starter(self, room: int, slot: int, lang: int, audience: int) -> int | None:
        """A starter who is left and could start such a group."""
        i = self.rest.starters
        can = (i.capacity > 0) & i.free[:, slot] & i.langs[:, lang]
        can &= i.woman if audience & WOMEN else True
        if room < 0:
            can &= i.digital
        else:
            r = self.problem.rooms
            can &= i.physical & ((i.x - r.x[room]) ** 2 + (i.y - r.y[room]) ** 2 <= i.max_m**2)
        return int(np.flatnonzero(can)[0]) if can.any() else None

"""Everything a solution leaves: people, rooms, starters, chairs. Indices are those of the whole problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...fixing import without
from ...meetings import Meeting
from ...problem import WOMEN, Problem
from . import chairs, crowds, people, venues
from .choose import choose
from .pairs import Pairs

LOOK = 60  # units looked at when a group gathers; beyond these a crowd is large enough anyhow


class Left:
    """What is left, with tables for the trials.

    meetings: new groups, and every running group with its newcomers. spots: the venues, then where the
    meetings are. trials: how many groups were tried so far.
    """

    def __init__(self, problem: Problem, meetings: Sequence[Meeting]) -> None:
        self.problem, self.meetings = problem, meetings
        rest, self.seekers = without(problem, meetings)
        self.starters = rest.starters
        self.pairs = Pairs(problem)
        self.people = people.build(problem, self.seekers)
        self.venues = venues.build(problem, rest, self.seekers)
        self.chairs = chairs.build(problem, meetings)
        self.spots = venues.joined(self.venues.spots, self.chairs.spots)
        self.crowds = crowds.build(problem, self.people, self.venues, self.pairs)
        self.careful = self.pairs.careful_units(self.people)
        self.trials = 0

    def crowd(self, venue: int, slot: int, bucket: int, *, alone: bool, but: int = -1) -> np.ndarray:
        """Units that could be in such a group, in the order of Crowds.at; `but`: one unit to leave out.

        alone: only those who accept a group without a starter.
        """
        units = self.crowds.at[venue]
        able = self.people.slots[units, slot] & self.crowds.inside[units, bucket] & (units != but)
        return units[able & self.people.self_ok[units]] if alone else units[able]

    def most(self, venue: int, *, alone: bool) -> int:
        """Members a new group may have there; the starter sits on a chair too."""
        return min(self.problem.policy.max_size, int(self.venues.capacity[venue]) - (not alone))

    def welcome(self, seekers: np.ndarray, units: np.ndarray) -> np.ndarray:
        """Those of the units that may sit with all of these seekers."""
        careful = units[self.careful[units]] if not self.pairs.careful[seekers].any() else units
        if not len(careful):
            return units
        member, sizes = self.people.member, self.people.size[careful]
        spread = np.concatenate([self.people.members(u) for u in careful.tolist()])
        wrong = self.pairs.apart(seekers, member[:0] if not len(spread) else spread).any(axis=0)
        shut = careful[np.logical_or.reduceat(wrong, np.cumsum(sizes) - sizes)]
        return units[~np.isin(units, shut)]

    def gather(self, crowd: np.ndarray, high: int, enough: int) -> list[int]:
        """Units of the crowd (in their order) with `enough` to `high` people who may all sit together; when
        `enough` cannot be had, the most people found. Those without any rule about others come first.
        """
        self.trials += 1
        easy = crowd[~self.careful[crowd] & (self.people.size[crowd] == 1)][:high]
        if len(easy) >= enough:
            return easy[:enough].tolist()
        some = crowd[:LOOK]
        apart = self.pairs.units_apart(self.people, some, some)
        found = choose(self.people.size[some].tolist(), apart, high, enough)
        return some[found].tolist()

    def count(self, units: Sequence[int] | np.ndarray) -> int:
        """People in these units."""
        return int(self.people.size[list(units)].sum()) if len(units) else 0

    def starters_for(self, venue: int, slot: int, bucket: int) -> np.ndarray:
        """Starters left (indices) who could start such a group."""
        i, about = self.starters, self.crowds.buckets
        can = (i.capacity > 0) & i.free[:, slot] & i.langs[:, about.lang[bucket]]
        can &= i.woman | (about.audience[bucket] & WOMEN == 0)
        return np.flatnonzero(can & venues.starters_reach(self.starters, self.venues.spots, venue))

    def where(self, venue: int) -> dict[str, Any]:
        """A room by its id; a point without a room by its metres; nothing for digital."""
        if venue < self.venues.rooms:
            return {"room": self.problem.rooms.ids[venue]}
        if self.spots.digital[venue]:
            return {"room": None}
        return {"room": None, "x": int(self.spots.x[venue]), "y": int(self.spots.y[venue])}

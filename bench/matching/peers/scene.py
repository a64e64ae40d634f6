"""What the two methods that first divide the people and then look for a room have in common: seating a crowd.

A crowd is a handful of units (single people, or bundles). The best group among them is taken, if any.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from rundbord.engine import meetings as meet
from rundbord.engine import places, units
from rundbord.engine.meetings import Meeting
from rundbord.engine.problem import Problem
from rundbord.engine.units import NEVER


class Fixed(NamedTuple):
    """Units by row; venue 0 is digital, then the rooms. worth (venues, units) is NEVER where she cannot.

    begins (venues, starters): who could start a group there.
    """

    size: np.ndarray
    slot: np.ndarray
    frame: np.ndarray
    langs: np.ndarray
    audience: np.ndarray
    self_ok: np.ndarray
    worth: np.ndarray
    apart: np.ndarray
    chairs: np.ndarray
    begins: np.ndarray
    speaks: np.ndarray
    woman: np.ndarray
    bonus: np.ndarray


class Scene:
    """One problem for the loops: what is fixed, and what is used up."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.units = problem, units.build(problem)
        u, rooms, count = self.units, problem.rooms, len(problem.rooms)
        able = np.zeros((count + 1, len(problem.starters)), dtype=bool)
        for room in range(-1, count):
            able[room + 1, places.starters_for(problem, room)] = True
        bonus = [problem.weights.size.get(k, 0) for k in range(problem.policy.max_size + 1)]
        self.fixed = Fixed(
            u.size, u.slot_value, u.frame_value, u.langs, u.audience, u.self_ok, self._worth(), self._apart(),
            np.append([problem.policy.max_size + 1], rooms.capacity), able, problem.starters.langs,
            problem.starters.woman, np.array(bonus, dtype=np.int64),
        )  # fmt: skip
        p = problem.policy
        self.terms = p.min_size, p.max_size, p.self_start, problem.weights.self_start

    def _worth(self) -> np.ndarray:
        out = np.full((len(self.problem.rooms) + 1, len(self.units.size)), NEVER, dtype=np.int64)
        for room in range(-1, len(self.problem.rooms)):
            reach = places.room_reach(self.problem, self.units, room) if room >= 0 else (
                places.digital_reach(self.problem, self.units))  # fmt: skip
            out[room + 1, reach.unit] = reach.worth
        return out

    def _apart(self) -> np.ndarray:
        """Which units may not be in one group."""
        count, careful = len(self.units.size), np.flatnonzero(self.units.care)
        out = np.zeros((count, count), dtype=bool)
        for u in careful.tolist():
            for v in range(count):
                both = (*self.members([u]), *self.members([v])) if v != u else ()
                out[u, v] = out[v, u] = out[u, v] or bool(meet.pairs_apart(self.problem, both))
        return out

    def members(self, some: list[int]) -> tuple[int, ...]:
        """The people of some units."""
        u = self.units
        return tuple(int(m) for x in some for m in u.member[u.ptr[x] : u.ptr[x + 1]])

    def means(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """What can be used: slots of venues, slots of starters, groups a starter may start."""
        digital = np.ones((1, self.problem.slots), dtype=bool)
        i = self.problem.starters
        return np.concatenate([digital, self.problem.rooms.free]), i.free.copy(), i.capacity.copy()

    def meeting(self, row: np.ndarray, chosen: np.ndarray) -> Meeting:
        """What `seat` found, as a meeting."""
        venue, slot, frame, lang, audience, starter = (int(v) for v in row)
        room = venue - 1 if venue else None
        return Meeting(slot, frame, lang, audience, meet.room_venue(self.problem, room),
                       self.members([int(c) for c in chosen if c >= 0]), room,
                       starter if starter >= 0 else None)  # fmt: skip


@njit(cache=True)
def beginner(f, hours, left, venue, slot, lang, audience):
    """The first starter who could start such a group; -1 if none."""
    for k in range(len(left)):
        fine = left[k] > 0 and hours[k, slot] and f.begins[venue, k] and f.speaks[k, lang]
        if fine and (audience & 1 == 0 or f.woman[k]):
            return k
    return -1


@njit(cache=True)
def choose(f, crowd, venue, slot, frame, alone, most, low, pick):
    """Who of the crowd sits together: (worth, how many units); nobody if they are too few people."""
    people, count, worth = 0, 0, np.int64(0)
    for u in crowd:
        if people + f.size[u] > most or (alone and not f.self_ok[u]):
            continue
        fine = True
        for k in range(count):
            fine = fine and not f.apart[u, pick[k]]
        if fine:
            pick[count] = u
            count, people = count + 1, people + f.size[u]
            worth += f.worth[venue, u] + f.slot[u, slot] + f.frame[u, frame]
    return (worth + f.bonus[people], count) if people >= low else (np.int64(0), 0)


@njit(cache=True)
def kept(f, crowd, can):
    """The part of a crowd that can, and how many people it is."""
    some = crowd[can]
    return some, f.size[some].sum()


@njit(cache=True)
def housed(f, terms, means, fit, wish, best, row, chosen):
    """The best group of those who fit, over all venues, if worth more than `best`: its worth."""
    (low, high, self_start, alone), (open_, hours, left) = terms, means
    slot, frame, lang, audience = wish
    pick = np.empty(len(fit), dtype=np.int64)
    for venue in np.flatnonzero(open_[:, slot]):
        there, people = kept(f, fit, f.worth[venue, fit] >= 0)
        if people < low:
            continue
        who = beginner(f, hours, left, venue, slot, lang, audience)
        if who < 0 and not self_start:
            continue
        most = min(high, f.chairs[venue] - (who >= 0))
        gain, n = choose(f, there, venue, slot, frame, who < 0, most, low, pick)
        gain += alone if who < 0 else 0
        if n and gain > best:
            best, chosen[:n], chosen[n:] = gain, pick[:n], -1
            row[:] = np.array((venue, slot, frame, lang, audience, who))
    return best


@njit(cache=True)
def seat(f, terms, means, crowd, row, chosen):
    """The best group of a crowd as (venue, slot, frame, language, audience, starter) and units; its worth.

    Room and starter are taken by the caller (`claim`). 0 if there is none.
    """
    best, low = np.int64(0), terms[0]
    for slot in range(f.slot.shape[1]):
        some, people = kept(f, crowd, f.slot[crowd, slot] >= 0)
        for frame in range(f.frame.shape[1] if people >= low else 0):
            asked, people = kept(f, some, f.frame[some, frame] >= 0)
            for lang in range(f.langs.shape[1] if people >= low else 0):
                speak, people = kept(f, asked, f.langs[asked, lang])
                for audience in range(4 if people >= low else 0):
                    fit, people = kept(f, speak, (f.audience[speak] >> audience) & 1 == 1)
                    if people >= low:
                        wish = (slot, frame, lang, audience)
                        best = housed(f, terms, means, fit, wish, best, row, chosen)
    return best


@njit(cache=True)
def claim(means, row):
    """Use up the room and the starter."""
    open_, hours, left = means
    if row[0] > 0:
        open_[row[0], row[1]] = False
    if row[5] >= 0:
        hours[row[5], row[1]] = False
        left[row[5]] -= 1

"""Where a group could meet: rooms, points where a room could be found, and digitally."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...problem import Problem, Starters

MANY = 10**6  # chairs of a digital group
MOST_POINTS = 400
NOT = np.int64(2**40)  # metres beyond her longest journey where no journey helps


class Spots(NamedTuple):
    """Anything one travels to (or not): x and y in metres, digital, accessible."""

    x: np.ndarray
    y: np.ndarray
    digital: np.ndarray
    accessible: np.ndarray


def joined(some: Spots, more: Spots) -> Spots:
    """One after the other."""
    return Spots(*(np.concatenate(both) for both in zip(some, more, strict=True)))


class Venues(NamedTuple):
    """Rooms in the instance's order, then points without a room, last digital.

    muni: -1 for digital. free (v, slots): nobody meets there; never at a point. helped (v, slots,
    2 * languages): somebody left could start a group in language l at 2l, a woman at 2l + 1.
    """

    spots: Spots
    rooms: int
    muni: np.ndarray
    capacity: np.ndarray
    free: np.ndarray
    helped: np.ndarray

    @property
    def physical(self) -> np.ndarray:
        """Rooms and points."""
        return ~self.spots.digital


def build(problem: Problem, rest: Problem, seekers: np.ndarray) -> Venues:
    """Venues for the people left (indices of `problem`); `rest` has the rooms and starters that are left."""
    r, points = rest.rooms, _points(problem, seekers)
    more = len(points) + 1
    spots = Spots(
        x=np.concatenate([r.x, points[:, 1], [0]]), y=np.concatenate([r.y, points[:, 2], [0]]),
        digital=np.arange(len(r) + more) == len(r) + more - 1,
        accessible=np.concatenate([r.accessible, np.ones(more, dtype=bool)]),
    )  # fmt: skip
    free = np.zeros((len(r) + more, problem.slots), dtype=bool)
    free[: len(r)], free[-1] = r.free, True
    roomy = np.full(len(points), problem.policy.max_size + 1)
    return Venues(
        spots=spots, rooms=len(r), muni=np.concatenate([r.muni, points[:, 0], [-1]]),
        capacity=np.concatenate([r.capacity, roomy, [MANY]]), free=free,
        helped=_helped(rest.starters, spots, problem.slots, problem.languages),
    )  # fmt: skip


def _points(problem: Problem, seekers: np.ndarray) -> np.ndarray:
    """(muni, x, y) of where most of those left live in each municipality, those with most people."""
    s = problem.seekers
    who = seekers[s.physical[seekers]]
    homes = np.stack([s.muni[who], s.x[who], s.y[who]], axis=1)
    found, count = np.unique(homes, axis=0, return_counts=True)
    found, count = found[np.argsort(-count, kind="stable")], np.sort(count)[::-1]
    _, first = np.unique(found[:, 0], return_index=True)
    return found[np.sort(first)][:MOST_POINTS]


def _helped(starters: Starters, spots: Spots, slots: int, languages: int) -> np.ndarray:
    out = np.zeros((len(spots.x), slots, 2 * languages), dtype=bool)
    for i in np.flatnonzero(starters.capacity > 0).tolist():
        langs = 2 * np.flatnonzero(starters.langs[i])
        columns = np.concatenate([langs, langs + 1]) if starters.woman[i] else langs
        out[np.ix_(_reached(starters, spots, i), np.flatnonzero(starters.free[i]), columns)] = True
    return out


def _reached(starters: Starters, spots: Spots, i: int) -> np.ndarray:
    """Which spots (indices) a starter could start a group at."""
    away = (spots.x - starters.x[i]) ** 2 + (spots.y - starters.y[i]) ** 2
    near = ~spots.digital & starters.physical[i] & (away <= starters.max_m[i] ** 2)
    return np.flatnonzero(near | (spots.digital & starters.digital[i]))


def starters_reach(starters: Starters, spots: Spots, at: int) -> np.ndarray:
    """Which starters (mask) could start a group at one spot."""
    if spots.digital[at]:
        return starters.digital
    away = (spots.x[at] - starters.x) ** 2 + (spots.y[at] - starters.y) ** 2
    return starters.physical & (away <= starters.max_m**2)


def reaches(problem: Problem, spots: Spots, at: int, seekers: np.ndarray) -> np.ndarray:
    """Which of the seekers (mask) get to one spot."""
    s = problem.seekers
    if spots.digital[at]:
        return s.digital[seekers]
    away = (s.x[seekers] - spots.x[at]) ** 2 + (s.y[seekers] - spots.y[at]) ** 2
    near = s.physical[seekers] & (away <= s.max_m[seekers] ** 2)
    return near if spots.accessible[at] else near & ~s.access[seekers]


def beyond(problem: Problem, spots: Spots, seekers: np.ndarray) -> np.ndarray:
    """Metres by which each spot is farther than the longest journey of any of the seekers (<= 0: near
    enough; NOT: no journey helps).
    """
    out = np.full(len(spots.x), -NOT)
    for seeker in seekers.tolist():
        np.maximum(out, _beyond(problem, spots, seeker), out=out)
    return out


def _beyond(problem: Problem, spots: Spots, seeker: int) -> np.ndarray:
    s = problem.seekers
    if not s.physical[seeker]:
        out = np.full(len(spots.x), NOT)
    else:
        out = _root_up((spots.x - s.x[seeker]) ** 2 + (spots.y - s.y[seeker]) ** 2) - s.max_m[seeker]
        if s.access[seeker]:
            out[~spots.accessible] = NOT
    out[spots.digital] = 0 if s.digital[seeker] else NOT
    return out


def _root_up(square: np.ndarray) -> np.ndarray:
    """Square roots of whole numbers, rounded up exactly."""
    root = np.sqrt(square.astype(np.float64)).astype(np.int64)
    root -= root * root > square
    return root + (root * root < square)

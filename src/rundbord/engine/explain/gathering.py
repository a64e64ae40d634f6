"""A new group for somebody from what is left, found by looking where enough could come and trying."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .left import Left
from .wishes import Wish

CELLS = 300  # places looked at for one wish and one kind of help
TRIES = 24  # of these, how many groups are tried
FAR = 2**44


class Found(NamedTuple):
    """A place that somebody could have.

    venue: index into Left.venues, or None for a chair in a meeting. bucket: what the group is about. others:
    people she would share it with, or could. metres: how much farther than she wants (0: near enough).
    members: who would be in a new group. moves: people who would have to move
    to another group for it.
    """

    slot: int
    others: int
    metres: int
    members: tuple[int, ...]
    venue: int | None = None
    bucket: int = -1
    alone: bool = False
    meeting: int = -1
    moves: int = 0


class Help(NamedTuple):
    """What may be used beyond what is left: one more starter, or one more room."""

    starter: bool = False
    room: bool = False


NO_HELP, STARTER, ROOM = Help(), Help(starter=True), Help(room=True)


def gathered(left: Left, wish: Wish, help: Help = NO_HELP) -> Found | None:
    """A new group with her, of the smallest size: where she has to travel least beyond what she wants, then
    where most others could come, then nearest. None if no trial succeeds.
    """
    tried = 0
    for venue, slot, bucket, with_starter, without in _cells(left, wish, help):
        for alone in [False] * with_starter + [True] * without:
            crowd = left.crowd(venue, slot, bucket, alone=alone, but=wish.unit)
            fine = left.welcome(wish.members, crowd)
            more = left.problem.policy.min_size - wish.size
            if left.count(fine) < more:
                continue
            tried += 1
            high = left.most(venue, alone=alone) - wish.size
            units = left.gather(fine, high, more) if more > 0 else []
            if left.count(units) >= more and high >= 0:
                return _found(left, wish, (venue, slot, bucket), units, left.count(fine), alone)
        if tried >= TRIES:
            return None
    return None


def _found(
    left: Left, wish: Wish, cell: tuple[int, int, int], units: list[int], others: int, alone: bool
) -> Found:
    venue, slot, bucket = cell
    members = [*wish.members.tolist(), *(int(m) for u in units for m in left.people.members(u))]
    metres = max(0, int(wish.beyond[venue]))
    return Found(slot, others, metres, tuple(members), venue, bucket, alone)


def _cells(left: Left, wish: Wish, help: Help) -> list[list[int]]:
    """(venue, slot, bucket, with a starter?, without?) where enough could gather, the best first."""
    venues = np.flatnonzero(wish.beyond[: len(left.venues.muni)] <= wish.further)
    slots = np.flatnonzero(wish.slots)
    buckets = left.crowds.buckets.of(wish.frames, wish.langs, wish.audience)
    lacking = left.problem.policy.min_size - (0 if wish.counted else wish.size)
    somewhere = _at_least(left.crowds.top[np.ix_(slots, buckets)], lacking)
    slots, buckets = slots[somewhere.any(axis=1)], buckets[somewhere.any(axis=0)]
    with_starter, without = enough(left, lacking, help, venues, slots, buckets)
    if not wish.self_ok:
        without[:] = False
    v, t, k = np.nonzero(with_starter | without)
    if not len(v):
        return []
    many = left.crowds.many[venues[v], slots[t], buckets[k]].astype(np.int64)
    points = venues[v] >= left.venues.rooms
    points &= ~left.spots.digital[venues[v]]
    order = _best(many, wish.beyond[venues[v]], points, wish.further > 0)
    v, t, k = v[order], t[order], k[order]
    rows = [venues[v], slots[t], buckets[k], with_starter[v, t, k], without[v, t, k]]
    return np.stack(rows, axis=1).tolist()


def enough(
    left: Left, lacking: int, help: Help, venues: np.ndarray, slots: np.ndarray, buckets: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(venue, slot, bucket) masks: at least `lacking` people, a free room with chairs for a group, and a
    starter; or none, and everybody accepts that.
    """
    low, here = left.problem.policy.min_size, left.venues
    cells = np.ix_(venues, slots, buckets)
    usable = here.free[np.ix_(venues, slots)]
    usable = ~usable & here.physical[venues][:, None] if help.room else usable
    helped = here.helped[np.ix_(venues, slots, left.crowds.buckets.column[buckets])]
    helped = ~helped if help.starter else helped
    fits = usable[:, :, None] & (here.capacity[venues] > low)[:, None, None]
    with_starter = fits & helped & _at_least(left.crowds.many[cells], lacking)
    if help.starter or not left.problem.policy.self_start:
        return with_starter, np.zeros_like(with_starter)
    fits = usable[:, :, None] & (here.capacity[venues] >= low)[:, None, None]
    return with_starter, fits & _at_least(left.crowds.alone[cells], lacking)


def _at_least(many: np.ndarray, lacking: int) -> np.ndarray:
    return many >= min(max(lacking, 0), 255)


def _best(many: np.ndarray, beyond: np.ndarray, points: np.ndarray, farther: bool) -> np.ndarray:
    """Positions of the best cells, best first."""
    key = points * 2**60 + (beyond * 2**8 - many if farther else beyond - many * FAR)
    if len(key) > CELLS:
        few = np.sort(np.argpartition(key, CELLS)[:CELLS])
        return few[np.argsort(key[few], kind="stable")]
    return np.argsort(key, kind="stable")

"""The board of a search as arrays: groups by row, who sits where, and what is still open to which lane.

A lane works only on what is its own: units with free[u] == lane, rooms with room_of[v] == lane, starters with
lane_of[i] == lane. Nothing is ever open to two lanes, so they may work at the same time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

EMPTY = -1


class Seats(NamedTuple):
    """Rows g: place (EMPTY: no group), bucket (-1: newcomers of open group `place`), helper, worth, size,
    units.

    owner (unit): her row; at (place): the row there; left, busy, able, open_ (starter, slot): see `start`;
    joined (open group): its row. spare (lane, n) holds the rows a lane may use, spares (lane) how many.
    """

    place: np.ndarray
    bucket: np.ndarray
    helper: np.ndarray
    worth: np.ndarray
    size: np.ndarray
    units: np.ndarray
    owner: np.ndarray
    free: np.ndarray
    at: np.ndarray
    room_of: np.ndarray
    left: np.ndarray
    busy: np.ndarray
    able: np.ndarray
    open_: np.ndarray
    lane_of: np.ndarray
    joined: np.ndarray
    open_of: np.ndarray
    spare: np.ndarray
    spares: np.ndarray


@njit(cache=True, nogil=True)
def start(i, lane, left, busy, able, open_):
    """Say anew at which slots the lane may use starter i."""
    for t in range(able.shape[1]):
        open_[i, t] = lane if left[i] > 0 and able[i, t] and not busy[i, t] else 0


@njit(cache=True, nogil=True)
def remove(g, lane, digital, slot, seats):
    """Take the group of row g apart; the row goes back to the lane's spare ones."""
    (place, bucket, helper, _, size, units, owner, free, at, _, left, busy, able, open_, _, joined, _,
     spare, count) = seats  # fmt: skip
    for k in range(size[g]):
        owner[units[g, k]] = EMPTY
        free[units[g, k]] = lane
    v, i = place[g], helper[g]
    if bucket[g] < 0:
        joined[v] = EMPTY
    elif v >= digital:
        at[v] = EMPTY
    if i >= 0:
        left[i] += 1
        busy[i, slot[v]] = False
        start(i, lane, left, busy, able, open_)
    place[g] = EMPTY
    spare[lane, count[lane]] = g
    count[lane] += 1


@njit(cache=True, nogil=True)
def add(v, b, i, points, some, many, lane, digital, slot, seats):
    """Seat a group at v: bucket b, starter i (-1: none); returns its row, EMPTY if the lane has none left."""
    (place, bucket, helper, worth, size, units, owner, free, at, _, left, busy, able, open_, _, joined, _,
     spare, count) = seats  # fmt: skip
    if count[lane] == 0:
        return EMPTY
    count[lane] -= 1
    g = spare[lane, count[lane]]
    place[g], bucket[g], helper[g], worth[g], size[g] = v, b, i, points, many
    for k in range(many):
        units[g, k] = some[k]
        owner[some[k]] = g
        free[some[k]] = 0
    if b < 0:
        joined[v] = g
    elif v >= digital:
        at[v] = g
    if i >= 0:
        left[i] -= 1
        busy[i, slot[v]] = True
        start(i, lane, left, busy, able, open_)
    return g

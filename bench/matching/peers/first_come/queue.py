"""Who could come where, in compiled loops. People are numbered by their place in the queue, rooms by their
row; the number after the last room is "digital".
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit


class People(NamedTuple):
    """Columns over the queue. may: bits of the audiences open to her; only: those she asks for."""

    x: np.ndarray
    y: np.ndarray
    max_m: np.ndarray
    physical: np.ndarray
    digital: np.ndarray
    access: np.ndarray
    liking: np.ndarray
    rank: np.ndarray
    langs: np.ndarray
    may: np.ndarray
    only: np.ndarray
    self_ok: np.ndarray
    pc: np.ndarray
    muni: np.ndarray
    discretion: np.ndarray
    blocked_ptr: np.ndarray
    blocked: np.ndarray


class Rooms(NamedTuple):
    """Columns over rooms; free (rooms, slots) is used up."""

    x: np.ndarray
    y: np.ndarray
    accessible: np.ndarray
    capacity: np.ndarray
    free: np.ndarray


class Starters(NamedTuple):
    """Columns over starters that do not change."""

    x: np.ndarray
    y: np.ndarray
    max_m: np.ndarray
    physical: np.ndarray
    digital: np.ndarray
    langs: np.ndarray
    woman: np.ndarray


@njit(cache=True)
def near(p, q, rooms, room):
    """Whether somebody lives near enough to a room."""
    return (p.x[q] - rooms.x[room]) ** 2 + (p.y[q] - rooms.y[room]) ** 2 <= p.max_m[q] ** 2


@njit(cache=True)
def reaches(p, q, rooms, room):
    """Whether somebody gets to a room and into it."""
    return p.physical[q] and near(p, q, rooms, room) and (rooms.accessible[room] or not p.access[q])


@njit(cache=True)
def crowds(p, free, rooms):
    """Who could come to each room, and who digitally, in the order of the queue: (pointers, people)."""
    count, ptr = len(rooms.x), np.zeros(len(rooms.x) + 2, dtype=np.int64)
    for room in range(count + 1):
        ptr[room + 1] = ptr[room]
        for q in range(len(free)):
            if free[q] and (p.digital[q] if room == count else reaches(p, q, rooms, room)):
                ptr[room + 1] += 1
    who, at = np.empty(ptr[count + 1], dtype=np.int32), 0
    for room in range(count + 1):
        for q in range(len(free)):
            if free[q] and (p.digital[q] if room == count else reaches(p, q, rooms, room)):
                who[at] = q
                at += 1
    return ptr, who


@njit(cache=True)
def apart(p, a, b):
    """Whether two people may not be in one group."""
    care = max(p.discretion[a], p.discretion[b])
    if care >= 1 and (p.pc[a] == p.pc[b] or (care >= 2 and p.muni[a] == p.muni[b])):
        return True
    return b in p.blocked[p.blocked_ptr[a] : p.blocked_ptr[a + 1]]


@njit(cache=True)
def wants(p, q, slot, frame, lang, audience):
    """Whether a group like this is one for her."""
    can = p.liking[q, slot] >= 0 and p.rank[q, frame] >= 0 and p.langs[q, lang]
    return can and (audience & ~p.may[q]) == 0 and (p.only[q] & ~audience) == 0


@njit(cache=True)
def nearest(p, q, rooms):
    """The rooms she gets to, the nearest first, then digital."""
    away, found = np.empty(len(rooms.x), dtype=np.int64), np.empty(len(rooms.x) + 1, dtype=np.int64)
    n = 0
    for room in range(len(rooms.x)):
        if reaches(p, q, rooms, room):
            away[n] = (p.x[q] - rooms.x[room]) ** 2 + (p.y[q] - rooms.y[room]) ** 2
            found[n] = room
            n += 1
    found[:n] = found[:n][np.argsort(away[:n], kind="mergesort")]
    if p.digital[q]:
        found[n] = len(rooms.x)
        n += 1
    return found[:n]


@njit(cache=True)
def wishes(p, q):
    """Every (slot, frame, language, audience) she wants, best liked slots first, then her first choices."""
    found = []
    for liking in range(2, -1, -1):
        for slot in np.flatnonzero(p.liking[q] == liking):
            for rank in range(3):
                for frame in np.flatnonzero(p.rank[q] == rank):
                    for lang in np.flatnonzero(p.langs[q]):
                        for audience in range(4):
                            if wants(p, q, slot, frame, lang, audience):
                                found.append((slot, frame, lang, audience))
    return found

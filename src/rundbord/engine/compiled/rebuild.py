"""Ruin and recreate: take a few groups near one place apart and build anew; keep it unless it is worse."""

from __future__ import annotations

import numpy as np
from numba import njit

from .refill import join, refill
from .seats import EMPTY, add, remove

KIN = 5  # fewer groups than this are taken apart at once, beside the one at the place
DOOR = 0.2  # how often an open group is looked at too
NEAR = 24  # places tried when groups are rebuilt
LIFT = (
    1 << 24
)  # scaled points; groups are compared by gain beyond prices, but made also where that is negative


@njit(cache=True, nogil=True)
def anywhere(lane, aims, chance, room_of, spots_ptr, spots):
    """A place that one of the units aimed at could come to; -1 if none is found."""
    for _ in range(20):
        if len(aims) == 0:
            break
        u = aims[int(chance.random() * len(aims))]
        if spots_ptr[u + 1] > spots_ptr[u]:
            v = spots[spots_ptr[u] + int(chance.random() * (spots_ptr[u + 1] - spots_ptr[u]))]
            if room_of[v] == lane or room_of[v] == 0:
                return v
    return -1


@njit(cache=True, nogil=True)
def ruin(v, lane, chance, places, seats, lane_rows, taken):
    """Rows (in taken) of the group at v and of some whose members could come there; how many."""
    ptr, who = places[0], places[1]
    owner, at = seats[6], seats[8]
    n, most = 0, 1 + int(chance.random() * (KIN - 1))
    if at[v] != EMPTY:
        taken[n] = at[v]
        n, most = 1, most + 1
    length = ptr[v + 1] - ptr[v]
    for _ in range(6 * most):
        if n >= most:
            break
        g = owner[who[ptr[v] + int(chance.random() * length)]]
        known = g == EMPTY or lane_rows[g] != lane
        for k in range(n):
            known = known or taken[k] == g
        if not known:
            taken[n] = g
            n += 1
    return n


@njit(cache=True, nogil=True)
def knock(lane, chance, seats, taken, n):
    """Now and then an open group too: its newcomers are added to taken, or it is named if it has none.

    Returns (how many rows are taken, the open group without newcomers or -1).
    """
    joined, open_of = seats[15], seats[16]
    if len(joined) == 0 or chance.random() > DOOR:
        return n, -1
    o = int(chance.random() * len(joined))
    if open_of[o] != lane:
        return n, -1
    if joined[o] == EMPTY:
        return n, o
    for k in range(n):
        if taken[k] == joined[o]:
            return n, -1
    taken[n] = joined[o]
    return n + 1, -1


@njit(cache=True, nogil=True)
def near(v, n, taken, lane, chance, seats, spots_ptr, spots, hits, some):
    """Free places where most of the units of the taken rows could come (in some, ascending); how many."""
    place, bucket, size, units, at, room_of = seats[0], seats[1], seats[4], seats[5], seats[8], seats[9]
    found = np.empty(512, np.int64)
    many = 0
    for k in range(n):
        g = taken[k]
        for j in range(size[g]):
            u = units[g, j]
            for x in range(spots_ptr[u], spots_ptr[u + 1]):
                p = spots[x]
                if room_of[p] != lane and room_of[p] != 0:
                    continue
                if hits[p] == 0:
                    if many == len(found):
                        continue
                    found[many] = p
                    many += 1
                hits[p] += 1
    rank = np.empty(many, np.float64)
    for k in range(many):
        rank[k] = -hits[found[k]] - 3 * chance.random()
        hits[found[k]] = 0
    order = np.argsort(rank)
    count = 0
    for k in range(min(many, NEAR)):
        p = found[order[k]]
        if at[p] == EMPTY or room_of[p] == 0:
            some[count] = p
            count += 1
    some[count] = v
    count += 1
    for k in range(n):
        if bucket[taken[k]] >= 0:
            some[count] = place[taken[k]]
            count += 1
    return count


@njit(cache=True, nogil=True)
def copy(g, line, seats):
    """Remember row g in a line: place, bucket, helper, worth, size, units."""
    line[0], line[1], line[2] = seats[0][g], seats[1][g], seats[2][g]
    line[3], line[4] = seats[3][g], seats[4][g]
    line[5 : 5 + seats[4][g]] = seats[5][g, : seats[4][g]]


@njit(cache=True, nogil=True)
def put_back(old, n, lane, digital, slot, seats):
    """Seat the groups copied to old (rows of place, bucket, helper, worth, size, units...) again."""
    for k in range(n):
        size = old[k, 4]
        add(old[k, 0], old[k, 1], old[k, 2], old[k, 3], old[k, 5:], size, lane, digital, slot, seats)


@njit(cache=True, nogil=True)
def rebuild(times, lane, aims, chance, warmth, digital, places, people, terms, work, spare, lists, spots_ptr,
            spots, prices, fees, steps, seats, lane_rows, hits):  # fmt: skip
    """`times` rebuildings by one lane; returns what they gained. warmth: points that may be lost, on average.

    prices, fees: several sheets of prices (unit; starter, slot), one of which is drawn for each rebuilding.
    """
    worth, units, room_of = seats[3], seats[5], seats[9]
    slot, high = places[6], units.shape[1]
    taken, made = np.empty(2 * KIN, np.int64), np.empty(64, np.int64)
    some, old = np.empty(NEAR + 2 * KIN + 2, np.int64), np.empty((2 * KIN, 5 + high), np.int64)
    line, gained = np.empty(high + 64, np.int64), np.int64(0)
    for _ in range(times):
        v = anywhere(lane, aims, chance, room_of, spots_ptr, spots)
        if v < 0:
            continue
        n = ruin(v, lane, chance, places, seats, lane_rows, taken)
        n, door = knock(lane, chance, seats, taken, n)
        count = near(v, n, taken, lane, chance, seats, spots_ptr, spots, hits, some)
        before, after = np.int64(0), np.int64(0)
        for k in range(n):
            copy(taken[k], old[k], seats)
            before += worth[taken[k]]
            remove(taken[k], lane, digital, slot, seats)
        where = np.unique(some[:count])
        sheet = int(chance.random() * len(prices))
        loud = chance.random() * 1500 * 16
        noise = np.empty(len(where), np.int64)
        for k in range(len(where)):
            noise[k] = int(chance.random() * loud)
        new = refill(where, noise, lane, digital, places, people, terms, work, spare, prices[sheet],
                     fees[sheet], LIFT, 0, steps, seats, made)  # fmt: skip
        for k in range(-1, n):
            o = door if k < 0 else old[k, 0] if old[k, 1] < 0 else -1
            if o < 0 or new == len(made):
                continue
            g = join(o, lane, digital, places, people, lists, seats, line)
            if g != EMPTY:
                made[new] = g
                new += 1
        for k in range(new):
            after += worth[made[k]]
        if after < before - warmth * chance.exponential():
            for k in range(new):
                remove(made[k], lane, digital, slot, seats)
            put_back(old, n, lane, digital, slot, seats)
            continue
        gained += after - before
    return gained

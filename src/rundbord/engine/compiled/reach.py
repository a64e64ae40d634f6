"""Which units get to which room, and what they gain by it: two passes, one to count and one to fill.

times: the slots of unit u and what they are worth to her are slot[at], liked[at] for at in ptr[u]:ptr[u+1].
"""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def nearby(u, x, y, homes):
    """Whether the first of unit u lives near enough: a quick look before `journey`."""
    home_x, home_y, limit = homes
    dx, dy = home_x[u] - x, home_y[u] - y
    return dx * dx + dy * dy <= limit[u]


@njit(cache=True, nogil=True)
def journey(u, x, y, accessible, travellers):
    """(whether all of unit u get to the room, what their journeys are worth)."""
    ptr, member, home_x, home_y, reach, physical, first, access, travel, mode_first = travellers
    total = np.int64(0)
    for i in range(ptr[u], ptr[u + 1]):
        m = member[i]
        dx, dy, limit = home_x[m] - x, home_y[m] - y, reach[m]
        square = dx * dx + dy * dy
        if not physical[m] or square > limit * limit or (access[m] and not accessible):
            return False, total
        away = np.int64(np.sqrt(np.float64(square)))
        while away * away > square:
            away -= 1
        while (away + 1) * (away + 1) <= square:
            away += 1
        total += travel * max(0, limit - away) // max(1, limit) + (mode_first if first[m] else 0)
    return True, total


@njit(cache=True, nogil=True)
def tally(some, rooms, homes, travellers, size, times, units, people):
    """Count units and people per (room, slot) for these rooms."""
    x, y, accessible, free = rooms
    ptr, slot, _ = times
    for r in some:
        for u in range(len(size)):
            if nearby(u, x[r], y[r], homes) and journey(u, x[r], y[r], accessible[r], travellers)[0]:
                for at in range(ptr[u], ptr[u + 1]):
                    t = np.uint32(slot[at])  # unsigned: nothing is counted from the end
                    if free[r, t]:
                        units[r, t] += 1
                        people[r, t] += size[u]


@njit(cache=True, nogil=True)
def write(some, rooms, homes, travellers, standing, times, start, who, base):
    """Write units and their worth to who and base from start[room, slot] on (-1: the place is not wanted)."""
    x, y, accessible, _ = rooms
    ptr, slot, liked = times
    for r in some:
        for u in range(len(standing)):
            if not nearby(u, x[r], y[r], homes):
                continue
            fine, worth = journey(u, x[r], y[r], accessible[r], travellers)
            if fine:
                for at in range(ptr[u], ptr[u + 1]):
                    t = np.uint32(slot[at])
                    if start[r, t] >= 0:
                        who[start[r, t]] = u
                        base[start[r, t]] = standing[u] + worth + liked[at]
                        start[r, t] += 1


@njit(cache=True, nogil=True)
def spots(ptr, who, units, most):
    """Places by unit, at most `most` evenly spread over all she could come to: (pointers, places)."""
    total = np.zeros(units, np.int64)
    for at in range(len(who)):
        total[who[at]] += 1
    out = np.zeros(units + 1, np.int64)
    for u in range(units):
        out[u + 1] = out[u] + min(most, total[u])
    places, seen, filled = np.empty(out[units], np.int32), np.zeros(units, np.int64), out[:-1].copy()
    for v in range(len(ptr) - 1):
        for at in range(ptr[v], ptr[v + 1]):
            u = who[at]
            kept = min(most, total[u])
            if (seen[u] + 1) * kept // total[u] > seen[u] * kept // total[u]:
                places[filled[u]] = v
                filled[u] += 1
            seen[u] += 1
    return out, places


@njit(cache=True, nogil=True)
def homes(ptr, who, town, home):
    """Where most of those come from who could come to each place from number len(ptr) - 1 - len(home) on."""
    lowest = town.min() if len(town) else 0
    count = np.zeros(town.max() - lowest + 1 if len(town) else 0, np.int64)
    before = len(ptr) - 1 - len(home)
    for v in range(len(home)):
        count[:] = 0
        for at in range(ptr[before + v], ptr[before + v + 1]):
            count[town[who[at]] - lowest] += 1
        home[v] = lowest + np.argmax(count)

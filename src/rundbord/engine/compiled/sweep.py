"""Places looked at one after the other: a proven bound at given prices, and what would be used.

Prices may rise by `step` wherever something is used, so that the next place already asks for others; what is
told then is no bound, the looks are brief, and a room that found no group rests for two passes. Each lane has
memory of its own, so that two threads can look at the same time.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .choose import BRIEF, column, hope, lay, lay_out, look, search
from .lists import ceiling, clear, fill, per_person
from .world import KEEP, NOWHERE

REST = 8  # steps below nothing that a room which found no group is taken to be


@njit(cache=True, nogil=True)
def rooms(order, places, people, terms, work, price, free, fees, open_, steps, step, drift, near,
          used, helped):  # fmt: skip
    """Bound on what these rooms gain: the best group of each; used and helped are counted up.

    near[v]: no group at v gains more than this; it rises by `drift` from one step to the next (prices fell by
    that much at most), and a room is looked at only when it could gain something.
    """
    total, slot = np.int64(0), places[6]
    for v in order:
        near[v] += drift
        if near[v] <= 0:
            continue
        gain, _, count, helper, bound = look(
            v, places, people, terms, work, price, free, fees, open_, 1, 0, steps, BRIEF if step else KEEP
        )
        near[v] = bound if gain > 0 or step == 0 else min(bound, -REST * step)
        total += max(0, bound)
        if gain > 0:
            best = work[15]
            for i in range(count):
                used[best[i]] += 1
                price[best[i]] += step
            if helper >= 0:
                helped[helper, slot[v]] += 1
                fees[helper, slot[v]] += step
    return total


@njit(cache=True, nogil=True)
def crowd(keys, low, high, bonus, fees):
    """Most that groups of one bucket could gain together, each person once: (gain, people, groups).

    keys: gain per person, falling. fees: what the first, second ... starter costs, rising. Sizes may differ
    by one at most, which is best as the worth of a size is taken as concave (`bonus` must be).
    """
    best, people, groups = np.int64(0), 0, 0
    total, size, paid = np.int64(0), 0, np.int64(0)
    for g in range(1, len(fees) + 1):
        paid += fees[g - 1]
        while size < low * g and size < len(keys):
            total += keys[size]
            size += 1
        if size < low * g:
            break
        while size < min(high * g, len(keys)):
            now, more = share(size, g, bonus), share(size + 1, g, bonus)
            if keys[size] + more - now <= 0:
                break
            total += keys[size]
            size += 1
        gain = total + share(size, g, bonus) - paid
        if gain > best:
            best, people, groups = gain, size, g
        elif g > groups + 2:
            break
    return best, people, groups


@njit(cache=True, nogil=True)
def share(people, groups, bonus):
    """Worth of the sizes when people are spread evenly over groups."""
    size, more = people // groups, people % groups
    return (groups - more) * bonus[size] + (more * bonus[size + 1] if more else 0)


@njit(cache=True, nogil=True)
def digital(order, places, people, terms, work, price, free, fees, open_, steps, step, curve, used,
            helped):  # fmt: skip
    """Bound on what digital groups gain at these slots, bucket by bucket.

    A bucket's groups gain no more than its people spread over them, and no more than as many times its best
    group. curve: the worth of sizes made concave (see `crowd`).
    """
    total = np.int64(0)
    for v in order:
        used_, n, _ = lay(v, places, people, terms, work, price, free, fees, open_, 1, 0)
        total += at_slot(v, n, places, people, terms, work, price, fees, open_, steps, step, curve, used,
                         helped)  # fmt: skip
        clear(used_, work)
    return total


@njit(cache=True, nogil=True)
def at_slot(v, n, places, people, terms, work, price, fees, open_, steps, step, curve, used, helped):
    """The same for one slot, whose lists are laid; n: buckets that could gain."""
    st_ptr, starter, slot, _, serves = places[4:9]
    alone = terms[4]
    helpers = starter[st_ptr[v] : st_ptr[v + 1]]
    helpers = helpers[open_[helpers, slot[v]] == 1]
    helpers = helpers[np.argsort(fees[helpers, slot[v]], kind="mergesort")]
    total = np.int64(0)
    for b in work[17][:n]:  # nobody is hidden there
        able = helpers[serves[helpers, column(b, serves)]]
        total += bucket_gain(b, people, terms, work, price, able, fees[:, slot[v]], -alone, steps, step,
                             curve, used, helped[:, slot[v]])  # fmt: skip
    return total


@njit(cache=True, nogil=True)
def in_bucket(b, second, people, work):
    """(units, gain per seat) of bucket b, by falling gain; a bundle has as many seats as people."""
    size, self_ok = people[2], people[6]
    head, lists = work[3], work[7]
    unit, gain, after = lists
    alone, n, seats = second > 0 and b >= second, 0, 0
    first = head[b - second] if alone else head[b]
    at = first
    while at >= 0:
        n += self_ok[unit[at]] or not alone
        at = after[at]
    who, worth, at, n = np.empty(n, np.int64), np.empty(n, np.int64), first, 0
    while at >= 0:
        u = unit[at]
        if self_ok[u] or not alone:
            who[n], worth[n] = u, per_person(gain[at], size[u])
            seats, n = seats + size[u], n + 1
        at = after[at]
    order = np.argsort(-worth, kind="mergesort")
    line, seats = np.empty(seats, np.int64), 0
    for j in order:
        for _ in range(size[who[j]]):
            line[seats] = worth[j]
            seats += 1
    return who[order], line


@njit(cache=True, nogil=True)
def bucket_gain(b, people, terms, work, price, able, fees, alone, steps, step, curve, used,
                helped):  # fmt: skip
    """The lesser of the two bounds for one bucket, counting what it would use."""
    uptr, member, size, _, _, _, _, care, pc, muni, discretion, blk_ptr, blk = people[:13]
    low, high, buckets, self_start, _, bonus = terms
    unit, gains, keys, prefix, offset, stack, pick = work[8:15]
    seats_of, tops = work[0][b], work[1][b]
    second = buckets if self_start else 0
    who, line = in_bucket(b, second, people, work)
    most = min(len(line) // low, len(able)) if b < buckets else len(line) // low
    if most <= 0:
        return np.int64(0)
    costs = fees[able[:most]] if b < buckets else np.full(most, alone)
    held = fill(b, NOWHERE, costs[0], low, high, KEEP, terms, people, seats_of, tops, work)
    seats = lay_out(held, unit, keys, size, prefix, offset)
    limit = max(costs[0], hope(0, seats, 0, low, high, bonus, prefix, offset))
    gain, found, complete = search(held, seats, high, costs[0], steps, low, bonus, size, unit, gains, prefix,
                                   offset, stack, pick, uptr, member, care, pc, muni, discretion, blk_ptr,
                                   blk)  # fmt: skip
    if complete:
        limit = ceiling(gain, held, KEEP, seats_of, low, high, bonus, tops, keys)
    each, groups = np.int64(0), 0
    for g in range(len(costs)):
        if limit > costs[g]:
            each, groups = each + limit - costs[g], groups + 1
    if groups == 0:
        return np.int64(0)
    spread, seated, many = crowd(line, low, high, curve, costs)
    if spread < each:
        groups = many
        for u in who:
            if seated <= 0:
                break
            used[u] += 1
            price[u] += step
            seated -= size[u]
    else:
        for i in range(found):
            used[pick[i]] += groups
            price[pick[i]] += step * groups
    for g in range(min(groups, len(able))):
        helped[able[g]] += 1
        fees[able[g]] += step
    return min(each, spread)


__all__ = ["digital", "rooms"]

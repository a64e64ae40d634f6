"""One look at every place at given prices: a proven bound, and what would be used (for the next prices)."""

from __future__ import annotations

import numpy as np
from numba import njit

from .choose import NOBODY, beyond, gather, hope, lay_out, search
from .refill import look
from .world import KEEP, SCALE


@njit(cache=True)
def rooms(first, places, price, free, fees, rest, best, used, helped):
    """Bound on what rooms gain: the best group of each.

    used (unit) and helped (starter, slot) are counted up.
    """
    total = np.int64(0)
    for v in range(first, len(places[6])):
        gain, _, count, helper, bound = look(v, places, price, free, fees, rest)
        total += bound
        if gain > 0:
            for i in range(count):
                used[best[i]] += 1
            if helper >= 0:
                helped[helper, places[6][v]] += 1
    return total


@njit(cache=True)
def entries(first, last, who, base, audiences, second, price, bu_ptr, bucket, topic, size, self_ok):
    """(bucket, unit, gain per person) of everybody who could meet digitally at one slot, bucket by bucket."""
    count = 0
    for at in range(first, last):
        count += 2 * (bu_ptr[who[at] + 1] - bu_ptr[who[at]])
    where, unit, key = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    n = 0
    for at in range(first, last):
        u = who[at]
        worth = np.int64(base[at]) * SCALE - price[u]
        for i in range(bu_ptr[u], bu_ptr[u + 1]):
            if audiences >> (bucket[i] & 3) & 1:
                gain = -((-(worth + topic[i])) // size[u])
                where[n], unit[n], key[n] = bucket[i], u, gain
                n += 1
                if second and self_ok[u]:
                    where[n], unit[n], key[n] = second + bucket[i], u, gain
                    n += 1
    return where[:n], unit[:n], key[:n]


@njit(cache=True)
def crowd(keys, low, high, bonus, fees):
    """Most that groups of one bucket could gain together, each person once: (gain, people, groups).

    keys: gain per person, falling. fees: what the first, second ... starter costs, rising. Sizes may differ
    by
    one at most, which is best as the worth of a size is taken as concave (`bonus` must be).
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


@njit(cache=True)
def share(people, groups, bonus):
    """Worth of the sizes when people are spread evenly over groups."""
    size, more = people // groups, people % groups
    return (groups - more) * bonus[size] + (more * bonus[size + 1] if more else 0)


@njit(cache=True)
def digital(count, places, price, free, fees, curve, rest, best, used, helped):
    """Bound on what digital groups gain, slot by slot and bucket by bucket.

    A bucket's groups gain no more than its people spread over them, and no more than as many times its best
    group.
    curve: the worth of sizes made concave (see `crowd`).
    """
    total = np.int64(0)
    for v in range(count):
        total += at_slot(v, places, price, free, fees, curve, rest, best, used, helped)
    return total


@njit(cache=True)
def at_slot(v, places, price, free, fees, curve, rest, best, used, helped):
    """The same for one slot."""
    ptr, who, base, audiences, st_ptr, starter, slot, _, serves = places
    (_, low, _, buckets, alone, self_start, _, bu_ptr, bucket, topic, size, self_ok, _, _, _, _, _, _,
     _, _,
     people, held, unit, gains, keys, touched, _, _, _, _, _, _, _) = rest  # fmt: skip
    second = buckets if self_start else 0
    n = gather(ptr[v], ptr[v + 1], who, base, audiences[v], second, price, free, bu_ptr, bucket, topic,
               size, self_ok,
               people, held, unit, gains, keys, touched)  # fmt: skip
    where, units, key = entries(ptr[v], ptr[v + 1], who, base, audiences[v], second, price, bu_ptr, bucket,
                                topic, size,
                                self_ok)  # fmt: skip
    order = np.argsort(-key, kind="mergesort")
    order = order[np.argsort(where[order], kind="mergesort")]
    where = where[order]
    helpers = starter[st_ptr[v] : st_ptr[v + 1]]
    helpers = helpers[np.argsort(fees[helpers, slot[v]], kind="mergesort")]
    total = np.int64(0)
    for i in range(n):
        b = touched[i]
        crowded, people[b] = people[b], 0
        able = helpers[serves[helpers, ((b // 4) % (serves.shape[1] // 2)) * 2 + (b & 1)]]
        most = min(crowded // low, len(able)) if b < buckets else crowded // low
        if most > 0:
            costs = fees[able[:most], slot[v]] if b < buckets else np.full(most, -alone)
            mine = order[np.searchsorted(where, b) : np.searchsorted(where, b + 1)]
            total += bucket_gain(
                b, mine, units, key, costs, able, crowded, curve, rest, best, used, helped[:, slot[v]]
            )
    return total


@njit(cache=True)
def bucket_gain(b, mine, units, key, costs, able, crowded, curve, rest, best, used, helped):
    """The lesser of the two bounds for one bucket, counting what it would use."""
    (steps, low, high, _, _, _, bonus, _, _, _, size, _, ptr, member, care, pc, muni, discretion,
     blk_ptr, blk,
     _, held, unit, gains, keys, _, _, _, prefix, offset, stack, pick, _) = rest  # fmt: skip
    seats = lay_out(b, held, unit, keys, size, prefix, offset)
    limit = hope(0, seats, 0, low, high, bonus, prefix, offset)
    if limit <= costs[0]:
        return np.int64(0)
    gain, found, complete = search(b, seats, high, costs[0], steps, low, bonus, size, held, unit, gains,
                                   prefix, offset,
                                   stack, pick, ptr, member, care, pc, muni, discretion, blk_ptr,
                                   blk)  # fmt: skip
    if complete:
        limit = gain
        if held[b] == KEEP:
            limit = max(limit, beyond(b, seats, low, high, bonus, keys, prefix))
    each, groups = np.int64(0), 0
    for g in range(len(costs)):
        if limit > costs[g]:
            each, groups = each + limit - costs[g], groups + 1
    spread, seated, many = crowd(in_seats(mine, units, key, size, crowded), low, high, curve, costs)
    if spread < each:
        note(mine, units, size, seated, used)
        groups = many
    else:
        for i in range(found):
            used[pick[i]] += groups
    for g in range(min(groups, len(able))):
        helped[able[g]] += 1
    return min(each, spread)


@njit(cache=True)
def in_seats(mine, units, key, size, crowded):
    """Gains seat by seat: a bundle counts once for each of its people."""
    out, n = np.empty(crowded, np.int64), 0
    for i in mine:
        for _ in range(size[units[i]]):
            out[n] = key[i]
            n += 1
    return out


@njit(cache=True)
def note(mine, units, size, seated, used):
    """Count the units that take the first `seated` seats."""
    for i in mine:
        if seated <= 0:
            break
        used[units[i]] += 1
        seated -= size[units[i]]


__all__ = ["NOBODY", "digital", "rooms"]

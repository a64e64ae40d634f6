"""Places looked at one after the other: a proven bound at given prices, and what would be used.

Prices may rise by `step` wherever something is used, so that the next place already asks for others; what is
told then is no bound, and the looks are brief. Each lane has memory of its own, so that two threads can look
at the same time.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .choose import BRIEF, NOBODY, beyond, hope, lay_out, look, search
from .world import KEEP, SCALE


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
        near[v] = bound
        total += max(0, bound)
        if gain > 0:
            best = work[12]
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
        look(v, places, people, terms, work, price, free, fees, open_, 1, 0, 0, KEEP)
        total += at_slot(v, places, people, terms, work, price, fees, open_, steps, step, curve, used, helped)
    return total


@njit(cache=True, nogil=True)
def in_bucket(v, b, second, places, people, work, price, out):
    """Gain seat by seat (a bundle counts once for each of its people) of those at v in bucket b, falling.

    Returns (number of units, seats); the units are left in work's queue.
    """
    ptr, who, base = places[0], places[1], places[2]
    size, bu_ptr, bucket, topic, self_ok = people[2], people[3], people[4], people[5], people[6]
    queue, worth = work[13], work[14]
    n, seats, plain = 0, 0, b if b < second or second == 0 else b - second
    for at in range(ptr[v], ptr[v + 1]):
        u = who[at]
        if plain != b and not self_ok[u]:
            continue
        for i in range(bu_ptr[u], bu_ptr[u + 1]):
            if bucket[i] == plain:
                gain = np.int64(base[at]) * SCALE - price[u] + topic[i]
                queue[n], worth[n] = u, -((-gain) // size[u])
                n += 1
                break
    order = np.argsort(-worth[:n], kind="mergesort")
    queue[:n], worth[:n] = queue[:n][order], worth[:n][order]
    for j in range(n):
        for _ in range(size[queue[j]]):
            out[seats] = worth[j]
            seats += 1
    return n, seats


@njit(cache=True, nogil=True)
def at_slot(v, places, people, terms, work, price, fees, open_, steps, step, curve, used, helped):
    """The same for one slot, the buckets having been filled by a look."""
    _, _, _, _, st_ptr, starter, slot, _, serves = places
    low, high, buckets, self_start, alone, bonus = terms
    held, unit, keys, prefix, offset = work[1], work[2], work[4], work[8], work[9]
    size, second = people[2], buckets if self_start else 0
    n, seats_of, tall = touched_buckets(v, places, people, second, work)
    helpers = starter[st_ptr[v] : st_ptr[v + 1]]
    helpers = helpers[open_[helpers, slot[v]] == 1]
    helpers = helpers[np.argsort(fees[helpers, slot[v]], kind="mergesort")]
    line = np.empty(tall, np.int64)
    total = np.int64(0)
    for i in range(n):
        b = work[5][i]
        crowded = seats_of[b]
        if crowded < low:
            continue
        seats = lay_out(b, held, unit, keys, size, prefix, offset)
        limit = hope(0, seats, 0, low, high, bonus, prefix, offset)
        column = ((b // 4) % (serves.shape[1] // 2)) * 2 + (b & 1)
        able = helpers[serves[helpers, column]]
        most = min(crowded // low, len(able)) if b < buckets else crowded // low
        if most <= 0 or limit <= (fees[able[0], slot[v]] if b < buckets else -alone):
            continue
        costs = fees[able[:most], slot[v]] if b < buckets else np.full(most, -alone)
        total += bucket_gain(v, b, second, places, people, terms, work, price, costs, able, steps, step,
                             curve, line, used, helped[:, slot[v]], fees[:, slot[v]])  # fmt: skip
    return total


@njit(cache=True, nogil=True)
def touched_buckets(v, places, people, second, work):
    """Buckets in use at v (in work's `touched`), people in each, and most seats that can be needed."""
    ptr, who, audiences = places[0], places[1], places[3]
    size, bu_ptr, bucket, self_ok = people[2], people[3], people[4], people[6]
    seats, used, tall = np.zeros(len(work[0]), np.int64), 0, 0
    for at in range(ptr[v], ptr[v + 1]):
        u = who[at]
        tall += size[u]
        for i in range(bu_ptr[u], bu_ptr[u + 1]):
            b = np.int64(bucket[i])
            if audiences[v] >> (b & 3) & 1:
                for half in range(2 if second and self_ok[u] else 1):
                    if seats[b + half * second] == 0:
                        work[5][used] = b + half * second
                        used += 1
                    seats[b + half * second] += size[u]
    return used, seats, tall


@njit(cache=True, nogil=True)
def bucket_gain(v, b, second, places, people, terms, work, price, costs, able, steps, step, curve, line,
                used, helped, fees):  # fmt: skip
    """The lesser of the two bounds for one bucket, counting what it would use."""
    uptr, member, size, _, _, _, _, care, pc, muni, discretion, blk_ptr, blk = people
    low, high, _, _, _, bonus = terms
    held, unit, gains, keys, prefix, offset, stack, pick = (
        work[1], work[2], work[3], work[4], work[8], work[9], work[10], work[11]
    )  # fmt: skip
    seats = lay_out(b, held, unit, keys, size, prefix, offset)
    limit = hope(0, seats, 0, low, high, bonus, prefix, offset)
    gain, found, complete = search(b, seats, high, costs[0], steps, low, bonus, size, held, unit, gains,
                                   prefix, offset, stack, pick, uptr, member, care, pc, muni, discretion,
                                   blk_ptr, blk)  # fmt: skip
    if complete:
        limit = gain
        if held[b] == KEEP:
            limit = max(limit, beyond(b, seats, low, high, KEEP, bonus, keys, prefix))
    each, groups = np.int64(0), 0
    for g in range(len(costs)):
        if limit > costs[g]:
            each, groups = each + limit - costs[g], groups + 1
    if groups == 0:
        return np.int64(0)
    n, crowded = in_bucket(v, b, second, places, people, work, price, line)
    spread, seated, many = crowd(line[:crowded], low, high, curve, costs)
    if spread < each:
        groups = many
        for j in range(n):
            if seated <= 0:
                break
            used[work[13][j]] += 1
            price[work[13][j]] += step
            seated -= size[work[13][j]]
    else:
        for i in range(found):
            used[pick[i]] += groups
            price[pick[i]] += step * groups
    for g in range(min(groups, len(able))):
        helped[able[g]] += 1
        fees[able[g]] += step
    return min(each, spread)


__all__ = ["NOBODY", "digital", "rooms"]

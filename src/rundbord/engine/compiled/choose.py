"""The best group at one place: sort who could come into buckets, then choose the best who may sit together.

Innermost loops take plain arrays; whole records are handed over once for each place only.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .world import NONE, SCALE

NOBODY = np.int64(NONE)
SORTED = 64  # people up to whom sorting by insertion is quicker
BRIEF = 48  # units remembered per bucket that are enough for a good group, where no bound is wanted
CROWD = 100000  # units at a place from twice as many of whom a brief look takes in only about the best


@njit(cache=True, nogil=True)
def blocked(a, b, blk_ptr, blk):
    """Whether two seekers are a blocked pair (bisection in a's list)."""
    low, high = blk_ptr[a], blk_ptr[a + 1]
    while low < high:
        middle = (low + high) // 2
        if blk[middle] < b:
            low = middle + 1
        else:
            high = middle
    return low < blk_ptr[a + 1] and blk[low] == b


@njit(cache=True, nogil=True)
def clash(u, v, ptr, member, care, pc, muni, discretion, blk_ptr, blk):
    """Whether two units may not be in one group (rules `blocked` and `discretion`)."""
    if not (care[u] or care[v]):
        return False
    for i in range(ptr[u], ptr[u + 1]):
        a = member[i]
        for j in range(ptr[v], ptr[v + 1]):
            b = member[j]
            strict = max(discretion[a], discretion[b])
            if strict >= 1 and (pc[a] == pc[b] or (strict >= 2 and muni[a] == muni[b])):
                return True
            if blocked(a, b, blk_ptr, blk):
                return True
    return False


@njit(cache=True, nogil=True)
def insert(b, u, gain, key, keep, held, unit, gains, keys):
    """Keep a unit in bucket b if it is among the best there: by falling key, the earlier first on ties."""
    n = held[b]
    if n == keep:
        if key <= keys[b, keep - 1]:
            return
        n -= 1
    else:
        held[b] = n + 1
    while n > 0 and keys[b, n - 1] < key:
        keys[b, n], gains[b, n], unit[b, n] = keys[b, n - 1], gains[b, n - 1], unit[b, n - 1]
        n -= 1
    keys[b, n], gains[b, n], unit[b, n] = key, gain, u


@njit(cache=True, nogil=True)
def line_up(first, last, who, base, price, free, mine, brief, queue, worth):
    """Those of who[first:last] who are free for `mine`, by falling worth beyond their price; how many.

    brief: if they are very many, only about the best.
    """
    n = 0
    for at in range(first, last):
        u = who[at]
        if free[u] == mine:
            queue[n], worth[n] = u, np.int64(base[at]) * SCALE - price[u]
            n += 1
    if brief and n > 2 * CROWD:
        sample = np.sort(worth[: n : n // CROWD])
        n = above(sample[len(sample) - 1 - CROWD * len(sample) // n], n, queue, worth)
    if n > SORTED:
        order = np.argsort(-worth[:n], kind="mergesort")
        queue[:n], worth[:n] = queue[:n][order], worth[:n][order]
        return n
    for i in range(1, n):
        u, w, j = queue[i], worth[i], i
        while j > 0 and worth[j - 1] < w:
            queue[j], worth[j] = queue[j - 1], worth[j - 1]
            j -= 1
        queue[j], worth[j] = u, w
    return n


@njit(cache=True, nogil=True)
def above(least, n, queue, worth):
    """Keep those of the first n who are worth that much; how many."""
    kept = 0
    for i in range(n):
        if worth[i] >= least:
            queue[kept], worth[kept] = queue[i], worth[i]
            kept += 1
    return kept


@njit(cache=True, nogil=True)
def count(n, queue, audiences, second, bu_ptr, bucket, size, self_ok, people, held, touched):
    """Count people per bucket; returns how many buckets are in use.

    second: where the buckets for groups without a starter begin; 0 if there are none.
    """
    used = 0
    for at in range(n):
        u = queue[at]
        for i in range(bu_ptr[u], bu_ptr[u + 1]):
            b = np.int64(bucket[i])
            if not audiences >> (b & 3) & 1:
                continue
            if people[b] == 0:
                touched[used] = b
                used += 1
                held[b] = 0
            people[b] += size[u]
            if second and self_ok[u]:
                b += second
                if people[b] == 0:
                    touched[used] = b
                    used += 1
                    held[b] = 0
                people[b] += size[u]
    return used


@njit(cache=True, nogil=True)
def fill(n, queue, worth, audiences, second, low, keep, bu_ptr, bucket, topic, size, self_ok,
         people, held, unit, gains, keys):  # fmt: skip
    """Put units into the buckets that hold enough people for a group."""
    for at in range(n):
        u, s = queue[at], size[queue[at]]
        for i in range(bu_ptr[u], bu_ptr[u + 1]):
            b = np.int64(bucket[i])
            if not audiences >> (b & 3) & 1 or people[b] < low:
                continue
            gain = worth[at] + topic[i]
            key = gain if s == 1 else -((-gain) // s)
            insert(b, u, gain, key, keep, held, unit, gains, keys)
            if second and self_ok[u] and people[b + second] >= low:
                insert(b + second, u, gain, key, keep, held, unit, gains, keys)


@njit(cache=True, nogil=True)
def cheapest(first, last, slot, starter, serves, fees, open_, mine, fee, agent):
    """For every language, and for women only, the cheapest of starter[first:last] at this slot.

    open_ (starter, slot): who may use her there; only those that are `mine`.
    """
    fee[:] = -NOBODY
    agent[:] = -1
    for at in range(first, last):
        i = starter[at]
        if open_[i, slot] == mine:
            cost = fees[i, slot]
            for c in range(serves.shape[1]):
                if serves[i, c] and cost < fee[c]:
                    fee[c], agent[c] = cost, i


@njit(cache=True, nogil=True)
def lay_out(b, held, unit, keys, size, prefix, offset):
    """prefix[x] = gain of the first x people kept in the bucket, offset[i] = people before unit i."""
    seats = 0
    for i in range(held[b]):
        offset[i] = seats
        for _ in range(size[unit[b, i]]):
            prefix[seats + 1] = prefix[seats] + keys[b, i]
            seats += 1
    offset[held[b]] = seats
    return seats


@njit(cache=True, nogil=True)
def hope(at, seats, taken, low, most, bonus, prefix, offset):
    """Best that units from number `at` on could add to `taken` people, conflicts and whole bundles aside."""
    start, best = offset[at], NOBODY
    for k in range(max(taken, low), most + 1):
        end = start + k - taken
        if end > seats:
            break
        best = max(best, prefix[end] - prefix[start] + bonus[k])
    return best


@njit(cache=True, nogil=True)
def search(b, seats, most, floor, steps, low, bonus, size, held, unit, gains, prefix, offset, stack, pick,
           ptr, member, care, pc, muni, discretion, blk_ptr, blk):  # fmt: skip
    """Best group without conflicts among the kept units, depth first: (gain, units in pick, complete).

    Gains at or below `floor` are not sought. complete is False if the step limit ended the search.
    """
    best, found, at, depth, taken, gain = floor, 0, 0, 0, 0, np.int64(0)
    for _ in range(steps):
        if at < held[b] and gain + hope(at, seats, taken, low, most, bonus, prefix, offset) > best:
            u = unit[b, at]
            fine = taken + size[u] <= most
            for d in range(depth):
                if not fine:
                    break
                fine = not clash(u, unit[b, stack[d]], ptr, member, care, pc, muni, discretion, blk_ptr, blk)
            if fine:
                stack[depth] = at
                depth += 1
                taken += size[u]
                gain += gains[b, at]
                if taken >= low and gain + bonus[taken] > best:
                    best, found = gain + bonus[taken], depth
                    for d in range(depth):
                        pick[d] = unit[b, stack[d]]
            at += 1
        elif depth == 0:
            return best, found, True
        else:
            depth -= 1
            at = stack[depth]
            taken -= size[unit[b, at]]
            gain -= gains[b, at]
            at += 1
    return best, found, False


@njit(cache=True, nogil=True)
def beyond(b, seats, low, most, keep, bonus, keys, prefix):
    """Bound on groups with a unit not kept: all but one person the best, the last as good as the last
    kept.
    """
    best = NOBODY
    for k in range(low, min(most, seats + 1) + 1):
        best = max(best, prefix[k - 1] + keys[b, keep - 1] + bonus[k])
    return best


@njit(cache=True, nogil=True)
def at_most(b, low, most, bonus, size, held, unit, keys):
    """Most that one group of bucket b could gain, conflicts and whole bundles aside."""
    best, total, people = NOBODY, np.int64(0), 0
    for i in range(held[b]):
        for _ in range(size[unit[b, i]]):
            total += keys[b, i]
            people += 1
            if people >= low:
                best = max(best, total + bonus[people])
            if people == most:
                return best
    return best


@njit(cache=True, nogil=True)
def promising(used, v, terms, chairs, serves, lift, size, people, held, unit, keys, touched, fee,
              limits):  # fmt: skip
    """What each bucket could gain at most, conflicts aside (limits, beside touched); how many there are."""
    low, high, buckets, _, alone, bonus = terms
    n = 0
    for i in range(used):
        b = touched[i]
        enough, people[b] = people[b] >= low, 0
        cost = -alone if b >= buckets else fee[((b // 4) % (serves.shape[1] // 2)) * 2 + (b & 1)]
        most = min(high, chairs[v] if b >= buckets else chairs[v] - 1)
        if enough and cost != -NOBODY and most >= low:
            limits[n] = at_most(b, low, most, bonus, size, held, unit, keys) - cost + lift
            touched[n] = b
            n += 1
    return n


@njit(cache=True, nogil=True)
def look(v, places, people_, terms, work, price, free, fees, open_, mine, lift, steps, keep):
    """The best group at place v: (gain, bucket, units in work's `best`, starter, bound).

    Prices of units and fees of starters are taken off, `lift` is added; spare slots are not counted. Only a
    gain above 0 is sought; the bound holds for any group, and is below 0 if none comes near. keep: units
    remembered per bucket, at most KEEP; with BRIEF or fewer the bound does not hold.
    """
    ptr, who, base, audiences, st_ptr, starter, slot, chairs, serves = places
    uptr, member, size, bu_ptr, bucket, topic, self_ok, care, pc, muni, discretion, blk_ptr, blk = people_
    low, high, buckets, self_start, alone, bonus = terms
    (people, held, unit, gains, keys, touched, fee, agent, prefix, offset, stack, pick, best, queue,
     worth, limits) = work  # fmt: skip
    second = buckets if self_start else 0
    n = line_up(ptr[v], ptr[v + 1], who, base, price, free, mine, keep <= BRIEF, queue, worth)
    used = count(n, queue, audiences[v], second, bu_ptr, bucket, size, self_ok, people, held, touched)
    fill(n, queue, worth, audiences[v], second, low, keep, bu_ptr, bucket, topic, size, self_ok, people, held,
         unit, gains, keys)  # fmt: skip
    cheapest(st_ptr[v], st_ptr[v + 1], slot[v], starter, serves, fees, open_, mine, fee, agent)
    n = promising(used, v, terms, chairs, serves, lift, size, people, held, unit, keys, touched, fee,
                  limits)  # fmt: skip
    top, chosen, many, helper, bound = np.int64(0), -1, 0, -1, NOBODY
    for _ in range(n):
        i = np.argmax(limits[:n])
        b, limit = touched[i], limits[i]
        if limit <= top:
            bound = max(bound, limit)
            break
        limits[i] = NOBODY
        column = ((b // 4) % (serves.shape[1] // 2)) * 2 + (b & 1)
        cost = (-alone if b >= buckets else fee[column]) - lift
        most = min(high, chairs[v] if b >= buckets else chairs[v] - 1)
        seats = lay_out(b, held, unit, keys, size, prefix, offset)
        gain, found, complete = search(b, seats, most, top + cost, steps, low, bonus, size, held, unit, gains,
                                       prefix, offset, stack, pick, uptr, member, care, pc, muni, discretion,
                                       blk_ptr, blk)  # fmt: skip
        if complete:
            limit = gain - cost
            if held[b] == keep:
                limit = max(limit, beyond(b, seats, low, most, keep, bonus, keys, prefix) - cost)
        bound = max(bound, limit)
        if found and gain - cost > top:
            top, chosen, many = gain - cost, b, found
            helper = -1 if b >= buckets else agent[column]
            best[:found] = pick[:found]
    return top, chosen, many, helper, bound

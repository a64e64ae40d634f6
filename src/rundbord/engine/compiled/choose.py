"""The best group at one place: sort who could come into buckets, then choose the best who may sit together.

Compiled loops take plain arrays; handing whole records from loop to loop costs more than the loops
themselves.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .world import KEEP, NONE, SCALE

NOBODY = np.int64(NONE)


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
def insert(b, u, gain, key, held, unit, gains, keys):
    """Keep a unit in bucket b if it is among the best there: by falling key, the earlier first on ties."""
    n = held[b]
    if n == KEEP:
        if key <= keys[b, KEEP - 1]:
            return
        n -= 1
    else:
        held[b] = n + 1
    while n > 0 and keys[b, n - 1] < key:
        keys[b, n], gains[b, n], unit[b, n] = keys[b, n - 1], gains[b, n - 1], unit[b, n - 1]
        n -= 1
    keys[b, n], gains[b, n], unit[b, n] = key, gain, u


@njit(cache=True)
def gather(first, last, who, base, audiences, second, price, free, bu_ptr, bucket, topic, size, self_ok,
           people, held, unit, gains, keys, touched):  # fmt: skip
    """Fill the buckets with the free units among who[first:last]; returns how many buckets are in use.

    second: where the buckets for groups without a starter begin; 0 if there are none.
    """
    used = 0
    for at in range(first, last):
        u = who[at]
        if not free[u]:
            continue
        worth, s = np.int64(base[at]) * SCALE - price[u], size[u]
        for i in range(bu_ptr[u], bu_ptr[u + 1]):
            b = np.int64(bucket[i])
            if not audiences >> (b & 3) & 1:
                continue
            gain = worth + topic[i]
            key = gain if s == 1 else -((-gain) // s)
            for half in range(2):
                if half == 1:
                    if second == 0 or not self_ok[u]:
                        break
                    b += second
                if people[b] == 0:
                    touched[used] = b
                    used += 1
                    held[b] = 0
                people[b] += s
                insert(b, u, gain, key, held, unit, gains, keys)
    return used


@njit(cache=True)
def cheapest(first, last, slot, starter, serves, fees, fee, agent):
    """For every language, and for women only, the cheapest of starter[first:last] at this slot."""
    fee[:] = -NOBODY
    agent[:] = -1
    for at in range(first, last):
        i = starter[at]
        cost = fees[i, slot]
        if cost < -NOBODY:
            for c in range(serves.shape[1]):
                if serves[i, c] and cost < fee[c]:
                    fee[c], agent[c] = cost, i


@njit(cache=True)
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


@njit(cache=True)
def hope(at, seats, taken, low, most, bonus, prefix, offset):
    """Best that units from number `at` on could add to `taken` people, conflicts and whole bundles aside."""
    start, best = offset[at], NOBODY
    for k in range(max(taken, low), most + 1):
        end = start + k - taken
        if end > seats:
            break
        best = max(best, prefix[end] - prefix[start] + bonus[k])
    return best


@njit(cache=True)
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


@njit(cache=True)
def beyond(b, seats, low, most, bonus, keys, prefix):
    """Bound on groups with a unit not kept: all but one person the best, the last as good as the last
    kept.
    """
    best = NOBODY
    for k in range(low, min(most, seats + 1) + 1):
        best = max(best, prefix[k - 1] + keys[b, KEEP - 1] + bonus[k])
    return best


@njit(cache=True)
def best_at(first, last, who, base, audiences, st_first, st_last, slot, starter, serves, chairs, price,
            free, fees,
            steps, low, high, buckets, alone, self_start, bonus,
            bu_ptr, bucket, topic, size, self_ok, ptr, member, care, pc, muni, discretion, blk_ptr, blk,
            people, held, unit, gains, keys, touched, fee, agent, prefix, offset, stack, pick,
            best):  # fmt: skip
    """The best group that gains something at a place: (gain, bucket, units in `best`, starter, bound).

    Prices of units and fees of starters are taken off; spare slots are not counted. The bound holds for any
    group.
    """
    second = buckets if self_start else 0
    used = gather(first, last, who, base, audiences, second, price, free, bu_ptr, bucket, topic, size,
                  self_ok,
                  people, held, unit, gains, keys, touched)  # fmt: skip
    cheapest(st_first, st_last, slot, starter, serves, fees, fee, agent)
    top, chosen, count, helper, bound = np.int64(0), -1, 0, -1, np.int64(0)
    for i in range(used):
        b = touched[i]
        enough, people[b] = people[b] >= low, 0
        column = ((b // 4) % (serves.shape[1] // 2)) * 2 + (b & 1)
        cost = -alone if b >= buckets else fee[column]
        most = min(high, chairs if b >= buckets else chairs - 1)
        if not enough or cost == -NOBODY or most < low:
            continue
        seats = lay_out(b, held, unit, keys, size, prefix, offset)
        limit = hope(0, seats, 0, low, most, bonus, prefix, offset) - cost
        if limit <= top:
            continue
        gain, found, complete = search(b, seats, most, top + cost, steps, low, bonus, size, held, unit, gains,
                                       prefix, offset, stack, pick, ptr, member, care, pc, muni, discretion,
                                       blk_ptr, blk)  # fmt: skip
        if complete:
            limit = gain - cost
            if held[b] == KEEP:
                limit = max(limit, beyond(b, seats, low, most, bonus, keys, prefix) - cost)
        bound = max(bound, limit)
        if found and gain - cost > top:
            top, chosen, count = gain - cost, b, found
            helper = -1 if b >= buckets else agent[column]
            best[:found] = pick[:found]
    return top, chosen, count, helper, max(bound, top)

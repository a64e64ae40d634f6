"""The best group at one place: list who could come by bucket, then choose the best who may sit together.

What a bucket could gain at most takes only its best seats; only those that could gain are looked through.

Innermost loops take plain arrays; whole records are handed over once for each place only.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .world import NONE, SCALE

NOBODY = np.int64(NONE)
BRIEF = 48  # units remembered per bucket that are enough for a good group, where no bound is wanted


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
def sort_out(v, audiences, second, high, places, people_, price, free, mine, seats, top, touched, head,
             lists):  # fmt: skip
    """Put the units at v that are free for `mine` into lists per bucket; returns how many buckets are in use.

    seats[b] and top[b]: of a bucket's best `high` seats, how many there are and what each gains, falling.
    second: where the buckets for groups without a starter begin, 0 if there are none; their units are those
    in the list of the same bucket with a starter who would do without one.
    """
    ptr, who, base = places[0], places[1], places[2]
    size, bu_ptr, bucket, topic, self_ok = people_[2], people_[3], people_[4], people_[5], people_[6]
    unit, gain, after = lists
    used, n = 0, 0
    for at in range(ptr[v], ptr[v + 1]):
        u = who[at]
        if free[u] != mine:
            continue
        worth = np.int64(base[at]) * SCALE - price[u]
        for i in range(bu_ptr[u], bu_ptr[u + 1]):
            b = np.int64(bucket[i])
            if not audiences >> (b & 3) & 1:
                continue
            if seats[b] == 0:
                touched[used], head[b] = b, -1
                used += 1
            unit[n], gain[n], after[n] = u, worth + topic[i], head[b]
            head[b] = n
            key = per_person(gain[n], size[u])
            seats[b] = seat(key, size[u], seats[b], high, top[b])
            if second and self_ok[u]:
                if seats[b + second] == 0:
                    touched[used] = b + second
                    used += 1
                seats[b + second] = seat(key, size[u], seats[b + second], high, top[b + second])
            n += 1
    return used


@njit(cache=True, nogil=True)
def per_person(gain, size):
    """A bundle's gain spread over its people, rounded up."""
    return gain if size == 1 else -((-gain) // size)


@njit(cache=True, nogil=True)
def seat(key, size, n, high, top):
    """Count a unit among the n best seats so far (of `high` at most); returns how many there are then."""
    for _ in range(size):
        if n < high:
            n += 1
        elif key <= top[high - 1]:
            break
        at = n - 1
        while at > 0 and top[at - 1] < key:
            top[at] = top[at - 1]
            at -= 1
        top[at] = key
    return n


@njit(cache=True, nogil=True)
def fill(b, second, floor, low, most, keep, bonus, size, self_ok, seats, top, head, lists, unit, gains, keys):
    """The units of bucket b that a group worth more than `floor` could have, by falling gain per person.

    At most `keep` of them, the best; returns how many.
    """
    list_unit, list_gain, after = lists
    alone = second > 0 and b >= second
    least, n = floor - reach(seats[b], low, most, bonus, top[b]), 0
    at = head[b - second] if alone else head[b]
    while at >= 0:
        u = list_unit[at]
        key = per_person(list_gain[at], size[u])
        if key > least and (self_ok[u] or not alone):
            n = insert(u, list_gain[at], key, n, keep, unit, gains, keys)
        at = after[at]
    return n


@njit(cache=True, nogil=True)
def reach(seats, low, most, bonus, top):
    """Most that a group can be worth beside the last of its people."""
    best, total = NOBODY, np.int64(0)
    for k in range(1, most + 1):
        if k >= low:
            best = max(best, total + bonus[k])
        if k > seats:
            break
        total += top[k - 1]
    return best


@njit(cache=True, nogil=True)
def ceiling(gain, held, keep, seats, low, most, bonus, top, keys):
    """No group is worth more, where the best of those held is worth `gain`; some may not have been kept."""
    return gain if held < keep else max(gain, reach(seats, low, most, bonus, top) + keys[keep - 1])


@njit(cache=True, nogil=True)
def insert(u, gain, key, n, keep, unit, gains, keys):
    """Keep a unit if it is among the best; returns how many are kept."""
    if n == keep:
        if key <= keys[keep - 1]:
            return n
        n -= 1
    at = n
    while at > 0 and keys[at - 1] < key:
        keys[at], gains[at], unit[at] = keys[at - 1], gains[at - 1], unit[at - 1]
        at -= 1
    keys[at], gains[at], unit[at] = key, gain, u
    return n + 1


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
def lay_out(held, unit, keys, size, prefix, offset):
    """prefix[x] = gain of the first x people kept, offset[i] = people before unit i."""
    seats = 0
    for i in range(held):
        offset[i] = seats
        for _ in range(size[unit[i]]):
            prefix[seats + 1] = prefix[seats] + keys[i]
            seats += 1
    offset[held] = seats
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
def search(held, seats, most, floor, steps, low, bonus, size, unit, gains, prefix, offset, stack, pick,
           ptr, member, care, pc, muni, discretion, blk_ptr, blk):  # fmt: skip
    """Best group without conflicts among the kept units, depth first: (gain, units in pick, complete).

    Gains at or below `floor` are not sought. complete is False if the step limit ended the search.
    """
    best, found, at, depth, taken, gain = floor, 0, 0, 0, 0, np.int64(0)
    for _ in range(steps):
        if at < held and gain + hope(at, seats, taken, low, most, bonus, prefix, offset) > best:
            u = unit[at]
            fine = taken + size[u] <= most
            for d in range(depth):
                if not fine:
                    break
                fine = not clash(u, unit[stack[d]], ptr, member, care, pc, muni, discretion, blk_ptr, blk)
            if fine:
                stack[depth] = at
                depth += 1
                taken += size[u]
                gain += gains[at]
                if taken >= low and gain + bonus[taken] > best:
                    best, found = gain + bonus[taken], depth
                    for d in range(depth):
                        pick[d] = unit[stack[d]]
            at += 1
        elif depth == 0:
            return best, found, True
        else:
            depth -= 1
            at = stack[depth]
            taken -= size[unit[at]]
            gain -= gains[at]
            at += 1
    return best, found, False


@njit(cache=True, nogil=True)
def at_most(seats, low, most, bonus, top):
    """Most that one group could gain, conflicts and whole bundles aside."""
    best, total = NOBODY, np.int64(0)
    for k in range(1, min(seats, most) + 1):
        total += top[k - 1]
        if k >= low:
            best = max(best, total + bonus[k])
    return best


@njit(cache=True, nogil=True)
def column(b, serves):
    """The column of `serves` for bucket b: its language, and whether a woman is asked for."""
    return ((b // 4) % (serves.shape[1] // 2)) * 2 + (b & 1)


@njit(cache=True, nogil=True)
def promising(used, v, terms, chairs, serves, lift, seats, top, touched, fee, limits):
    """What each bucket could gain at most, conflicts aside (limits, beside touched); how many there are."""
    low, high, buckets, _, alone, bonus = terms
    n = 0
    for i in range(used):
        b = touched[i]
        cost = -alone if b >= buckets else fee[column(b, serves)]
        most = min(high, chairs[v] if b >= buckets else chairs[v] - 1)
        if seats[b] >= low and cost != -NOBODY and most >= low:
            limits[n] = at_most(seats[b], low, most, bonus, top[b]) - cost + lift
            touched[n], touched[i] = b, touched[n]
            n += 1
    return n


@njit(cache=True, nogil=True)
def lay(v, places, people_, terms, work, price, free, fees, open_, mine, lift):
    """Lists of who is at place v, and what each bucket could gain: (buckets in use, those that could).

    The latter come first in work's `touched`, with `limits` beside them. `seats` must be cleared afterwards.
    """
    _, _, _, audiences, st_ptr, starter, slot, chairs, serves = places
    high, buckets, self_start = terms[1:4]
    seats, top, touched, head, fee, agent, limits, lists = work[:8]
    second = buckets if self_start else 0
    used = sort_out(v, audiences[v], second, high, places, people_, price, free, mine, seats, top, touched,
                    head, lists)  # fmt: skip
    cheapest(st_ptr[v], st_ptr[v + 1], slot[v], starter, serves, fees, open_, mine, fee, agent)
    return used, promising(used, v, terms, chairs, serves, lift, seats, top, touched, fee, limits)


@njit(cache=True, nogil=True)
def clear(used, seats, touched):
    """No list is in use any more."""
    for i in range(used):
        seats[touched[i]] = 0


@njit(cache=True, nogil=True)
def look(v, places, people_, terms, work, price, free, fees, open_, mine, lift, steps, keep):
    """The best group at place v: (gain, bucket, units in work's `best`, starter, bound).

    Prices of units and fees of starters are taken off, `lift` is added; spare slots are not counted. Only a
    gain above 0 is sought; the bound holds for any group, and is below 0 if none comes near. keep: units
    remembered per bucket, at most KEEP.
    """
    chairs, serves = places[7:]
    uptr, member, size, _, _, _, self_ok, care, pc, muni, discretion, blk_ptr, blk = people_
    low, high, buckets, self_start, alone, bonus = terms
    (seats_of, top, touched, head, fee, agent, limits, lists, unit, gains, keys, prefix, offset, stack, pick,
     best) = work  # fmt: skip
    second = buckets if self_start else 0
    used, n = lay(v, places, people_, terms, work, price, free, fees, open_, mine, lift)
    gained, chosen, many, helper, bound = np.int64(0), -1, 0, -1, NOBODY
    for _ in range(n):
        i = np.argmax(limits[:n])
        b, limit = touched[i], limits[i]
        if limit <= gained:
            bound = max(bound, limit)
            break
        limits[i] = NOBODY
        cost = (-alone if b >= buckets else fee[column(b, serves)]) - lift
        most = min(high, chairs[v] if b >= buckets else chairs[v] - 1)
        held = fill(b, second, gained + cost, low, most, keep, bonus, size, self_ok, seats_of, top, head,
                    lists, unit, gains, keys)  # fmt: skip
        seats = lay_out(held, unit, keys, size, prefix, offset)
        gain, found, complete = search(held, seats, most, gained + cost, steps, low, bonus, size, unit, gains,
                                       prefix, offset, stack, pick, uptr, member, care, pc, muni, discretion,
                                       blk_ptr, blk)  # fmt: skip
        if complete:
            limit = ceiling(gain, held, keep, seats_of[b], low, most, bonus, top[b], keys) - cost
        bound = max(bound, limit)
        if found and gain - cost > gained:
            gained, chosen, many = gain - cost, b, found
            helper = -1 if b >= buckets else agent[column(b, serves)]
            best[:found] = pick[:found]
    clear(used, seats_of, touched)
    return gained, chosen, many, helper, bound

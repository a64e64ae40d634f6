"""The best group at one place: fill buckets with who could come, then choose the best 6-8 who may sit
together.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .world import KEEP, NONE

NODES = 400  # steps of the search for a conflict-free group before its relaxed value is taken as its bound


@njit(cache=True)
def blocked(people, a, b):
    """Whether two seekers are a blocked pair (bisection in a's list)."""
    low, high = people.blk_ptr[a], people.blk_ptr[a + 1]
    while low < high:
        middle = (low + high) // 2
        if people.blk[middle] < b:
            low = middle + 1
        else:
            high = middle
    return low < people.blk_ptr[a + 1] and people.blk[low] == b


@njit(cache=True)
def apart(people, a, b):
    """Whether two seekers may not be in one group (rules `blocked` and `discretion`)."""
    care = max(people.discretion[a], people.discretion[b])
    if care >= 1 and people.pc[a] == people.pc[b]:
        return True
    if care >= 2 and people.muni[a] == people.muni[b]:
        return True
    return blocked(people, a, b)


@njit(cache=True)
def clash(people, u, v):
    """Whether two units may not be in one group."""
    if not (people.care[u] or people.care[v]):
        return False
    for i in range(people.ptr[u], people.ptr[u + 1]):
        for j in range(people.ptr[v], people.ptr[v + 1]):
            if apart(people, people.member[i], people.member[j]):
                return True
    return False


@njit(cache=True)
def insert(work, bucket, u, gain, key):
    """Keep a unit in its bucket if it is among the best there; sorted by falling key, ties by unit number."""
    held = work.held[bucket]
    if held == KEEP:
        if key <= work.key[bucket, KEEP - 1]:
            return
        held -= 1
    else:
        work.held[bucket] = held + 1
    while held > 0 and work.key[bucket, held - 1] < key:
        work.key[bucket, held] = work.key[bucket, held - 1]
        work.gain[bucket, held] = work.gain[bucket, held - 1]
        work.unit[bucket, held] = work.unit[bucket, held - 1]
        held -= 1
    work.key[bucket, held] = key
    work.gain[bucket, held] = gain
    work.unit[bucket, held] = u


@njit(cache=True)
def per_person(gain, size):
    """Gain per person, rounded up, so that filling a place by it never undervalues a bundle."""
    return -((-gain) // size)


@njit(cache=True)
def offer(people, terms, work, u, gain, audiences, touched):
    """Put a unit into every bucket it belongs to; returns the number of buckets in use."""
    size = people.size[u]
    fits = people.audience[u] & audiences
    for f in range(people.fr_ptr[u], people.fr_ptr[u + 1]):
        worth = gain + people.topic[f]
        key = per_person(worth, size)
        for at in range(people.la_ptr[u], people.la_ptr[u + 1]):
            first = (people.frame[f] * terms.langs + people.lang[at]) * 4
            for a in range(4):
                if fits >> a & 1:
                    touched = enter(work, first + a, u, worth, key, size, touched)
                    if terms.self_start and people.self_ok[u]:
                        touched = enter(work, first + a + terms.buckets, u, worth, key, size, touched)
    return touched


@njit(cache=True)
def enter(work, bucket, u, worth, key, size, touched):
    """Count and keep one unit in one bucket."""
    if work.count[bucket] == 0:
        work.touched[touched] = bucket
        work.held[bucket] = 0
        touched += 1
    work.count[bucket] += size
    insert(work, bucket, u, worth, key)
    return touched


@njit(cache=True)
def gather(people, venues, terms, work, v, price, free):
    """Fill the buckets with the free units that can come to place v; returns how many buckets are in use."""
    touched = 0
    for at in range(venues.ptr[v], venues.ptr[v + 1]):
        u = venues.unit[at]
        if free[u]:
            gain = venues.base[at] * np.int64(16) - price[u]
            touched = offer(people, terms, work, u, gain, venues.audiences[v], touched)
    return touched


@njit(cache=True)
def clear(work, touched):
    """Empty the buckets in use."""
    for i in range(touched):
        work.count[work.touched[i]] = 0


@njit(cache=True)
def cheapest(venues, terms, work, v, fee):
    """For every language, the cheapest starter at place v (column 0) and the cheapest woman (column 1)."""
    for lang in range(terms.langs):
        for w in range(2):
            work.fee[lang, w] = -NONE
            work.agent[lang, w] = -1
    for at in range(venues.st_ptr[v], venues.st_ptr[v + 1]):
        i = venues.starter[at]
        cost = fee[i, venues.slot[v]]
        for lang in range(terms.langs):
            if venues.st_lang[i, lang]:
                if cost < work.fee[lang, 0]:
                    work.fee[lang, 0], work.agent[lang, 0] = cost, i
                if venues.st_woman[i] and cost < work.fee[lang, 1]:
                    work.fee[lang, 1], work.agent[lang, 1] = cost, i


@njit(cache=True)
def lay_out(people, work, bucket, most):
    """prefix[x] = gain of the first x persons kept in the bucket, offset[i] = persons before unit i."""
    seats = 0
    for i in range(work.held[bucket]):
        work.offset[i] = seats
        for _ in range(people.size[work.unit[bucket, i]]):
            work.prefix[seats + 1] = work.prefix[seats] + work.key[bucket, i]
            seats += 1
    work.offset[work.held[bucket]] = seats
    return seats


@njit(cache=True)
def hope(terms, work, at, seats, size, most):
    """Best that units from number `at` on could add to a group of `size`, conflicts and whole bundles
    aside.
    """
    start, best = work.offset[at], NONE
    for k in range(max(size, terms.low), most + 1):
        end = start + k - size
        if end > seats:
            break
        best = max(best, work.prefix[end] - work.prefix[start] + terms.bonus[k])
    return best


@njit(cache=True)
def welcome(people, work, bucket, at, depth):
    """Whether unit number `at` may sit with those on the stack."""
    u = work.unit[bucket, at]
    for d in range(depth):
        if clash(people, u, work.unit[bucket, work.stack[d]]):
            return False
    return True


@njit(cache=True)
def keep_pick(work, bucket, depth):
    """Remember the stack as the best choice of the bucket so far."""
    for d in range(depth):
        work.pick[d] = work.unit[bucket, work.stack[d]]


@njit(cache=True)
def search(people, terms, work, bucket, seats, most, floor):
    """Best conflict-free group among the kept units, by depth-first search. Returns (gain, units, complete).

    Gains at or below `floor` are not looked for. complete is False if the step limit ended the search.
    """
    best, found, at, depth, size, gain = floor, 0, 0, 0, 0, np.int64(0)
    for _ in range(NODES):
        if at < work.held[bucket] and gain + hope(terms, work, at, seats, size, most) > best:
            more = people.size[work.unit[bucket, at]]
            if size + more <= most and welcome(people, work, bucket, at, depth):
                work.stack[depth] = at
                depth += 1
                size += more
                gain += work.gain[bucket, at]
                if size >= terms.low and gain + terms.bonus[size] > best:
                    best, found = gain + terms.bonus[size], depth
                    keep_pick(work, bucket, depth)
            at += 1
        elif depth == 0:
            return best, found, True
        else:
            depth -= 1
            at = work.stack[depth]
            size -= people.size[work.unit[bucket, at]]
            gain -= work.gain[bucket, at]
            at += 1
    return best, found, False


@njit(cache=True)
def beyond(terms, work, bucket, seats, most):
    """Bound on groups that use a unit not kept: all but one person best, the last as good as the last
    kept.
    """
    last, best = work.key[bucket, KEEP - 1], NONE
    for k in range(terms.low, min(most, seats + 1) + 1):
        best = max(best, work.prefix[k - 1] + last + terms.bonus[k])
    return best


@njit(cache=True)
def condition(venues, terms, work, v, bucket):
    """(fixed cost, most members) of a group in this bucket at place v;

    cost -NONE if nobody could start it.
    """
    if bucket >= terms.buckets:
        return -terms.alone, min(terms.high, venues.capacity[v])
    woman = bucket & 1
    lang = (bucket // 4) % terms.langs
    return work.fee[lang, woman], min(terms.high, venues.capacity[v] - 1)


@njit(cache=True)
def look(people, venues, terms, work, v, bucket, floor):
    """Best group of one bucket at place v: (gain, units in work.pick, bound).

    Nothing at or below floor is sought.
    """
    cost, most = condition(venues, terms, work, v, bucket)
    if cost == -NONE or work.count[bucket] < terms.low or most < terms.low:
        return NONE, 0, NONE
    seats = lay_out(people, work, bucket, most)
    bound = hope(terms, work, 0, seats, 0, most) - cost
    if bound <= floor:
        return NONE, 0, floor
    gain, found, complete = search(people, terms, work, bucket, seats, most, floor + cost)
    if complete:
        bound = gain - cost
        if work.held[bucket] == KEEP:
            bound = max(bound, beyond(terms, work, bucket, seats, most) - cost)
    return (gain - cost if found else NONE), found, bound


@njit(cache=True)
def best_at(people, venues, terms, work, v, price, free, fee, floor):
    """The best group at place v above `floor`: (gain, bucket, units in work.best, bound on any group there).

    price (unit) and fee (starter, slot) are taken off; a fee of -NONE shuts a starter out; backups aside.
    """
    touched = gather(people, venues, terms, work, v, price, free)
    cheapest(venues, terms, work, v, fee)
    best, chosen, size, bound = floor, -1, 0, floor
    for i in range(touched):
        bucket = work.touched[i]
        gain, found, limit = look(people, venues, terms, work, v, bucket, best)
        bound = max(bound, limit)
        if found and gain > best:
            best, chosen, size = gain, bucket, found
            work.best[:found] = work.pick[:found]
    clear(work, touched)
    return best, chosen, size, bound

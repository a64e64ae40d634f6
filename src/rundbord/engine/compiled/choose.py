"""The best group at one place: list who could come by bucket, then choose the best who may sit together.

Only the buckets that could gain are looked through (see `lists`).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .lists import NOBODY, at_most, beside, ceiling, clear, fill, seat, sort_out

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
def column(b, serves):
    """The column of `serves` for bucket b: its language, and whether a woman is asked for."""
    return ((b // 4) % (serves.shape[1] // 2)) * 2 + (b & 1)


@njit(cache=True, nogil=True)
def promising(used, v, terms, chairs, serves, lift, work):
    """(how many entries could gain, conflicts aside; what any other gains at most, at or below 0).

    Into work's `entries`, with `limits` beside them.
    """
    seats, top, touched, _, fee, _, limits = work[:7]
    lead, entries = work[16:18]
    low, high, buckets, _, alone, bonus = terms
    n, rest = 0, NOBODY
    for i in range(used):
        b = touched[i]
        cost = -alone if b >= buckets else fee[column(b, serves)]
        most = min(high, chairs[v] if b >= buckets else chairs[v] - 1)
        if cost == -NOBODY or most < low:
            continue
        for one in range(1 if lead[b] == NOBODY else 2):  # without and with somebody hidden
            if seats[b] + one < low:
                continue
            limit = at_most(one, one * lead[b], seats[b], low, most, bonus, top[b]) - cost + lift
            if limit > 0:
                entries[n], limits[n] = b + one * 2 * buckets, limit
                n += 1
            else:
                rest = max(rest, limit)
    return n, rest


@njit(cache=True, nogil=True)
def lay(v, places, people_, terms, work, price, free, fees, open_, mine, lift):
    """Lists of who is at place v, and what each entry could gain: (buckets in use, entries, the rest).

    See `promising`; the buckets in use must be cleared afterwards.
    """
    _, _, _, audiences, st_ptr, starter, slot, chairs, serves, _ = places
    high, buckets, self_start = terms[1:4]
    seats, top, touched, head, fee, agent, _, lists = work[:8]
    second = buckets if self_start else 0
    used = sort_out(v, audiences[v], second, high, places, people_, price, free, mine, seats, top, touched,
                    head, lists, work[16])  # fmt: skip
    cheapest(st_ptr[v], st_ptr[v + 1], slot[v], starter, serves, fees, open_, mine, fee, agent)
    n, rest = promising(used, v, terms, chairs, serves, lift, work)
    return used, n, rest


@njit(cache=True, nogil=True)
def look(v, places, people_, terms, work, price, free, fees, open_, mine, lift, steps, keep):
    """The best group at place v: (gain, bucket, units in work's `best`, starter, bound).

    Prices of units and fees of starters are taken off, `lift` is added; spare slots are not counted. Only a
    gain above 0 is sought; the bound holds for any group, and is below 0 if none comes near. keep: units
    remembered per bucket, at most KEEP.
    """
    chairs, serves, home = places[7:]
    uptr, member, size, _, _, _, _, care, pc, muni, discretion, blk_ptr, blk = people_[:13]
    low, high, buckets, _, alone, bonus = terms
    (seats_of, top, _, _, fee, agent, limits, _, unit, gains, keys, prefix, offset, stack, pick, best, lead,
     entries, line) = work  # fmt: skip
    used, n, bound = lay(v, places, people_, terms, work, price, free, fees, open_, mine, lift)
    gained, chosen, many, helper = np.int64(0), -1, 0, -1
    while n:
        i = np.argmax(limits[:n])
        entry, limit = entries[i], limits[i]
        if limit <= gained:
            bound = max(bound, limit)
            break
        b = entry % (2 * buckets)
        cost = (-alone if b >= buckets else fee[column(b, serves)]) - lift
        most = min(high, chairs[v] if b >= buckets else chairs[v] - 1)
        held_by, tops = seats_of[b], top[b]
        if entry != b:  # now it is worth knowing who could come beside the one who is hidden
            held_by, tops = beside(entry, home[v], terms, people_, work), line
            limits[i] = at_most(1, lead[b], held_by, low, most, bonus, tops) - cost
            if limits[i] < limit:
                continue
            held_by = seat(lead[b], 1, held_by, high, tops)
        limits[i] = NOBODY
        held = fill(entry, home[v], gained + cost, low, most, keep, terms, people_, held_by, tops, work)
        seats = lay_out(held, unit, keys, size, prefix, offset)
        gain, found, complete = search(held, seats, most, gained + cost, steps, low, bonus, size, unit, gains,
                                       prefix, offset, stack, pick, uptr, member, care, pc, muni, discretion,
                                       blk_ptr, blk)  # fmt: skip
        if complete:
            limit = ceiling(gain, held, keep, held_by, low, most, bonus, tops, keys) - cost
        bound = max(bound, limit)
        if found and gain - cost > gained:
            gained, chosen, many = gain - cost, b, found
            helper = -1 if b >= buckets else agent[column(b, serves)]
            best[:found] = pick[:found]
    clear(used, work)
    return gained, chosen, many, helper, bound

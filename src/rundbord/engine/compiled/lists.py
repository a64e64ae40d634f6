"""Who could come to one place, bucket by bucket, and what a group of them could gain at most.

A bucket's best seats are enough for a limit, and only few lists need to be read. Those who may meet nobody
from home (discretion 2) seldom find a group, so their prices are low: they would be first in every list at
home, and promise groups that may not be. So a group has either none of them, or one and all others from
elsewhere.

Innermost loops take plain arrays; whole records are handed over once for each place only.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .world import NONE, SCALE

NOBODY = np.int64(NONE)


@njit(cache=True, nogil=True)
def sort_out(v, audiences, second, high, places, people_, price, free, mine, seats, top, touched, head, lists,
             lead):  # fmt: skip
    """Put the units at v that are free for `mine` into lists per bucket; returns how many buckets are in use.

    seats[b] and top[b]: of a bucket's best `high` seats, how many there are and what each gains, falling.
    second: where the buckets for groups without a starter begin, 0 if there are none; their units are those
    in the list of the same bucket with a starter who would do without one. lead[b]: what the best of those
    gains who may meet nobody from home here (see `hidden`); they are in the lists, but not among the seats.
    """
    ptr, who, base, home = places[0], places[1], places[2], places[9]
    size, bu_ptr, bucket, topic, self_ok = people_[2], people_[3], people_[4], people_[5], people_[6]
    unit, gain, after = lists
    used, n = 0, 0
    for at in range(ptr[v], ptr[v + 1]):
        u = who[at]
        if free[u] != mine:
            continue
        worth, apart = np.int64(base[at]) * SCALE - price[u], hidden(u, home[v], people_)
        for i in range(bu_ptr[u], bu_ptr[u + 1]):
            b = np.int64(bucket[i])
            if not audiences >> (b & 3) & 1:
                continue
            if seats[b] == 0 and lead[b] == NOBODY:
                touched[used], head[b] = b, -1
                used += 1
            unit[n], gain[n], after[n] = u, worth + topic[i], head[b]
            head[b] = n
            key = per_person(gain[n], size[u])
            if apart:
                lead[b] = max(lead[b], key)
            else:
                seats[b] = seat(key, size[u], seats[b], high, top[b])
            if second and self_ok[u]:
                s = b + second
                if seats[s] == 0 and lead[s] == NOBODY:
                    touched[used] = s
                    used += 1
                if apart:
                    lead[s] = max(lead[s], key)
                else:
                    seats[s] = seat(key, size[u], seats[s], high, top[s])
            n += 1
    return used


@njit(cache=True, nogil=True)
def hidden(u, home, people_):
    """Whether unit u is somebody from `home` who may meet nobody from there."""
    town, discreet = people_[13:]
    return discreet[u] and town[u] == home


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
def fill(entry, home, floor, low, most, keep, terms, people_, seats, top, work):
    """The units of an entry that a group worth more than `floor` could have, by falling gain per person.

    At most `keep` of them, the best, into work's `unit`, `gain` and `key`; returns how many. seats, top: of
    the entry (see `sort_out`, `beside`).
    """
    size, self_ok = people_[2], people_[6]
    list_unit, list_gain, after = work[7]
    least, n = floor - reach(seats, low, most, terms[5], top), 0
    at, alone = first(entry, terms, work[3])
    while at >= 0:
        u = list_unit[at]
        key = per_person(list_gain[at], size[u])
        if key > least and (self_ok[u] or not alone) and belongs(u, entry, home, terms, people_):
            n = insert(u, list_gain[at], key, n, keep, work[8], work[9], work[10])
        at = after[at]
    return n


@njit(cache=True, nogil=True)
def first(entry, terms, head):
    """(where the list of an entry begins, whether only those count who would do without a starter)."""
    b = entry % (2 * terms[2])
    alone = b >= terms[2]
    return head[b - terms[2] if alone else b], alone


@njit(cache=True, nogil=True)
def belongs(u, entry, home, terms, people_):
    """Whether unit u may be in a group of this entry, as far as it comes from `home`.

    An entry is a bucket b, for groups in which nobody is `hidden`; or b + 2 * buckets (of a problem), for
    those in which one is, and all others come from elsewhere.
    """
    town, discreet = people_[13:]
    return town[u] != home or discreet[u] == (entry >= 2 * terms[2])


@njit(cache=True, nogil=True)
def beside(entry, home, terms, people_, work):
    """The best seats beside somebody hidden, of those from elsewhere, into work's `line`; how many."""
    size, self_ok, town = people_[2], people_[6], people_[13]
    list_unit, list_gain, after = work[7]
    at, alone = first(entry, terms, work[3])
    n, line = 0, work[18]
    while at >= 0:
        u = list_unit[at]
        if town[u] != home and (self_ok[u] or not alone):
            n = seat(per_person(list_gain[at], size[u]), size[u], n, terms[1], line)
        at = after[at]
    return n


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
def at_most(taken, total, seats, low, most, bonus, top):
    """Most that a group could gain with `taken` people who gain `total`, conflicts and bundles aside."""
    best = total + bonus[taken] if 0 < taken and low <= taken <= most else NOBODY
    for k in range(taken + 1, min(taken + seats, most) + 1):
        total += top[k - taken - 1]
        if k >= low:
            best = max(best, total + bonus[k])
    return best


@njit(cache=True, nogil=True)
def ceiling(gain, held, keep, seats, low, most, bonus, top, keys):
    """No group is worth more, where the best of those held is worth `gain`; some may not have been kept."""
    return gain if held < keep else max(gain, reach(seats, low, most, bonus, top) + keys[keep - 1])


@njit(cache=True, nogil=True)
def clear(used, work):
    """No list is in use any more."""
    seats, touched, lead = work[0], work[2], work[16]
    for i in range(used):
        seats[touched[i]], lead[touched[i]] = 0, NOBODY

"""Fill places with groups, the most gainful first (lazy greedy): a place is looked at anew only when its
turn comes.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .choose import NOBODY, best_at


@njit(cache=True)
def look(v, places, price, free, fees, rest):
    """`best_at` for place number v."""
    ptr, who, base, audiences, st_ptr, starter, slot, chairs, serves = places
    return best_at(ptr[v], ptr[v + 1], who, base, audiences[v], st_ptr[v], st_ptr[v + 1], slot[v], starter,
                   serves,
                   chairs[v], price, free, fees, *rest)  # fmt: skip


@njit(cache=True)
def spare_slots(units, count, slot, comes):
    """How many further slots all of these units could come at."""
    shared = 0
    for t in range(comes.shape[1]):
        if t != slot:
            all_ = True
            for i in range(count):
                all_ = all_ and comes[units[i], t]
            shared += all_
    return shared


@njit(cache=True)
def take(units, count, helper, slot, free, fees, left):
    """Mark people and starter as used."""
    for i in range(count):
        free[units[i]] = False
    if helper >= 0:
        left[helper] -= 1
        fees[helper, slot] = -NOBODY
        if left[helper] <= 0:
            fees[helper, :] = -NOBODY


@njit(cache=True)
def worth_of(gain, units, count, helper, slot, price, fees, comes, backup, backup_cap):
    """True worth (scaled) of a group found at these prices, spare slots included."""
    total = gain + backup * min(backup_cap, spare_slots(units, count, slot, comes))
    for i in range(count):
        total += price[units[i]]
    return total + (fees[helper, slot] if helper >= 0 else 0)


@njit(cache=True)
def refill(some, noise, digital, places, price, free, fees, left, comes, backup, backup_cap, rest, best,
           out_place, out_bucket, out_helper, out_worth, out_size, out_units):  # fmt: skip
    """Make groups at the places `some` while any gains; returns how many. The out arrays describe them.

    noise: added to a place's gain when turns are taken. digital: the number of digital places (they come
    first);
    those can hold any number of groups.
    """
    slot, made, value = places[6], 0, np.empty(len(some), dtype=np.int64)
    fresh = np.full(len(some), -1, dtype=np.int64)
    value[:] = -NOBODY
    while len(some) and made < len(out_place):
        at = np.argmax(value)
        if value[at] <= 0:
            break
        v = some[at]
        gain, bucket, count, helper, _ = look(v, places, price, free, fees, rest)
        value[at] = gain + noise[at] if gain > 0 else 0
        if fresh[at] != made and value[at] < value.max():
            fresh[at] = made
            continue
        if gain <= 0:
            continue
        out_worth[made] = worth_of(gain, best, count, helper, slot[v], price, fees, comes, backup, backup_cap)
        out_place[made], out_bucket[made], out_helper[made], out_size[made] = v, bucket, helper, count
        out_units[made, :count] = best[:count]
        take(best, count, helper, slot[v], free, fees, left)
        if v >= digital:
            value[at] = 0
        made += 1
    return made

"""Fill places with groups, the most gainful first (lazy greedy): a place is looked at anew only when its
turn comes.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .choose import BRIEF, clash, look
from .lists import NOBODY
from .seats import EMPTY, add
from .world import SCALE

BLOCK = 64  # values whose highest is remembered


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def worth_of(gain, units, count, helper, slot, price, fees, spare):
    """True worth (scaled) of a group found at these prices, spare slots included."""
    comes, backup, backup_cap = spare
    total = gain + backup * min(backup_cap, spare_slots(units, count, slot, comes))
    for i in range(count):
        total += price[units[i]]
    return total + (fees[helper, slot] if helper >= 0 else 0)


@njit(cache=True, nogil=True)
def highest(value, tops):
    """Where the first of the highest values is. tops: the highest of each BLOCK of them."""
    first = np.argmax(tops) * BLOCK
    return first + np.argmax(value[first : first + BLOCK])


@njit(cache=True, nogil=True)
def put(at, new, value, tops):
    """Change a value."""
    block = at // BLOCK
    value[at] = new
    tops[block] = value[block * BLOCK : (block + 1) * BLOCK].max()


@njit(cache=True, nogil=True)
def refill(some, noise, lane, digital, places, people, terms, work, spare, price, fees, lift, slack, steps,
           seats, out):  # fmt: skip
    """Make groups at the places `some` while any gains (with `lift` added); returns how many rows are in out.

    noise: added to a place's gain when turns are taken. slack: a place keeps its turn if it gains that much
    less than any other might (in a city nearly all would else be looked at for every group). digital: the
    number of digital places (they come first); those can hold any number of groups. A group worth nothing is
    not made.
    """
    slot, best, made = places[6], work[15], 0
    free, open_, at = seats[7], seats[13], seats[8]
    value, fresh = np.full(len(some), -NOBODY), np.full(len(some), -1, dtype=np.int64)
    tops = np.full(-(-len(some) // BLOCK), -NOBODY)
    while len(some) and made < len(out):
        turn = highest(value, tops)
        if value[turn] <= 0:
            break
        v = some[turn]
        gain, bucket, count, helper, _ = look(v, places, people, terms, work, price, free, fees, open_, lane,
                                              lift, steps, BRIEF)  # fmt: skip
        put(turn, gain + noise[turn] if gain > 0 else 0, value, tops)
        if fresh[turn] != made and value[turn] + slack < tops.max():
            fresh[turn] = made
            continue
        if gain <= 0:
            continue
        worth = worth_of(gain - lift, best, count, helper, slot[v], price, fees, spare)
        row = add(v, bucket, helper, worth, best, count, lane, digital, slot, seats) if worth > 0 else EMPTY
        if row == EMPTY:
            put(turn, 0, value, tops)
            continue
        out[made] = row
        made += 1
        if at[v] != EMPTY:
            put(turn, 0, value, tops)
    return made


@njit(cache=True, nogil=True)
def join(o, lane, digital, places, people, lists, seats, line):
    """Fill open group o's places with the best who are free; the row, EMPTY if nobody gains."""
    ptr, unit, value, most = lists
    uptr, member, care, pc, muni, discretion, blk_ptr, blk = (
        people[0], people[1], people[7], people[8], people[9], people[10], people[11], people[12]
    )  # fmt: skip
    free, count, worth = seats[7], 0, np.int64(0)
    for at in range(ptr[o], ptr[o + 1]):
        u = unit[at]
        if count >= most[o] or value[at] <= 0:
            break
        if free[u] != lane:
            continue
        fine = True
        for k in range(count):
            fine = fine and not clash(u, line[k], uptr, member, care, pc, muni, discretion, blk_ptr, blk)
        if fine:
            line[count] = u
            worth += np.int64(value[at]) * SCALE
            count += 1
    return add(o, -1, -1, worth, line, count, lane, digital, places[6], seats) if count else EMPTY

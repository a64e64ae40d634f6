"""First come in compiled loops: one after the other in the queue, one room after the other.

What fails once for want of people or starters fails for ever, as both only become fewer: it is marked dead.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .queue import apart, crowds, near, nearest, wants, wishes


@njit(cache=True)
def starter(i, busy_free, left, rooms, room, slot, lang, audience):
    """The first starter who can; -1 if none."""
    digital = room == len(rooms.x)
    for k in range(len(left)):
        if (
            left[k] <= 0
            or not busy_free[k, slot]
            or not i.langs[k, lang]
            or (audience & 1 and not i.woman[k])
        ):
            continue
        if i.digital[k] if digital else i.physical[k] and near(i, k, rooms, room):
            return k
    return -1


@njit(cache=True)
def gather(p, free, crowd, first, wish, alone, most, members):
    """Fill `members` with her and the first of the crowd who fit: (how many, how many want it, waste)."""
    slot, frame, lang, audience = wish
    members[0], count, willing, waste = first, 1, 1, 0
    for q in crowd:
        if count == most:
            break
        if not free[q]:
            waste += 1
            continue
        if q == first or not wants(p, q, slot, frame, lang, audience) or (alone and not p.self_ok[q]):
            continue
        willing += 1
        fine = True
        for k in range(count):
            fine = fine and not apart(p, q, members[k])
        if fine:
            members[count] = q
            count += 1
    return count, willing, waste


@njit(cache=True)
def bury(p, free, crowd, slot, low, dead):
    """Mark every kind of group dead for which too few of the crowd are left at this slot."""
    frames, langs = p.rank.shape[1], p.langs.shape[1]
    count = np.zeros((frames, langs, 4), dtype=np.int64)
    for q in crowd:
        if free[q] and p.liking[q, slot] >= 0:
            for frame in range(frames):
                if p.rank[q, frame] >= 0:
                    for lang in range(langs):
                        if p.langs[q, lang]:
                            for a in range(4):
                                count[frame, lang, a] += (a & ~p.may[q]) == 0 and (p.only[q] & ~a) == 0
    for frame in range(frames):
        for lang in range(langs):
            for a in range(4):
                dead[frame, lang, a] |= count[frame, lang, a] < low


@njit(cache=True)
def squeeze(crowd, free):
    """Move those still free to the front; returns how many there are."""
    n = 0
    for q in crowd:
        if free[q]:
            crowd[n] = q
            n += 1
    return n


@njit(cache=True)
def started(p, q, able, hours, left, rooms, room, slot, lang, audience, gone, self_start):
    """Who could start a group there: a starter's number, -1 if it would start itself, -2 if nobody could."""
    if not gone[slot, lang, audience & 1]:
        who = starter(able, hours, left, rooms, room, slot, lang, audience)
        if who >= 0:
            return who
        gone[slot, lang, audience & 1] = True
    return -1 if self_start and p.self_ok[q] else -2


@njit(cache=True)
def seated(p, q, wanted, free, crowd, rooms, room, means, terms, dead, gone, row, members):
    """Try every kind of group she wants in one room: (whether one was made, entries looked at in vain)."""
    (able, hours, left), (low, high, self_start), waste = means, terms, 0
    chairs = high + 1 if room == len(rooms.x) else rooms.capacity[room]
    for wish in wanted:
        slot, frame, lang, audience = wish
        if dead[wish] or (room < len(rooms.x) and not rooms.free[room, slot]):
            continue
        who = started(p, q, able, hours, left, rooms, room, slot, lang, audience, gone, self_start)
        most = min(high, chairs - (who >= 0))
        if who == -2 or most < low:
            continue
        count, willing, more = gather(p, free, crowd, q, wish, who < 0, most, members)
        waste += more
        if count >= low:
            row[:] = np.array((room, slot, frame, lang, audience, who))
            members[count:] = -1
            return True, waste
        if willing < low and who < 0:
            dead[wish] = True
        elif willing < low:
            bury(p, free, crowd, slot, low, dead[slot])
    return False, waste


@njit(cache=True)
def use(row, members, free, rooms, hours, left):
    """Take people, room and starter."""
    for q in members:
        if q >= 0:
            free[q] = False
    if row[0] < len(rooms.x):
        rooms.free[row[0], row[1]] = False
    if row[5] >= 0:
        hours[row[5], row[1]] = False
        left[row[5]] -= 1


@njit(cache=True)
def everybody(p, free, rooms, able, hours, left, terms):
    """Groups for the whole queue: rows of (room, slot, frame, lang, audience, starter), and their members."""
    venues, slots = len(rooms.x) + 1, p.liking.shape[1]
    ptr, who = crowds(p, free, rooms)
    length, wasted = np.diff(ptr), np.zeros(venues, dtype=np.int64)
    dead = np.zeros((venues, slots, p.rank.shape[1], p.langs.shape[1], 4), dtype=np.bool_)
    gone = np.zeros((venues, slots, p.langs.shape[1], 2), dtype=np.bool_)
    most, made = len(free) // terms[0] + 1, 0
    rows, members = np.empty((most, 6), dtype=np.int64), np.full((most, terms[1]), -1, dtype=np.int64)
    for q in range(len(free)):
        if not free[q]:
            continue
        wanted = wishes(p, q)
        for room in nearest(p, q, rooms):
            crowd = who[ptr[room] : ptr[room] + length[room]]
            found, waste = seated(p, q, wanted, free, crowd, rooms, room, (able, hours, left), terms,
                                  dead[room], gone[room], rows[made], members[made])  # fmt: skip
            wasted[room] += waste
            if wasted[room] > length[room]:
                length[room], wasted[room] = squeeze(crowd, free), 0
            if found:
                use(rows[made], members[made], free, rooms, hours, left)
                made += 1
                break
    return rows[:made], members[:made]

"""The arrays the compiled loops read, and the scratch they write."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..problem import Problem
from ..units import NEVER, Units

SCALE = 16  # prices are counted in sixteenths of a point
NONE = NEVER * SCALE
KEEP = 1000  # best units remembered of a bucket (frame, language, audience) when it is looked through
NOWHERE = -(2**30)  # no municipality


class People(NamedTuple):
    """Units and what decides who may sit together (see Units).

    A unit belongs to the buckets bucket[bu_ptr[u]:bu_ptr[u+1]] with `topic` worth (scaled); a bucket is
    (frame * languages + language) * 4 + audience. Per seeker: pc, muni, discretion and her blocked seekers
    blk[blk_ptr[p]:blk_ptr[p+1]], ascending. Per unit: town, the municipality of its first; discreet,
    whether it is one person who may meet nobody from there.
    """

    ptr: np.ndarray
    member: np.ndarray
    size: np.ndarray
    bu_ptr: np.ndarray
    bucket: np.ndarray
    topic: np.ndarray
    self_ok: np.ndarray
    care: np.ndarray
    comes: np.ndarray
    pc: np.ndarray
    muni: np.ndarray
    discretion: np.ndarray
    blk_ptr: np.ndarray
    blk: np.ndarray
    town: np.ndarray
    discreet: np.ndarray


class Terms(NamedTuple):
    """Policy in numbers. bonus[k] = worth of size k (scaled); alone = worth of having no starter (scaled)."""

    low: int
    high: int
    langs: int
    buckets: int
    self_start: bool
    alone: int
    backup: int
    backup_cap: int
    bonus: np.ndarray


class Lists(NamedTuple):
    """Who is in which bucket: unit, what she gains there, and the entry after (-1: the last)."""

    unit: np.ndarray
    gain: np.ndarray
    after: np.ndarray


class Scratch(NamedTuple):
    """Reused memory. The second half of the buckets is for groups without a starter.

    seats: people counted in a bucket, at most as many as a group can have; top (bucket, seat): what they
    gain, falling; touched: buckets in use; head: first entry of the lists per bucket; fee and agent (lang * 2
    + woman): cheapest starter; limits: what each of `entries` could gain at most. unit, gain, key: those kept
    of one bucket, by falling gain per person; pick: the units chosen last; best: those of the best bucket.
    lead, entries, line: see `lists`.
    """

    seats: np.ndarray
    top: np.ndarray
    touched: np.ndarray
    head: np.ndarray
    fee: np.ndarray
    agent: np.ndarray
    limits: np.ndarray
    lists: tuple
    unit: np.ndarray
    gain: np.ndarray
    key: np.ndarray
    prefix: np.ndarray
    offset: np.ndarray
    stack: np.ndarray
    pick: np.ndarray
    best: np.ndarray
    lead: np.ndarray
    entries: np.ndarray
    line: np.ndarray


def people(problem: Problem, units: Units) -> People:
    """Units as the loops want them."""
    s, (blk_ptr, blk) = problem.seekers, _neighbours(problem)
    who, bucket, topic = _memberships(problem, units)
    first = units.member[units.ptr[:-1]]
    return People(
        ptr=units.ptr, member=units.member, size=units.size, bu_ptr=_starts(who, len(units.size)),
        bucket=bucket.astype(np.int32), topic=topic.astype(np.int32), self_ok=units.self_ok, care=units.care,
        comes=units.slot_value > NEVER, pc=s.pc.astype(np.int32), muni=s.muni.astype(np.int32),
        discretion=s.discretion.astype(np.int8), blk_ptr=blk_ptr, blk=blk,
        town=s.muni[first].astype(np.int32), discreet=(s.discretion[first] >= 2) & (units.size == 1),
    )  # fmt: skip


def _memberships(problem: Problem, units: Units) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(unit, bucket, worth) of every bucket a unit could be in, sorted by unit."""
    who, frame = np.nonzero(units.frame_value > NEVER)
    worth = units.frame_value[who, frame] * SCALE
    at, lang = np.nonzero(units.langs[who])
    who, frame, worth = who[at], frame[at], worth[at]
    at, audience = np.nonzero(units.audience[who][:, None] >> np.arange(4) & 1)
    bucket = (frame[at] * problem.languages + lang[at]) * 4 + audience
    return who[at], bucket, worth[at]


def _starts(rows: np.ndarray, count: int) -> np.ndarray:
    return np.searchsorted(rows, np.arange(count + 1)).astype(np.int64)


def _neighbours(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    both = np.concatenate([problem.blocked, problem.blocked[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    return _starts(both[:, 0], len(problem.seekers)), np.ascontiguousarray(both[:, 1], dtype=np.int32)


def terms(problem: Problem) -> Terms:
    """Policy and weights as the loops want them."""
    p, w = problem.policy, problem.weights
    bonus = np.array([w.size.get(k, 0) * SCALE for k in range(p.max_size + 1)], dtype=np.int64)
    buckets = problem.frames * problem.languages * 4
    return Terms(p.min_size, p.max_size, problem.languages, buckets, p.self_start, w.self_start * SCALE,
                 w.backup * SCALE, w.backup_cap, bonus)  # fmt: skip


def scratch(problem: Problem, entries: int) -> Scratch:
    """Fresh memory for one lane; entries: how many buckets all units are in, summed."""
    buckets, high = 2 * problem.frames * problem.languages * 4, problem.policy.max_size

    def zeros(*shape: int) -> np.ndarray:
        return np.zeros(shape, dtype=np.int64)

    lists = Lists(np.zeros(entries, np.int32), zeros(entries), np.zeros(entries, np.int32))
    return Scratch(
        seats=zeros(buckets), top=zeros(buckets, high), touched=zeros(buckets), head=zeros(buckets),
        fee=zeros(2 * problem.languages), agent=zeros(2 * problem.languages), limits=zeros(2 * buckets),
        lists=tuple(lists), unit=np.zeros(KEEP, dtype=np.int32), gain=zeros(KEEP), key=zeros(KEEP),
        prefix=zeros(KEEP * high + high + 2), offset=zeros(KEEP + 2), stack=zeros(high + 2),
        pick=zeros(high + 2), best=zeros(high + 2), lead=np.full(buckets, NONE, dtype=np.int64),
        entries=zeros(2 * buckets), line=zeros(high),
    )  # fmt: skip


def starters(problem: Problem) -> np.ndarray:
    """Which of the columns language * 2 (any starter) and language * 2 + 1 (a woman) a starter can serve."""
    speaks = problem.starters.langs
    return np.stack([speaks, speaks & problem.starters.woman[:, None]], axis=2).reshape(
        len(speaks), 2 * problem.languages
    )

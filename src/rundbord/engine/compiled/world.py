"""The arrays the compiled loops read, and the scratch they write."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..places import Places
from ..problem import Problem
from ..units import NEVER, Units

SCALE = 16  # prices are counted in sixteenths of a point
NONE = np.int64(NEVER * SCALE)
KEEP = 24  # best units remembered per (frame, language, audience) when a place is looked at


class People(NamedTuple):
    """Units and what decides who may sit together (see Units); worth is scaled.

    A unit's frames are frame[fr_ptr[u]:fr_ptr[u+1]] with `topic` worth, its languages lang[la_ptr[u]:...].
    Per seeker: pc, muni, discretion and her blocked seekers blk[blk_ptr[p]:blk_ptr[p+1]], ascending.
    """

    ptr: np.ndarray
    member: np.ndarray
    size: np.ndarray
    fr_ptr: np.ndarray
    frame: np.ndarray
    topic: np.ndarray
    la_ptr: np.ndarray
    lang: np.ndarray
    audience: np.ndarray
    self_ok: np.ndarray
    care: np.ndarray
    comes: np.ndarray
    pc: np.ndarray
    muni: np.ndarray
    discretion: np.ndarray
    blk_ptr: np.ndarray
    blk: np.ndarray


class Venues(NamedTuple):
    """Places (see Places) with `base` in points, and the starters' abilities."""

    room: np.ndarray
    slot: np.ndarray
    capacity: np.ndarray
    ptr: np.ndarray
    unit: np.ndarray
    base: np.ndarray
    st_ptr: np.ndarray
    starter: np.ndarray
    audiences: np.ndarray
    st_lang: np.ndarray
    st_woman: np.ndarray


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


class Scratch(NamedTuple):
    """Reused memory. A bucket is (frame, language, audience), twice: with a starter, then without.

    count: people in a bucket; held: how many of the best are kept; unit, gain, key (bucket, KEEP): the kept
    ones by falling gain per person; touched: buckets in use; fee and agent (lang, woman): cheapest starter.
    pick: the units chosen last; best: the units of the best bucket.
    """

    count: np.ndarray
    held: np.ndarray
    unit: np.ndarray
    gain: np.ndarray
    key: np.ndarray
    touched: np.ndarray
    fee: np.ndarray
    agent: np.ndarray
    prefix: np.ndarray
    offset: np.ndarray
    stack: np.ndarray
    pick: np.ndarray
    best: np.ndarray


def people(problem: Problem, units: Units) -> People:
    """Units as the loops want them."""
    fr_u, frame = np.nonzero(units.frame_value > NEVER)
    la_u, lang = np.nonzero(units.langs)
    s, count = problem.seekers, len(units.size)
    blk_ptr, blk = _neighbours(problem)
    return People(
        ptr=units.ptr, member=units.member, size=units.size, fr_ptr=_starts(fr_u, count), frame=frame,
        topic=units.frame_value[fr_u, frame] * SCALE, la_ptr=_starts(la_u, count), lang=lang,
        audience=units.audience, self_ok=units.self_ok, care=units.care, comes=units.slot_value > NEVER,
        pc=s.pc, muni=s.muni, discretion=s.discretion, blk_ptr=blk_ptr, blk=blk,
    )  # fmt: skip


def _starts(rows: np.ndarray, count: int) -> np.ndarray:
    return np.searchsorted(rows, np.arange(count + 1)).astype(np.int64)


def _neighbours(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    both = np.concatenate([problem.blocked, problem.blocked[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    return _starts(both[:, 0], len(problem.seekers)), np.ascontiguousarray(both[:, 1])


def venues(problem: Problem, places: Places) -> Venues:
    """Places as the loops want them."""
    return Venues(*places, st_lang=problem.starters.langs, st_woman=problem.starters.woman)


def terms(problem: Problem) -> Terms:
    """Policy and weights as the loops want them."""
    p, w = problem.policy, problem.weights
    bonus = np.array([w.size.get(k, 0) * SCALE for k in range(p.max_size + 1)], dtype=np.int64)
    buckets = problem.frames * problem.languages * 4
    return Terms(p.min_size, p.max_size, problem.languages, buckets, p.self_start, w.self_start * SCALE,
                 w.backup * SCALE, w.backup_cap, bonus)  # fmt: skip


def scratch(problem: Problem) -> Scratch:
    """Fresh memory for one thread."""
    buckets, high = 2 * problem.frames * problem.languages * 4, problem.policy.max_size
    whole = np.int64

    def zeros(*shape: int) -> np.ndarray:
        return np.zeros(shape, dtype=whole)

    return Scratch(
        count=zeros(buckets), held=zeros(buckets), unit=zeros(buckets, KEEP), gain=zeros(buckets, KEEP),
        key=zeros(buckets, KEEP), touched=zeros(buckets), fee=zeros(problem.languages, 2),
        agent=zeros(problem.languages, 2), prefix=zeros(KEEP * high + high + 2), offset=zeros(KEEP + 2),
        stack=zeros(high + 2), pick=zeros(high + 2), best=zeros(high + 2),
    )  # fmt: skip

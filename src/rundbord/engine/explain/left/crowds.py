"""How many of those left could gather: per venue, slot and bucket (frame, language, audience)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...problem import WOMEN, Problem
from .pairs import Pairs
from .people import People
from .venues import Venues, reaches

MOST_CELLS = 3 * 10**8  # bytes of one table; far beyond any country, and a limit for absurd instances
TOP = 255  # larger crowds are all the same


class Buckets(NamedTuple):
    """What a group is about: arrays frame, lang, audience over buckets; `column` into Venues.helped."""

    frame: np.ndarray
    lang: np.ndarray
    audience: np.ndarray
    column: np.ndarray

    def of(self, frames: np.ndarray, langs: np.ndarray, audiences: int) -> np.ndarray:
        """Buckets (indices) with one of these frames and languages (masks) and audiences (bits)."""
        return np.flatnonzero(frames[self.frame] & langs[self.lang] & (audiences >> self.audience & 1 > 0))


class Crowds(NamedTuple):
    """at[v]: units that get to venue v, those easy to sit with first, then the longest waiting.

    many (v, slots, buckets): their people, at most TOP; alone: of these, who accept a group without starter.
    inside (u, buckets): the unit could be in it. top (slots, buckets): the largest of `many` at any venue.
    """

    buckets: Buckets
    inside: np.ndarray
    at: list[np.ndarray]
    many: np.ndarray
    alone: np.ndarray
    top: np.ndarray


def build(problem: Problem, people: People, venues: Venues, pairs: Pairs) -> Crowds:
    """Counted once for everybody."""
    cells = max(1, len(venues.muni) * problem.slots)
    buckets, inside = _buckets(problem, people, max(1, MOST_CELLS // cells))
    order = np.lexsort((-people.wait, pairs.careful_units(people)))
    order = order[people.whole[order]]
    at = [order[_reaching(problem, people, venues, v)[order]] for v in range(len(venues.muni))]
    weight = (people.slots * people.size[:, None]).astype(np.float32)
    shape = (len(at), problem.slots, len(buckets.frame))
    many, alone = np.zeros(shape, dtype=np.uint8), np.zeros(shape, dtype=np.uint8)
    columns = inside.astype(np.float32)
    for v, units in enumerate(at):
        many[v] = _count(weight, columns, units)
        if problem.policy.self_start:
            alone[v] = _count(weight, columns, units[people.self_ok[units]])
    return Crowds(buckets, inside, at, many, alone, many.max(axis=0))


def _count(weight: np.ndarray, columns: np.ndarray, units: np.ndarray) -> np.ndarray:
    return np.minimum(weight[units].T @ columns[units], TOP).astype(np.uint8)


def _reaching(problem: Problem, people: People, venues: Venues, v: int) -> np.ndarray:
    there = reaches(problem, venues.spots, v, people.member)
    return np.logical_and.reduceat(there, people.ptr[:-1]) if len(people.size) else there


def _buckets(problem: Problem, people: People, most: int) -> tuple[Buckets, np.ndarray]:
    """Buckets somebody could be in, and every mixed one; the `most` that most could be in."""
    mixed = problem.frames - 1
    frames = sorted({*np.flatnonzero(people.frames.any(axis=0)).tolist(), mixed})
    langs = np.flatnonzero(people.langs.any(axis=0)).tolist()
    kinds = [(frame, lang, audience) for frame in frames for lang in langs for audience in range(4)]
    able = [_able(people, *kind) for kind in kinds]
    worth = [_worth(problem, kind, mask) for kind, mask in zip(kinds, able, strict=True)]
    best = sorted(range(len(kinds)), key=lambda k: -worth[k])[:most]
    kept = sorted(k for k in best if worth[k] > 0)
    table = np.array([kinds[k] for k in kept], dtype=np.int64).reshape(-1, 3)
    inside = np.array([able[k] for k in kept], dtype=bool).reshape(len(kept), len(people.size)).T
    column = 2 * table[:, 1] + (table[:, 2] & WOMEN > 0)
    return Buckets(table[:, 0], table[:, 1], table[:, 2], column), np.ascontiguousarray(inside)


def _able(people: People, frame: int, lang: int, audience: int) -> np.ndarray:
    return people.frames[:, frame] & people.langs[:, lang] & (people.audience >> audience & 1 > 0)


def _worth(problem: Problem, kind: tuple[int, int, int], able: np.ndarray) -> int:
    return int(able.sum()) + (kind[0] == problem.frames - 1)

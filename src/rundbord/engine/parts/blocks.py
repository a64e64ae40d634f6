"""Who lives where: people cut into blocks along municipalities, and things dealt out among the blocks."""

from __future__ import annotations

import math

import numpy as np

from ..problem import Problem

SLACK = 0.15  # share of a block by which a cut may move to run between two municipalities
GOLDEN = 0.618033988749895  # turns by which one round's cuts differ from the last one's


def homes(problem: Problem, most: int, *, seed: int, turn: int) -> np.ndarray:
    """Block of each seeker: blocks of at most `most` people, near one another. Bundles are not cut.

    seed and turn decide the direction of the cuts; other directions cut elsewhere.
    """
    first = _first_of_bundle(problem)
    where = np.stack([problem.seekers.x[first], problem.seekers.y[first]], axis=1).astype(np.float64)
    muni = problem.seekers.muni[first]
    out = np.zeros(len(first), dtype=np.int64)
    angle = math.tau * ((seed + turn) * GOLDEN % 1)
    _cut(np.arange(len(first)), where, muni, first, angle, -(-len(first) // most), out, 0)
    return out


def _first_of_bundle(problem: Problem) -> np.ndarray:
    """For each seeker whose home counts: her own, or that of the first of those she stays together with."""
    first = np.arange(len(problem.seekers))
    for members in problem.bundles.values():
        first[members] = members[0]
    return first


def _cut(
    who: np.ndarray, where: np.ndarray, muni: np.ndarray, first: np.ndarray, angle: float, count: int,
    out: np.ndarray, number: int,
) -> int:  # fmt: skip
    """Numbers these people's blocks from `number` on; returns the next free number."""
    if count <= 1 or len(who) < 2:
        out[who] = number
        return number + 1
    few = count // 2
    order = who[_along(who, where, muni, first, angle)]
    at = _between(order, muni, first, round(len(who) * few / count), len(who) / count)
    turned = angle + math.tau / 4
    number = _cut(order[:at], where, muni, first, turned, few, out, number)
    return _cut(order[at:], where, muni, first, turned, count - few, out, number)


def _along(
    who: np.ndarray, where: np.ndarray, muni: np.ndarray, first: np.ndarray, angle: float
) -> np.ndarray:
    """The order of these people in one direction, those of a municipality together."""
    line = where[who] @ np.array([math.cos(angle), math.sin(angle)])
    _, number = np.unique(muni[who], return_inverse=True)
    centre = np.bincount(number, weights=line) / np.bincount(number)
    return np.lexsort((first[who], line.round(3), number, centre[number].round(3)))


def _between(order: np.ndarray, muni: np.ndarray, first: np.ndarray, wished: int, block: float) -> int:
    """Where to cut: near what is wished, between two municipalities if it can be, never in a bundle."""
    cuts = 1 + np.flatnonzero(first[order[1:]] != first[order[:-1]])
    if not len(cuts):
        return len(order)
    border = cuts[muni[order[cuts]] != muni[order[cuts - 1]]]
    near = border[np.abs(border - wished) <= SLACK * block]
    some = near if len(near) else cuts
    return int(some[np.argmin(np.abs(some - wished))])


def deal(wanted: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """Block of each thing. wanted (things, blocks): how many people there could use it; amount: its worth.

    Those that few blocks can use go first; each to the block with most people for what it has got already.
    """
    things, blocks = wanted.shape
    out, given = np.zeros(things, dtype=np.int64), np.zeros(blocks)
    for at in np.lexsort((np.arange(things), (wanted > 0).sum(axis=1))).tolist():
        out[at] = int(np.argmax(wanted[at] / (given + max(1.0, float(amount[at])))))
        given[out[at]] += amount[at]
    return out


def reached(
    problem: Problem, block: np.ndarray, x: np.ndarray, y: np.ndarray, reach: np.ndarray
) -> np.ndarray:
    """(places, blocks): how many people could come there, where they and the thing itself may travel."""
    s, count = problem.seekers, int(block.max(initial=0)) + 1
    out = np.zeros((len(x), count))
    for at in range(len(x)):
        away = (s.x - int(x[at])) ** 2 + (s.y - int(y[at])) ** 2
        near = s.physical & (away <= (s.max_m + int(reach[at])) ** 2)
        out[at] = np.bincount(block[near], minlength=count)
    return out

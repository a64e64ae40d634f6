"""Dives: fix groups the linear programme likes, price anew around them, until only whole groups are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

import numpy as np

from .master import Column
from .node import Generator, Limits

SURE = 0.99
LIKED = 0.3  # use from which a group may be fixed together with one that is liked more


class Pace(NamedTuple):
    """rounds: of pricing after each fixing; more costs time and rarely changes which group is next.

    many: groups fixed at once at most.
    """

    rounds: int = 6
    many: int = 1


CAREFUL = Pace()


def dive(
    generator: Generator,
    rng: Random,
    noise: float,
    stop: Callable[[], bool],
    kept: Sequence[Column] = (),
    pace: Pace = CAREFUL,
) -> list[Column]:
    """Groups that go together, the `kept` among them. noise 0 follows the programme;

    1 lets chance weigh as much.
    """
    generator.enter(Limits())
    number = generator.master.pool.number
    fixed = {number[column[:2]]: column for column in kept}
    if kept:
        generator.fix(kept)
    while not stop():
        generator.close(0, pace.rounds, stop, exact=False)
        more = _next(generator, fixed, lambda use: use * (1 - noise * rng.random()), pace.many)
        if not more:
            break
        fixed |= {i: generator.master.columns[i] for i in more}
        generator.fix(list(fixed.values()))
    generator.enter(Limits())
    return list(fixed.values())


def _next(
    generator: Generator, fixed: dict[int, Column], liking: Callable[[float], float], many: int
) -> list[int]:
    use = generator.master.use()
    some = [i for i in np.flatnonzero(use > 1e-6).tolist() if i not in fixed]
    sure = [i for i in some if use[i] > SURE]
    if sure or not some:
        return sure
    liked = {i: liking(float(use[i])) for i in some}
    first, *others = sorted(some, key=lambda i: -liked[i])
    return _together(generator, [first, *(i for i in others if use[i] > LIKED)][: 4 * many])[:many]


def _together(generator: Generator, some: list[int]) -> list[int]:
    """Those of some groups that share nobody and no room with those before them."""
    columns, row = generator.master.columns, generator.templates.row
    units: set[int] = set()
    rows: set[int] = set()
    out = []
    for i in some:
        mine, place = columns[i].units, int(row[columns[i].template])
        if units.isdisjoint(mine) and place not in rows:
            out.append(i)
            units.update(mine)
            rows |= {place} - {-1}
    return out

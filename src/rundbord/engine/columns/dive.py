"""Dives: fix groups the linear programme likes, price anew around them, until only whole groups are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import numpy as np

from .master import Column
from .node import Generator, Limits

SURE = 0.99
ROUNDS = 6  # pricing rounds after each fixing; more costs time and rarely changes which group is next


def dive(
    generator: Generator, rng: Random, noise: float, stop: Callable[[], bool], kept: Sequence[Column] = ()
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
        generator.close(0, ROUNDS, stop, exact=False)
        use = generator.master.use()
        more = _next(use, fixed, rng, noise)
        if not more:
            break
        fixed |= {i: generator.master.columns[i] for i in more}
        generator.fix(list(fixed.values()))
    generator.enter(Limits())
    return list(fixed.values())


def _next(use: np.ndarray, fixed: dict[int, Column], rng: Random, noise: float) -> list[int]:
    some = [i for i in np.flatnonzero(use > 1e-6).tolist() if i not in fixed]
    sure = [i for i in some if use[i] > SURE]
    if sure or not some:
        return sure
    return [max(some, key=lambda i: use[i] * (1 - noise * rng.random()))]

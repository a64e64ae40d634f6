"""A first answer in an instant: the best group there is, then the best of what is left."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .master import Column
from .node import Generator
from .pricing import Prices

LOOKS = 12  # templates filled before the best of them is taken


def greedy(
    generator: Generator, possible: Callable[[list[Column]], bool], stop: Callable[[], bool]
) -> list[Column]:
    """Groups that go together. possible: whether starters can be found for these groups."""
    t, pricer = generator.templates, generator.pricer
    free = Prices(*(np.zeros(n, np.int64) for n in (len(generator.units.size), len(t.cl_slot), len(t.slot))))
    chosen: list[Column] = []
    shut, dead = np.zeros(len(t.unit), dtype=bool), np.zeros(len(t.slot), dtype=bool)
    while not stop():
        scan = pricer.scan(free, pricer.view(shut))
        hopeful = np.flatnonzero((scan.bound > 0) & ~dead)
        hopeful = hopeful[np.argsort(-scan.bound[hopeful], kind="stable")][:LOOKS]
        if not len(hopeful):
            break
        gain, sets = pricer.fill(scan, hopeful)
        best = int(gain.argmax())
        at = int(hopeful[best])
        column = generator.column(at, sets[best]) if gain[best] > 0 else None
        if column is None or not possible([*chosen, column]):
            dead[[at] if column else hopeful] = True
            continue
        chosen.append(column)
        shut |= np.isin(t.unit, column.units) | ((t.row >= 0) & (t.row == t.row[at]))[pricer.of]
    return chosen

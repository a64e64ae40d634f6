"""Open groups as templates: single newcomers up to the chairs that are free."""

from __future__ import annotations

from collections.abc import Iterator

from ...places import newcomers
from ...problem import Problem
from ...units import Units
from .drafts import Draft


def open_groups(problem: Problem, units: Units, first: int) -> Iterator[Draft]:
    for at, (unit, value) in enumerate(newcomers(problem, units)):
        if len(unit) and problem.opens.free[at] > 0:
            o = problem.opens
            yield Draft(
                int(o.slot[at]),
                -1,
                int(o.frame[at]),
                int(o.lang[at]),
                at,
                first + at,
                1,
                int(min(o.free[at], len(unit))),
                -1,
                0,
                unit,
                value,
            )

"""Open groups as templates: single newcomers up to the chairs that are free."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ... import meetings as meet
from ... import places as place_lists
from ...problem import Problem
from ...units import NEVER, Units
from .drafts import Draft


def open_groups(problem: Problem, units: Units, first: int) -> Iterator[Draft]:
    for at in range(len(problem.opens)):
        unit, value = newcomers(problem, units, at)
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


def newcomers(problem: Problem, units: Units, at: int) -> tuple[np.ndarray, np.ndarray]:
    """Units that could join open group `at`, and what each would be worth there."""
    group = meet.open_group(problem, at)
    if group.venue is None:
        reach = place_lists.digital_reach(problem, units)
    else:
        reach = place_lists.venue_reach(problem, units, *group.venue)
    value = (
        reach.worth + units.slot_value[reach.unit, group.slot] + units.frame_value[reach.unit, group.frame]
    )
    fits = (value > NEVER // 2) & units.langs[reach.unit, group.lang] & units.single[reach.unit]
    fits &= units.audience[reach.unit] >> group.audience & 1 == 1
    kept = [i for i in np.flatnonzero(fits).tolist() if _welcome(problem, units, int(reach.unit[i]), at)]
    return reach.unit[kept].astype(np.int64), value[kept]


def _welcome(problem: Problem, units: Units, unit: int, at: int) -> bool:
    seeker = int(units.member[units.ptr[unit]])
    return not any(meet.apart_from_member(problem, seeker, m) for m in problem.opens.members[at])

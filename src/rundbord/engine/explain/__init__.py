"""Why these groups, and what is in the way of everybody else. Codes and numbers only;

the product words them.
"""

from __future__ import annotations

from typing import Any

from .. import meetings as meet
from ..budget import Budget
from ..expected import expected
from ..problem import Problem
from .groups import GroupReasons
from .left import Left
from .levers import Levers
from .reasons import Reason, Reasons

__all__ = ["explain"]

DECLINE = 0.15


def explain(
    problem: Problem, solution: dict[str, Any], *, seconds: float | None = 60, decline: float = DECLINE
) -> dict[str, Any]:
    """Reasons for a solution whose ids exist. The README beside the engine lists every key.

    groups: one entry per new group, in order. left_out: everybody not placed, in the instance's order, with
    the binding reason and the changes that would place her (found by trial). levers: what one more starter
    or room would place, most first. expected: what comes of it if each says no with probability `decline`.
    trials: how many groups were tried. When `seconds` have passed the people not reached yet get the reason
    "not_examined".
    """
    budget = Budget(seconds)
    found = meet.meetings(problem, solution)
    joined = {m.open for m in found}
    running = [meet.open_group(problem, at) for at in range(len(problem.opens)) if at not in joined]
    left = Left(problem, [*found, *running])
    groups = GroupReasons(problem, [m for m in found if m.open is None], left.seekers)
    spare = [len(dealt) for dealt in groups.desk.dealt(groups.reserves)]
    chances = expected(problem, solution, decline, spare)
    left_out = _left_out(problem, left, budget)
    placeable = [int(left.people.of[s]) for s, told in left_out.items() if told.code == "could_be_placed"]
    return {
        "groups": [groups.of(at) | {"expected": one} for at, one in enumerate(chances.pop("each"))],
        "left_out": [_entry(problem, seeker, told) for seeker, told in left_out.items()],
        "levers": Levers(left, placeable).best(budget),
        "expected": chances,
        "trials": left.trials,
    }


def _left_out(problem: Problem, left: Left, budget: Budget) -> dict[int, Reason]:
    reasons = Reasons(left)
    out = {}
    for seeker in left.seekers.tolist():
        out[seeker] = Reason("not_examined", {}) if budget.over() else reasons.of(seeker)
    return out


def _entry(problem: Problem, seeker: int, told: Reason) -> dict[str, Any]:
    return {
        "id": problem.seekers.ids[seeker],
        "reason": told.code,
        "numbers": told.numbers,
        "change": told.change,
        "options": list(told.options),
    }

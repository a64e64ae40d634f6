"""Why these groups, and what is in the way of everybody else. Codes and numbers only;

the product words them.
"""

from __future__ import annotations

from typing import Any

from .. import meetings as meet
from ..budget import Budget
from ..problem import Problem
from .groups import group_reasons
from .leftovers import Leftovers
from .levers import levers
from .reasons import Reason, reason

__all__ = ["explain"]


def explain(problem: Problem, solution: dict[str, Any], *, seconds: float | None = 60) -> dict[str, Any]:
    """Reasons for a solution whose ids exist.

    groups: one entry per new group, in order. left_out: everybody not placed, in the instance's order, with
    the
    binding reason and the smallest change that would place her (found by trial). levers: what one more
    starter
    or room would place, most first. When `seconds` have passed the people not reached yet get the reason
    "not_examined".
    """
    budget = Budget(seconds)
    found = meet.meetings(problem, solution)
    joined = {m.open for m in found}
    running = [meet.open_group(problem, at) for at in range(len(problem.opens)) if at not in joined]
    rest = Leftovers(problem, [*found, *running])
    new = [m for m in found if m.open is None]
    groups = [group_reasons(problem, m, at, rest) for at, m in enumerate(new)]
    left_out = [_left_out(problem, rest, seeker, budget) for seeker in rest.seekers.tolist()]
    return {"groups": groups, "left_out": left_out, "levers": levers(rest, budget)}


def _left_out(problem: Problem, rest: Leftovers, seeker: int, budget: Budget) -> dict[str, Any]:
    found = Reason("not_examined", {}, None) if budget.over() else reason(rest, seeker)
    return {
        "id": problem.seekers.ids[seeker],
        "reason": found.code,
        "numbers": found.numbers,
        "change": found.change,
    }

"""A proven upper bound on the score of any solution."""

from __future__ import annotations

from .problem import Problem
from .solve import solve


def bound(problem: Problem, *, seconds: float | None = 10) -> int:
    """No solution of this instance is worth more. More seconds can only lower it."""
    return solve(problem, seconds=seconds).bound

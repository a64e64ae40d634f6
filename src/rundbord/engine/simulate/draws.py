"""Chance by name: whatever is asked by the same name gets the same answer, under every policy.

So two policies meet the same people with the same patience, and the difference between them is the policy's.
"""

from __future__ import annotations

import math
from random import Random

NEVER = 10**9  # days


class Draws:
    """The chances of one replication."""

    def __init__(self, seed: int, replication: int) -> None:
        self.start = f"{seed}/{replication}"

    def stream(self, *name: object) -> Random:
        """A generator of its own for what has this name."""
        return Random("/".join([self.start, *map(str, name)]))

    def uniform(self, *name: object) -> float:
        """A number from 0 up to 1."""
        return self.stream(*name).random()


def days_until(chance: float, first: float, then: float | None = None, weeks: int = 0) -> int:
    """Whole days until something happens whose chance is `first` a week, and `then` after some weeks.

    chance: a uniform draw. At least one day; NEVER if it does not happen.
    """
    left = -math.log(1 - chance)
    early, late = _hazard(first), _hazard(first if then is None else then)
    if left >= early * weeks:
        left -= early * weeks
        return 7 * weeks + _days(left, late)
    return _days(left, early)


def _hazard(per_week: float) -> float:
    return math.inf if per_week >= 1 else -math.log(1 - per_week)


def _days(left: float, hazard: float) -> int:
    return NEVER if hazard == 0 else min(NEVER, 1 + int(7 * left / hazard))

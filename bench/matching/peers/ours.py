"""The engine: as everybody calls it, and its prices and greedy start alone."""

from __future__ import annotations

import time

from rundbord.engine.broad import ready as loops
from rundbord.engine.broad.search import Broad
from rundbord.engine.budget import Budget
from rundbord.engine.problem import Problem
from rundbord.engine.solve import as_solution, solve

from .answer import Answer

STEPS = 1  # the smallest budget in which there is an answer at all
FEW = 400  # up to so many people nothing compiled is used


def ready(people: int) -> None:
    """Load what so many people will need beside what the few do."""
    if people > FEW:
        loops.ready()


def run(problem: Problem, seed: int = 1, seconds: float | None = None) -> Answer:
    """The best solution within the seconds, the proven bound, and how the score rose."""
    begun, course = time.monotonic(), list[tuple[float, int]]()

    def note(share: float, score: int, bound: int | None) -> None:
        if score > (course[-1][1] if course else 0):
            course.append((time.monotonic() - begun, score))

    found = solve(problem, seed=seed, seconds=seconds, progress=note)
    course.append((time.monotonic() - begun, found.score))
    return Answer(found.solution, found.bound, course)


def priced_greedy(problem: Problem, seed: int = 1, seconds: float | None = None) -> Answer:
    """A solution without any search, and the bound its prices prove; it takes as long as it takes."""
    search = Broad(problem, seed, Budget(None, STEPS))
    search.run()
    return Answer(as_solution(problem, search.meetings()), search.bound)

"""The engine's work for one part of a run, so that the same can be done again later.

Time is turned into iterations, which alone decide the answer; where the time is over before them, the report
at which the search was stopped is kept beside them.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rundbord.engine import meetings as meet
from rundbord.engine.again import again
from rundbord.engine.bound import bound
from rundbord.engine.problem import Problem, load
from rundbord.engine.solve import Result, solve
from rundbord.matching import rules
from rundbord.matching.rules import PartKind

Row = dict[str, Any]
Listener = Callable[[float], None]
FEW = rules.USUAL  # people up to whom the search ends by itself and iterations are only a limit
UNHURRIED = 1_000_000  # iterations that nobody comes to the end of
LEAST = 4  # reports before a search is stopped: it has no answer worth the name earlier
SHARE = 5  # nor before that part of its iterations: a new version's first search compiles for half a minute
SLOW, QUICK = 2.0, 20.0  # iterations a second: what is reckoned with before anything is known


@dataclass(frozen=True)
class Solved:
    """What a part found. most: people who could be placed, proven (0: not asked). took: seconds.

    pace: reports a second.
    """

    solution: Row
    score: int
    bound: int
    most: int = 0
    iterations: int = 0
    reports: int = 0
    stopped_at: int = 0
    took: float = 0.0
    pace: float = 0.0


@dataclass
class Watch:
    """Listens to a search and stops it: when `seconds` are over, or at the report it was stopped at."""

    seconds: float | None = None
    stop_at: int = 0
    listen: Listener = lambda share: None
    began: float = field(default_factory=time.monotonic)
    reports: int = 0
    stopped_at: int = 0
    least: int = LEAST
    first: float = 0.0  # when it reported first

    def tell(self, share: float, _score: int, _bound: int | None) -> bool:
        """Called by the engine; False ends the search."""
        self.reports += 1
        self.first = self.first or time.monotonic()
        if self.seconds:
            share = max(share, min(1.0, self.elapsed() / self.seconds))
        self.listen(share)
        if self._over():
            self.stopped_at = self.reports
            return False
        return True

    def _over(self) -> bool:
        if self.stop_at:
            return self.reports >= self.stop_at
        late = self.seconds is not None and self.elapsed() >= self.seconds
        return late and self.reports >= self.least

    def pace(self) -> float:
        """Reports a second, from the first on; 0 where there were too few to tell."""
        return (self.reports - 1) / max(0.001, time.monotonic() - self.first) if self.reports > 2 else 0.0

    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.began


def iterations_for(people: int, seconds: float, pace: float | None) -> int:
    """A budget that takes about so long. pace: iterations a second of an earlier search as large as this."""
    if people <= FEW:
        return UNHURRIED
    return max(2 * LEAST, round(seconds * (pace or max(SLOW, QUICK * FEW / people))))


@dataclass
class Search:
    """The engine's search under a watch. reckon: iterations for so many people; `iterations`: what it was."""

    seed: int
    watch: Watch
    reckon: Callable[[int], int]
    iterations: int = 0

    def __call__(self, problem: Problem) -> Result:
        self.iterations = self.reckon(len(problem.seekers))
        if self.iterations < UNHURRIED:
            self.watch.least = max(LEAST, self.iterations // SHARE)
        return solve(problem, seed=self.seed, iterations=self.iterations, progress=self.watch.tell)

    def told(self, solution: Row, score: int, bound: int) -> Solved:
        """What it found, with what is needed to find it again."""
        watch = self.watch
        spent = (watch.reports, watch.stopped_at, watch.elapsed(), watch.pace())
        return Solved(solution, score, bound, 0, self.iterations, *spent)


def carry_out(kind: str, given: Row, search: Search) -> Solved:
    """One part: {"instance", "before", "floor"}. The same seed, iterations and stop give the same groups."""
    problem = load(given["instance"])
    if kind == PartKind.BOUND:
        limit = bound(problem, seconds=search.watch.seconds or 1)
        return search.told({"instance": problem.name, "groups": [], "joins": []}, 0, limit)
    if kind == PartKind.AGAIN:
        found = again(problem, given["before"], search, given["floor"])
        return search.told(found.solution, found.score, 0)
    result, before = search(problem), given["before"]
    if (worth := meet.score(problem, before)) > result.score:
        return search.told(before, worth, result.bound)
    return search.told(result.solution, result.score, result.bound)


def most(instance: Row, solved: Solved, seconds: float) -> int:
    """How many of these people could be placed at most: by the bound of the score, and by one of places."""
    people = len(instance["seekers"])
    if placed(solved.solution) == people:
        return people
    counting = bound(load(instance | {"weights": rules.PLACES_ONLY}), seconds=max(1.0, seconds))
    bounds = [(rules.PLACES_ONLY, counting), (instance["weights"], solved.bound)]
    return rules.at_most_more(instance, 0, bounds)


def placed(solution: Row) -> int:
    """People in groups and on seats."""
    return sum(len(group["members"]) for group in solution["groups"]) + len(solution["joins"])


def score(instance: Row, solution: Row) -> int:
    """What a solution is worth."""
    return meet.score(load(instance), solution)

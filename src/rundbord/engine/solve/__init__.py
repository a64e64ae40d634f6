"""Find groups for those who wait. See README beside for how and how well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .. import meetings as meet
from ..budget import Budget, Progress
from ..columns.exact import Exact
from ..fixing import back, decided, without
from ..meetings import Meeting
from ..problem import Problem

__all__ = ["Result", "solve"]


FEW = 400  # people up to whom the exact search gives the better answer within half a minute


class Search(Protocol):
    """What the two searches have in common. The bound is proven at every moment."""

    @property
    def bound(self) -> int:
        """No solution is worth more."""

    def run(self) -> None:
        """Search until the budget is spent or the best is proven."""

    def meetings(self) -> list[Meeting]:
        """The best groups so far."""


@dataclass(frozen=True)
class Result:
    """solution: in the format. bound: no solution can be worth more. placed: people in groups."""

    solution: dict[str, Any]
    score: int
    bound: int
    placed: int
    optimal: bool
    seconds: float
    iterations: int = field(default=0)


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    seconds: float | None = 10,
    iterations: int | None = None,
    progress: Progress | None = None,
    fixed: Sequence[dict[str, Any]] = (),
) -> Result:
    """The best solution found and a proven bound.

    seconds: wall time to spend on the search, without loading its code (half a minute the first time ever,
    a second later); None = until proven. iterations: spend these instead of seconds, and give the
    same bytes every time. progress(share done, score, bound): return False to stop with the best so far.
    fixed: groups of the format that are kept as they are (the office has approved them); their worth is in
    the score and in the bound. Raises ProblemError if one of them names somebody unknown.
    """
    kept = decided(problem, fixed)
    already = sum(meet.worth(problem, m) for m in kept)
    rest, who = without(problem, kept)
    kind = _search(rest)
    budget = Budget(seconds, iterations, _shifted(progress, already))
    search = kind(rest, seed, budget)
    search.run()
    found = [back(m, who) for m in search.meetings()]
    score = already + sum(meet.worth(problem, m) for m in found)
    bound = already + search.bound
    return Result(
        solution=as_solution(problem, found, fixed), score=score, bound=bound,
        placed=sum(len(m.members) for m in [*kept, *found]), optimal=score >= bound,
        seconds=budget.elapsed(), iterations=budget.done,
    )  # fmt: skip


def _search(problem: Problem) -> Callable[[Problem, int, Budget], Search]:
    """Exact for few people; else the broad search, which is loaded (and compiled) only when wanted."""
    if len(problem.seekers) <= FEW:
        return Exact
    from ..broad.ready import ready
    from ..broad.search import Broad

    ready()
    return Broad


def _shifted(progress: Progress | None, already: int) -> Progress | None:
    """Progress of the rest told as progress of the whole."""
    if progress is None:
        return None
    return lambda share, score, bound: progress(
        share, score + already, None if bound is None else bound + already
    )


def as_solution(
    problem: Problem, found: Sequence[Meeting], fixed: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Meetings in the format, in an order that does not depend on how they were found."""
    new = sorted((m for m in found if m.open is None), key=lambda m: (m.slot, m.members))
    joins = sorted((m.open, s) for m in found if m.open is not None for s in m.members)
    return {
        "instance": problem.name,
        "groups": [*fixed, *(meet.as_group(problem, m) for m in new)],
        "joins": [{"group": problem.opens.ids[o], "seeker": problem.seekers.ids[s]} for o, s in joins],
    }

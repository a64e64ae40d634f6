"""Work for the second process on a problem as a whole: its linear programme once, then dives for answers."""

from __future__ import annotations

from typing import NamedTuple

from ..budget import Budget
from ..columns.dive import Pace, dive
from ..columns.exact import Exact
from ..columns.known import Known
from ..columns.master import Column
from ..columns.near import Near
from ..meetings import Meeting
from ..problem import Problem
from .second import Desk

FRESH = 2  # dives from nothing before the first around an answer
KEPT = 0.3, 0.8  # share of an answer's groups that a dive around it keeps
NOISE = 0.3
PACE = Pace(rounds=3, many=8)


class Whole(NamedTuple):
    """The linear programme over all groups, from prices that are near."""

    problem: Problem
    near: Near
    seed: int
    seconds: float | None

    def done(self, desk: Desk) -> int:
        """The bound. The search stays on the desk."""
        budget = Budget(self.seconds, None)
        search = Exact(self.problem, self.seed, budget, self.near)
        search.root(budget.cut)
        desk |= {"search": search, "known": Known(search.generator), "fresh": FRESH}
        return search.bound


class Dive(NamedTuple):
    """One dive: from nothing at first, then around the answer, of which some groups are kept."""

    answer: list[Meeting]
    seconds: float | None

    def done(self, desk: Desk) -> list[Meeting]:
        """The better of the two, the answer or what was found."""
        search: Exact = desk["search"]
        best = desk["known"].columns(self.answer)
        kept = [] if desk["fresh"] else self._some(search, best)
        desk["fresh"] = max(0, desk["fresh"] - 1)
        search.tree.score, search.tree.best = sum(c.worth for c in best), []
        return search.meetings() if self._better(search, kept) else self.answer

    def _better(self, search: Exact, kept: list[Column]) -> bool:
        """One dive around the groups kept. Whether it betters the search's answer."""
        master, count = search.generator.master, len(search.generator.master.columns)
        master.add(kept)
        found = dive(search.generator, search.random, NOISE, Budget(self.seconds).cut, kept, PACE)
        # The programme is slow with many groups, and hardly any is of use in the next dive.
        master.forget(count)
        return search.tree.offer(found)

    def _some(self, search: Exact, best: list[Column]) -> list[Column]:
        share = search.random.uniform(*KEPT)
        return [column for column in best if search.random.random() < share]

"""The broad search: prices, a priced greedy start, then ruin and recreate until the budget is spent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ..budget import Budget
from ..columns.near import Near
from ..compiled import rebuild
from ..compiled.seats import EMPTY
from ..compiled.world import SCALE
from ..meetings import Meeting
from ..problem import Problem
from .aims import aims
from .around import Dive, Whole
from .board import LIFT, Board, Group
from .dive import dive
from .field import MANY, STEPS, Field
from .lanes import LANES, each
from .polish import Polish
from .prices import UNKNOWN, Pricing
from .second import Here, Second, beside
from .split import split

PRICE_SHARE = 0.25, 0.55  # of the budget at most: with up to MANY units, with more
DIVE_SHARE = 1.0, 0.7  # of the budget by which the dive ends, likewise: rebuilding gains more in a crowd
FIRST = 3, 1  # passes before the first answer: with up to MANY units, with more
LOOKS = 3  # looks at a time
SHEETS = 8  # sets of shaken prices, one of which is drawn for each rebuilding
JITTER = 400  # points by which people's prices are shaken, so that others come to the top
LOW = 0.4  # least share of the prices asked when groups are rebuilt
WARM = 1000  # points by which an answer may worsen at first, on average
# Up to so many units, the share of the budget after which neighbourhoods are solved exactly: best for few,
# while a country has too many of them.
REBUILT = (3000, 0.4), (MANY, 0.7), (2**60, 0.95)
WHOLE = 1600  # units up to whom the linear programme over all groups is solved beside the search
WHOLE_SHARE = 0.5  # of the budget that it may take
SHORT = 8.0  # seconds of a budget in which rebuilding alone gets furthest
BESIDE = 2  # neighbourhoods solved beside one dive, when iterations are counted
# Of what a place is worth, by which those who have waited long come before others: with up to WHOLE people,
# and with more, among whom a quick search finds more bargains to pass them over for.
LONG_WAIT = 1.0, 2.0
BURST = 300  # rebuildings of each lane between two dealings, and as many more as a third of the units


class Broad:
    """One search over a large instance. `score` is what the instance says; `worth` favours long waiting."""

    def __init__(self, problem: Problem, seed: int, budget: Budget) -> None:
        self.budget, self.chance = budget, np.random.Generator(np.random.PCG64(seed))
        self.problem = problem
        favour = int(LONG_WAIT[len(problem.seekers) > WHOLE] * max(0, problem.weights.place))
        self.field = Field(replace(problem, weights=replace(problem.weights, long_wait=favour)))
        self.pricing = Pricing(self.field, self.chance)
        self.board = Board(self.field)
        self.bound = UNKNOWN
        self.best: list[Group] = []
        self.score, self.worth, self.warmth = 0, 0, 0.0
        self.aims: list[np.ndarray] = []
        self.lots = self.chance.spawn(LANES)
        self.hits = [np.zeros(len(self.field.places.room), dtype=np.int32) for _ in range(LANES)]

    def run(self) -> None:
        """Search until the budget is spent."""
        self._start()
        if self.budget.within(SHORT):
            self._better(1.0)
            return
        other = beside()
        try:
            if len(self.field.units.size) <= WHOLE and not self.budget.over():
                self._whole(other)
            else:
                self._parts(other)
        finally:
            other.end()

    def _parts(self, other: Here | Second) -> None:
        """Rebuild, then solve neighbourhoods."""
        self._better(next(share for most, share in REBUILT if len(self.field.units.size) <= most))
        if not self.best:  # nothing to polish yet
            self._better(1.0)
        polish = self._polish(other)
        while not self.budget.over() and self.score < self.bound:
            polish.step(self.budget)
            self._remember()

    def _whole(self, other: Here | Second) -> None:
        """Rebuild while the linear programme is solved beside; then dives there, neighbourhoods here."""
        seconds = self.budget.slice(2**30, WHOLE_SHARE)
        other.begin(Whole(self.problem, self.near(), int(self.chance.integers(2**31)), seconds))
        self._better(WHOLE_SHARE, other)
        if self.budget.stopped():  # whoever stops a search does not wait for what is half done beside it
            return
        self.bound = min(self.bound, other.result())
        self.budget.report(self.score, self.bound)
        while not self.budget.over() and self.score < self.bound:
            other.begin(Dive(self.meetings(), self.budget.slice(2**30)))
            self._meanwhile(other)
            if self.budget.stopped():
                return
            self._hear(other.result())

    def _meanwhile(self, other: Here | Second) -> None:
        """Neighbourhoods here while there is a dive beside; so many where iterations are counted."""
        polish, done = self._polish(None), 0
        counted = self.budget.seconds is None
        while not self.budget.over() and (done < BESIDE if counted else not other.ready()):
            polish.step(self.budget)
            self._remember()
            done += 1

    def _hear(self, answer: list[Meeting]) -> None:
        """Take an answer if it is better."""
        groups = [self.board.as_group(meeting) for meeting in answer]
        if sum(group.worth for group in groups) // SCALE > self.worth:
            self.board.show(groups)
        self._remember()

    def near(self) -> Near:
        """The best prices in points, per seeker."""
        unit, starter, slot = (part / SCALE for part in self.pricing.kept)
        return Near(np.append(unit, 0.0)[self.field.units.of], starter, slot)

    def _start(self) -> None:
        many = len(self.field.units.size) > MANY
        rough = self.pricing.rough(FIRST[many], self.budget.cut)  # they do for a first answer
        self._fill(lambda: self._greedy(*rough))
        share = PRICE_SHARE[many]
        self._price(1, share)
        if not self.budget.over():  # whoever stops soon has the better answer
            self._fill(lambda: self._greedy(*self.pricing.best[:2]))
        while self.budget.share() < share and not self.budget.over() and not self.pricing.done:
            self._price(LOOKS, share)
        if not self.budget.over():
            until = DIVE_SHARE[many]
            self._fill(lambda: dive(self.board, self.pricing, self.chance, lambda: self._late(until)))
        self.board.show(self.best)

    def _price(self, looks: int, share: float) -> None:
        self.pricing.run(looks, lambda: self._late(share))
        self.bound = self.pricing.best.bound
        self.budget.tick(self.score, self.bound)

    def _late(self, share: float) -> bool:
        """Whether to break off what may take this share of the budget."""
        return self.budget.cut() or self.budget.cut_at(share)

    def _fill(self, groups: Callable[[], None]) -> None:
        """A board from nothing: new groups, then the open ones."""
        self.board.clear()
        groups()
        for at in range(len(self.field.problem.opens)):
            self.board.join(at)
        self._remember()

    def _greedy(self, unit: np.ndarray, fees: np.ndarray) -> None:
        """Groups at these prices: first those that gain, then all."""
        for share, lift in (1.0, 0), (1.0, LIFT), (0.0, LIFT):
            some = self.chance.permutation(self.board.empty())
            self.board.fill(some, _times(unit, share), _times(fees, share), lift, at_once=True)

    def _remember(self) -> None:
        points = self.board.worth // SCALE
        if points > self.worth or not self.best:
            self.best, self.worth = self.board.groups(), points
            self.score = points - self.field.favoured(self.board.seats.owner != EMPTY)
        self.budget.tick(self.score, self.bound if self.bound < UNKNOWN else None)

    def _polish(self, other: Here | Second | None) -> Polish:
        self.board.show(self.best)
        return Polish(self.board, self.chance, self.near(), other)

    def _better(self, until: float, other: Here | Second | None = None) -> None:
        """Rebuild up to a share of the budget; or until the other is ready, unless iterations are counted."""
        sheets = self.sheets()
        while not self.budget.over() and self.budget.share() < until and self.score < self.bound:
            if other and self.budget.seconds is not None and other.ready():
                break
            self.round(*sheets, warm=max(0.0, 1 - self.budget.share() / until))
        self.board.gather()

    def round(self, prices: np.ndarray, fees: np.ndarray, warm: float) -> None:
        """A burst of rebuildings in both lanes. warm: share of WARM by which the answer may worsen."""
        split(self.board, self.chance)
        self.aims, self.warmth = aims(self.board, self.pricing.best, self.chance), SCALE * WARM * warm
        each(lambda lane: self._burst(lane, prices, fees), range(LANES))
        self._remember()

    def sheets(self) -> tuple[np.ndarray, np.ndarray]:
        """Prices of units and starters to rebuild by: a share of the best prices, shaken."""
        p, share = self.pricing.best, LOW + (1 - LOW) * self.chance.random(SHEETS)
        shaken = self.chance.integers(0, SCALE * JITTER, (SHEETS, len(p.unit)))
        fees = (p.starter * share[:, None, None]).astype(np.int64)
        return (p.unit * share[:, None]).astype(np.int64) + shaken, fees

    def _burst(self, lane: int, prices: np.ndarray, fees: np.ndarray) -> None:
        f, board = self.field, self.board
        times = BURST + len(f.units.size) // 3
        rebuild.rebuild(
            times, lane + 1, self.aims[lane], self.lots[lane], self.warmth, f.digital, f.table, f.people,
            f.rules(f.terms.bonus), tuple(f.work[lane]), board.spare, board.lists, *f.spots, prices, fees,
            STEPS, tuple(board.seats), board.lane_rows, self.hits[lane],
        )  # fmt: skip

    def meetings(self) -> list[Meeting]:
        """The best groups found."""
        return self.board.meetings(self.best)


def _times(price: np.ndarray, share: float) -> np.ndarray:
    return price if share == 1.0 else (price * share).astype(np.int64)

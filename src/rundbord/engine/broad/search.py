"""The broad search: prices, a priced greedy start, then ruin and recreate until the budget is spent."""

from __future__ import annotations

import numpy as np

from ..budget import Budget
from ..meetings import Meeting
from ..problem import Problem
from .board import Board, Group
from .field import Field
from .polish import Polish
from .prices import Pricing

PRICE_SHARE = 0.25  # of the budget at most
KIN = 5  # fewer groups than this are taken apart at once, beside the one at the place
NEAR = 24  # places tried when groups are rebuilt
JITTER = 400  # points by which people's prices are shaken, so that others come to the top
LOW = 0.4  # least share of the prices asked when groups are rebuilt
WARM = 1500  # points by which an answer may worsen at first, on average
POLISHED = 3000  # people up to whom exact neighbourhoods pay best
POLISH_FROM = (
    0.9,
    0.35,
)  # share of the budget after which neighbourhoods are solved exactly: larger, smaller
BURST = 50  # rebuildings between two reports


class Broad:
    """One search over a large instance."""

    def __init__(self, problem: Problem, seed: int, budget: Budget) -> None:
        self.budget, self.chance = budget, np.random.Generator(np.random.PCG64(seed))
        self.field = Field(problem)
        self.pricing = Pricing(self.field)
        self.board = Board(self.field)
        self.bound = 2**60
        self.best: list[Group] = []
        self.jitter = self.chance.integers(0, 16 * JITTER, (8, len(self.field.units.size)))
        self.score = 0

    def run(self) -> None:
        """Search until the budget is spent."""
        self._start()
        small = len(self.field.units.size) <= POLISHED
        self._better(POLISH_FROM[small])
        self._polish()

    def _start(self) -> None:
        self._price(25)
        self._greedy()
        while self.budget.share() < PRICE_SHARE and not self.budget.over() and self.pricing.length > 1e-4:
            self._price(25)
        first = self.score
        self._clear()
        self._greedy()
        if self.score < first:
            self._restore()

    def _price(self, steps: int) -> None:
        if not self.budget.over() or self.bound == 2**60:
            self.pricing.run(steps, self.budget.cut)
            self.bound = self.pricing.best.bound
            self.budget.tick(self.score, self.bound)

    def _greedy(self) -> None:
        p, everywhere = self.pricing.best, np.arange(len(self.field.places.room))
        quiet = np.zeros(len(everywhere), dtype=np.int64)
        for share in (1.0, 0.0):
            open_ = everywhere[(self.board.at_place < 0)]
            self.board.fill(open_, quiet[: len(open_)], _times(p.unit, share), _times(p.starter, share))
        for at in range(len(self.field.problem.opens)):
            self.board.join(at)
        self._remember()

    def _remember(self) -> None:
        points = self.board.worth // 16
        if points > self.score or not self.best:
            self.best, self.score = list(self.board.groups.values()), points
        self.budget.tick(self.score, self.bound)

    def _clear(self) -> None:
        for number in list(self.board.groups):
            self.board.remove(number)

    def _restore(self) -> None:
        self._clear()
        for group in self.best:
            self.board.add(group)

    def _polish(self) -> None:
        self._restore()
        polish = Polish(self.board, self.chance)
        while not self.budget.over() and self.score < self.bound:
            polish.step(self.budget)
            self._remember()

    def _better(self, until: float) -> None:
        while not self.budget.over() and self.budget.share() < until and self.score < self.bound:
            for _ in range(BURST):
                self._rebuild()
                if self.budget.cut():
                    break
            self._remember()

    def _rebuild(self) -> None:
        """Take some groups near one place apart and build anew; keep it unless it is worse."""
        seat = self._anywhere()
        if seat is None:
            return
        before = self.board.worth
        old = [self.board.remove(number) for number in self._around(seat)]
        units = [u for group in old for u in group.units]
        share = LOW + (1 - LOW) * self.chance.random()
        p = self.pricing.best
        some = self._near(seat, units, old)
        noise = self.chance.integers(0, 1 + int(16 * 1500 * self.chance.random()), len(some))
        price = _times(p.unit, share) + self.jitter[int(self.chance.integers(len(self.jitter)))]
        new = self.board.fill(some, noise, price, _times(p.starter, share))
        open_ = some[(self.board.at_place[some] < 0)]
        zero = np.zeros_like(p.unit), np.zeros_like(p.starter)
        new += self.board.fill(open_, noise[: len(open_)] * 0, *zero)
        joined = [self.board.join(group.place) for group in old if group.bucket < 0]
        new += [number for number in joined if number is not None]
        if self.board.worth < before - self._patience():
            for number in new:
                self.board.remove(number)
            for group in old:
                self.board.add(group)

    def _patience(self) -> int:
        """How much worse (scaled) may be kept: much at first, nothing at the end."""
        return int(16 * WARM * (1 - self.budget.share()) * self.chance.exponential())

    def _anywhere(self) -> int | None:
        """A place that some unit, most often one not seated, could come to."""
        ptr, place = self.field.spots
        for _ in range(20):
            unit = int(self.chance.integers(len(self.board.free))) if len(self.board.free) else -1
            if unit < 0:
                return None
            if ptr[unit + 1] > ptr[unit] and (self.board.free[unit] or self.chance.random() < 0.3):
                return int(place[int(self.chance.integers(ptr[unit], ptr[unit + 1]))])
        return None

    def _around(self, seat: int) -> list[int]:
        """The group at the place and some of those whose members could come there."""
        places = self.field.places
        owners = self.board.owner[places.unit[places.ptr[seat] : places.ptr[seat + 1]]]
        owners = np.unique(owners[owners >= 0])
        count = min(len(owners), int(self.chance.integers(1, KIN)))
        chosen = set(self.chance.choice(owners, count, replace=False).tolist()) if count else set()
        here = int(self.board.at_place[seat])
        return sorted(chosen | {here} - {-1})

    def _near(self, seat: int, units: list[int], old: list[Group]) -> np.ndarray:
        """Free places where most of the units set free could come, those of the old groups first."""
        ptr, place = self.field.spots
        reach = (
            np.concatenate([place[ptr[u] : ptr[u + 1]] for u in units]) if units else np.zeros(0, np.int64)
        )
        found, count = np.unique(reach, return_counts=True)
        rank = np.argsort(-(count + self.chance.random(len(count)) * 3), kind="stable")[:NEAR]
        some = np.union1d(found[rank], [seat, *(g.place for g in old if g.bucket >= 0)]).astype(np.int64)
        return some[self.board.at_place[some] < 0]

    def meetings(self) -> list[Meeting]:
        """The best groups found."""
        return self.board.meetings(self.best)


def _times(price: np.ndarray, share: float) -> np.ndarray:
    return price if share == 1.0 else (price * share).astype(np.int64)

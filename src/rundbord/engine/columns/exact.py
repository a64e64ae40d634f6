"""Matching by column generation with proof: root, dives, then branch and price."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .. import places as place_lists
from .. import units as unit_lists
from ..budget import Budget
from ..meetings import Meeting
from ..problem import Problem
from . import pricing, templates
from .dive import dive
from .greedy import greedy
from .near import Approach, Near
from .node import Generator
from .tree import Tree

ROOT_SHARE = 0.5  # of the time for the linear programme at most; the rest is for whole answers
DIVES = 3
AROUND = 3
FRUITLESS = 50  # dives without betterment after the last node before the search ends unproven
WHOLE = 60  # nodes between two whole-number programmes,
WIDE = 0.002  # which pay only while the bound is above the score by more than this share of it
NODES = 200  # nodes of one whole-number programme when iterations are counted instead of seconds


class Exact:
    """One search. `tree.bound` is proven at every moment; `meetings()` are the best groups so far.

    near: prices to begin with, where some are known.
    """

    def __init__(self, problem: Problem, seed: int, budget: Budget, near: Near | None = None) -> None:
        units = unit_lists.build(problem)
        places = place_lists.build(problem, units)
        table = templates.build(problem, units, places)
        self.generator = Generator(problem, units, table, pricing.clashes(problem, units))
        self.tree, self.budget, self.random = Tree(self.generator), budget, Random(seed)
        self.near = near

    def run(self) -> None:
        """Search until proven or out of budget."""
        self._first()
        self.root(lambda: self.budget.stopped() or self.budget.cut_at(ROOT_SHARE))
        self._tell()
        self._dives(DIVES)
        self._around(AROUND)
        self._tree()

    def _tree(self) -> None:
        """Visit node after node; where none is left and yet nothing is proven, dive some more."""
        fruitless = 0
        while not self.budget.over() and not self.proven() and fruitless < FRUITLESS:
            if not self.tree.step(self.budget.cut):
                before = self.tree.score
                self._around(1)
                fruitless = 0 if self.tree.score > before else fruitless + 1
            self._tell()
            if self.tree.nodes % 10 == 0:
                self._around(2)
            if self.tree.nodes % WHOLE == 0 and self.tree.bound > (1 + WIDE) * self.tree.score:
                self._whole(2.0)

    def _first(self) -> None:
        groups = greedy(self.generator, lambda some: self.tree.starters(some) is not None, self.budget.cut)
        self.generator.master.add(groups)
        self.tree.offer(groups)

    def root(self, stop: Callable[[], bool]) -> None:
        """The linear programme; afterwards `bound` is its worth, or what was proven until stopped."""
        known = Approach(self.generator, self.near).run(stop) if self.near else 2**60
        self.tree.root(stop, known)

    @property
    def bound(self) -> int:
        """No solution is worth more."""
        return self.tree.bound

    def proven(self) -> bool:
        """Whether no better solution exists."""
        return self.tree.bound <= self.tree.score

    def _dives(self, count: int) -> None:
        for number in range(count):
            if self.budget.over() or self.proven():
                return
            self.tree.offer(dive(self.generator, self.random, 0.5 if number else 0.0, self.budget.cut))
            self._tell()

    def _around(self, count: int) -> None:
        """Keep some of the best groups, dive for the others."""
        for _ in range(count):
            if self.budget.over() or self.proven() or not self.tree.best:
                return
            share = self.random.uniform(0.3, 0.8)
            kept = [column for column in self.tree.best if self.random.random() < share]
            self.tree.offer(dive(self.generator, self.random, 0.4, self.budget.cut, kept))
            self._tell()

    def _whole(self, seconds: float) -> None:
        if not self.budget.over() and not self.proven():
            allowed = self.budget.slice(seconds, 0.2)
            self.tree.offer(self.generator.master.whole(allowed, NODES if allowed is None else None))
            self._tell()

    def _tell(self) -> None:
        self.budget.tick(self.tree.score, self.tree.bound)

    def meetings(self) -> list[Meeting]:
        """The best groups so far, with starters."""
        columns = self.tree.best
        starters = iter(self.tree.starters(columns) or [])
        klass = self.generator.templates.klass
        return [
            self.generator.meeting(c.template, c.units, next(starters) if klass[c.template] >= 0 else -1)
            for c in columns
        ]

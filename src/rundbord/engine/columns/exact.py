"""Matching by column generation with proof: root, dives, a whole-number programme, then branch and price."""

from __future__ import annotations

from random import Random

from .. import places as place_lists
from .. import units as unit_lists
from ..budget import Budget
from ..meetings import Meeting
from ..problem import Problem
from . import pricing, templates
from .dive import dive
from .node import Generator
from .tree import Tree

DIVES = 6
NODES = 200  # nodes of one whole-number programme when iterations are counted instead of seconds


class Exact:
    """One search. `tree.bound` is proven at every moment; `meetings()` are the best groups so far."""

    def __init__(self, problem: Problem, seed: int, budget: Budget) -> None:
        units = unit_lists.build(problem)
        places = place_lists.build(problem, units)
        table = templates.build(problem, units, places)
        self.generator = Generator(problem, units, table, pricing.clashes(problem, units))
        self.tree, self.budget, self.random = Tree(self.generator), budget, Random(seed)

    def run(self) -> None:
        """Search until proven or out of budget."""
        self.tree.root(self.budget.cut)
        self._tell()
        self._dives(DIVES)
        self._whole(3.0)
        while not self.budget.over() and not self.proven():
            if not self.tree.step(self.budget.cut):
                break
            self._tell()
            if self.tree.nodes % 40 == 0:
                self._dives(1)
                self._whole(2.0)

    def proven(self) -> bool:
        """Whether no better solution exists."""
        return self.tree.bound <= self.tree.score

    def _dives(self, count: int) -> None:
        for number in range(count):
            if self.budget.over() or self.proven():
                return
            self.tree.offer(dive(self.generator, self.random, 0.5 if number else 0.0, self.budget.cut))
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

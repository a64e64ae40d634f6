"""Branch and price: split on the number of groups, then on kinds of group, then on who is in which kind."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable

import numpy as np

from .agents import assign
from .master import Branch, Column
from .node import Generator, Limits

WHOLE = 1e-6


class Tree:
    """Best-first search. `best` and `score` are the best groups so far, `bound` is proven at every moment.

    floor: bound of nodes given up (search stopped, or nothing left to split on).
    """

    def __init__(self, generator: Generator, enough: int = 0) -> None:
        self.generator, self.score = generator, enough
        self.best: list[Column] = []
        self.open: list[tuple[int, int, Limits]] = []
        self.number = itertools.count()
        self.bound, self.floor, self.nodes = 2**60, 0, 0
        self.rows: dict[bytes, int] = {}

    def root(self, stop: Callable[[], bool], known: int = 2**60) -> None:
        """Solve the root; afterwards `bound` is the linear programme's, or `known` if that is lower."""
        self._visit(Limits(), known, stop)

    def step(self, stop: Callable[[], bool]) -> bool:
        """Visit the most promising node; False if there is none, and then `score` is proven best."""
        self._settle()
        if not self.open:
            return False
        bound, _, limits = heapq.heappop(self.open)
        self._visit(limits, -bound, stop)
        self._settle()
        return True

    def _settle(self) -> None:
        while self.open and -self.open[0][0] <= self.score:
            heapq.heappop(self.open)
        self.bound = max(self.score, self.floor, -self.open[0][0] if self.open else 0)

    def _visit(self, limits: Limits, known: int, stop: Callable[[], bool]) -> None:
        self.nodes += 1
        g = self.generator
        g.enter(limits)
        bound = min(known, g.close(self.score, 10_000, stop))
        if bound > self.score:
            use = g.master.use()
            self._take(use)
            self._divide(limits, bound, use, stop())
        self._settle()

    def _divide(self, limits: Limits, bound: int, use: np.ndarray, stopped: bool) -> None:
        """Queue the two halves; a node cut short or without a way to split keeps its bound."""
        children = [] if stopped or bound <= self.score else self._split(limits, use)
        for child in children:
            heapq.heappush(self.open, (-bound, next(self.number), child))
        if not children:
            self.floor = max(self.floor, bound)

    def _take(self, use: np.ndarray) -> None:
        """Remember a whole-number answer of the linear programme."""
        if np.abs(use - np.rint(use)).max(initial=0) < WHOLE:
            self.offer([c for c, u in zip(self.generator.master.columns, use, strict=True) if u > 0.5])

    def offer(self, columns: list[Column]) -> bool:
        """Take these groups if they are worth more than the best so far and starters can be found."""
        worth = sum(c.worth for c in columns)
        if worth <= self.score or self.starters(columns) is None:
            return False
        self.score, self.best = worth, columns
        return True

    def starters(self, columns: list[Column]) -> list[int] | None:
        """A starter for each of the groups that want one, in order."""
        t = self.generator.templates
        klass = [int(t.klass[c.template]) for c in columns if t.klass[c.template] >= 0]
        wanted = [(int(t.cl_slot[k]), t.starter[t.cl_ptr[k] : t.cl_ptr[k + 1]].tolist()) for k in klass]
        return assign(wanted, self.generator.problem.starters.capacity.tolist())

    def _split(self, limits: Limits, use: np.ndarray) -> list[Limits]:
        """On the number of groups, of people, of groups of a kind, then on who is in which kind."""
        return (
            self._split_total(limits, use)
            or self._split_people(limits, use)
            or self._split_kind(limits, use)
            or self._split_seat(limits, use)
        )

    def _split_total(self, limits: Limits, use: np.ndarray) -> list[Limits]:
        return self._around(limits, self._covering(self.generator.templates.open < 0), use)

    def _split_people(self, limits: Limits, use: np.ndarray) -> list[Limits]:
        none = np.zeros(len(self.generator.templates.slot), dtype=np.int64)
        return self._around(limits, Branch(none, self.generator.units.size), use)

    def _split_kind(self, limits: Limits, use: np.ndarray) -> list[Limits]:
        kind = self.generator.kind
        amount = np.bincount(kind[self._template()], weights=use, minlength=int(kind.max(initial=0)) + 1)
        worst = int(np.argmax(_fraction(amount))) if len(amount) else 0
        return self._around(limits, self._covering(kind == worst), use) if len(amount) else []

    def _covering(self, covers: np.ndarray) -> Branch:
        """A row that counts the groups of some templates."""
        return Branch(covers.astype(np.int64), np.zeros(len(self.generator.units.size), dtype=np.int64))

    def _around(self, limits: Limits, branch: Branch, use: np.ndarray) -> list[Limits]:
        """The two halves: at most so many, and at least one more; none if the number is whole already."""
        amount = float(use @ self.generator.master.counts(branch))
        if abs(amount - round(amount)) < WHOLE:
            return []
        key = branch.template.tobytes() + branch.unit.tobytes()
        if key not in self.rows:
            self.rows[key] = self.generator.master.branch(branch)
        row = self.rows[key]
        low, high = next(((lo, hi) for r, lo, hi in limits.groups if r == row), (-np.inf, np.inf))
        others = tuple(g for g in limits.groups if g[0] != row)
        down, up = float(np.floor(amount)), float(np.ceil(amount))
        return [
            Limits((*others, (row, low, down)), limits.seats),
            Limits((*others, (row, up, high)), limits.seats),
        ]

    def _split_seat(self, limits: Limits, use: np.ndarray) -> list[Limits]:
        amount: dict[tuple[int, int], float] = {}
        for column, share in zip(self.generator.master.columns, use.tolist(), strict=True):
            if share > WHOLE:
                kind = int(self.generator.kind[column.template])
                for unit in column.units:
                    amount[unit, kind] = amount.get((unit, kind), 0.0) + share
        worst = max(amount, key=lambda key: (_fraction(amount[key]), key), default=None)
        if worst is None or _fraction(amount[worst]) < WHOLE:
            return []
        return [Limits(limits.groups, (*limits.seats, (*worst, must))) for must in (True, False)]

    def _template(self) -> np.ndarray:
        return self.generator.master.pool.template()


def _fraction(amount):
    return np.abs(amount - np.rint(amount))

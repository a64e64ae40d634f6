"""The linear programme over the groups found so far (HiGHS), and its whole-number version.

Rows: every unit once, every room-slot and open group once, a starter once per slot and as often as she can.
Beside the groups there are variables "starter i serves class c"; a class row ties them to the groups.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import highspy
import numpy as np

from .pool import Column, Pool
from .pricing import SCALE, Prices
from .templates import Templates

INF = highspy.kHighsInf
DUAL, PRIMAL = 1, 4  # of the simplex method: dual after limits were moved, primal after groups were added
LACK = (
    1e8  # penalty for a demanded person or group that is missing; above any worth, so it marks "impossible"
)


class Branch(NamedTuple):
    """How often a branch row counts a group: by its template, and for each of its units."""

    template: np.ndarray
    unit: np.ndarray


class Duals(NamedTuple):
    """Scaled whole prices, none below 0: per unit, (starter, slot) pair of `Master.meets`, starter."""

    unit: np.ndarray
    meeting: np.ndarray
    starter: np.ndarray


class Rows(NamedTuple):
    """First row of each kind, and the number of rows."""

    use: int
    slot: int
    capacity: int
    klass: int
    total: int


def quiet() -> highspy.Highs:
    """A solver that prints nothing and uses one thread, so that the same input gives the same answer."""
    solver = highspy.Highs()
    for key, value in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("parallel", "off")):
        solver.setOptionValue(key, value)
    return solver


class Master:
    """Keeps the programme warm while columns and rows are added."""

    def __init__(self, templates: Templates, units: int, capacity: np.ndarray) -> None:
        self.templates, self.units, self.capacity = templates, units, np.minimum(capacity, 10**6)
        self.pool = Pool(units)
        self.columns = self.pool.columns
        self.at: list[int] = []
        self.branches: list[Branch] = []
        self.moved = False
        self.limits: list[tuple[float, float]] = []
        self.lack: list[int] = []
        serve = _services(templates)
        self.serve_class, self.serve_starter = serve
        self.meets = _meetings(templates, *serve)
        pairs = zip(self.serve_class.tolist(), self.serve_starter.tolist(), strict=True)
        meeting = [self.meets[(i, int(templates.cl_slot[c]))] for c, i in pairs]
        self.serve_meeting = np.array(meeting, dtype=np.int64)
        self.rows = _rows(units, templates, len(self.meets), len(capacity))
        self.solver = quiet()
        self._build()

    def _build(self) -> None:
        r, solver = self.rows, self.solver
        top = np.ones(r.total)
        top[r.capacity : r.klass] = np.maximum(0, self.capacity)
        top[r.klass :] = 0
        for bound in top.tolist():
            solver.addRow(-INF, bound, 0, [], [])
        slots = self.templates.cl_slot
        for klass, starter in zip(self.serve_class.tolist(), self.serve_starter.tolist(), strict=True):
            meeting = self.meets[(starter, int(slots[klass]))]
            rows = [r.slot + meeting, r.capacity + starter, r.klass + klass]
            solver.addCol(0.0, 0.0, INF, 3, np.array(rows, dtype=np.int32), np.array([1.0, 1.0, -1.0]))
        for unit in range(self.units):
            solver.addCol(LACK, 0.0, 0.0, 1, np.array([unit], dtype=np.int32), np.ones(1))
        self.must = np.zeros(self.units, dtype=bool)

    def add(self, columns: Sequence[Column]) -> int:
        """Add groups; returns how many were not there already."""
        new = list({c[:2]: c for c in columns if c[:2] not in self.pool.number}.values())
        self.at += range(self.solver.getNumCol(), self.solver.getNumCol() + len(new))
        rows = [self._rows_of(c) for c in new]
        for column in new:
            self.pool.add(column)
        if new:
            start = np.cumsum([0, *(len(r) for r, _ in rows)])
            self.solver.addCols(
                len(new), -np.array([c.worth for c in new], dtype=np.float64), np.zeros(len(new)),
                np.full(len(new), INF), int(start[-1]), start[:-1].astype(np.int32),
                np.concatenate([r for r, _ in rows]).astype(np.int32), np.concatenate([v for _, v in rows]),
            )  # fmt: skip
        return len(new)

    def forget(self, count: int) -> None:
        """Keep only the first `count` groups; no branch may have been made since there were so many."""
        first = self.at[count] if count < len(self.at) else self.solver.getNumCol()
        last = self.solver.getNumCol() - 1
        if first <= last:
            self.solver.deleteCols(last - first + 1, np.arange(first, last + 1, dtype=np.int32))
        del self.at[count:]
        self.pool.forget(count)

    def _rows_of(self, column: Column) -> tuple[list[int], list[float]]:
        """The rows of a group and how often it counts there."""
        t, r, at = self.templates, self.rows, column.template
        rows = list(column.units)
        if t.row[at] >= 0:
            rows.append(r.use + int(t.row[at]))
        if t.klass[at] >= 0:
            rows.append(r.klass + int(t.klass[at]))
        counts, units = [1.0] * len(rows), list(column.units)
        for number, branch in enumerate(self.branches):
            count = int(branch.template[at] + branch.unit[units].sum())
            if count:
                rows.append(r.total + number)
                counts.append(float(count))
        return rows, counts

    def branch(self, branch: Branch) -> int:
        """A row over some groups, without limits yet; returns its number."""
        count = branch.template[self.pool.template()] + self.pool.holds() @ branch.unit
        own = np.flatnonzero(count)
        self.solver.addRow(
            -INF, INF, len(own), np.array(self.at, dtype=np.int32)[own], count[own].astype(np.float64)
        )
        row = np.array([self.solver.getNumRow() - 1], dtype=np.int32)
        self.lack.append(self.solver.getNumCol())
        self.solver.addCol(LACK, 0.0, INF, 1, row, np.ones(1))
        self.branches.append(branch)
        self.limits.append((-INF, INF))
        return len(self.branches) - 1

    def counts(self, branch: Branch) -> np.ndarray:
        """How often a branch row counts each group found so far."""
        return branch.template[self.pool.template()] + self.pool.holds() @ branch.unit

    def limit(self, branch: int, low: float = -INF, high: float = INF) -> None:
        """Between `low` and `high` groups of the templates of a branch row."""
        if self.limits[branch] != (low, high):
            self.limits[branch] = (low, high)
            self.solver.changeRowBounds(self.rows.total + branch, low, high)
            self.moved = True

    def seat(self, must: np.ndarray) -> None:
        """Which units must be placed (at a penalty nothing can outweigh)."""
        for unit in np.flatnonzero(must != self.must).tolist():
            self.solver.changeRowBounds(unit, 1.0 if must[unit] else -INF, 1.0)
            self.solver.changeColBounds(len(self.serve_class) + unit, 0.0, INF if must[unit] else 0.0)
        self.must = must.copy()

    def allow(self, allowed: np.ndarray, fixed: np.ndarray | None = None) -> None:
        """Which groups may be used, and which must be."""
        at = np.array(self.at, dtype=np.int32)
        low = np.zeros(len(at)) if fixed is None else fixed.astype(np.float64)
        self.solver.changeColsBounds(len(at), at, low, np.where(allowed | (low > 0), INF, 0.0))

    def solve(self) -> bool:
        """Solve the linear programme; False if the solver gave up."""
        self.solver.setOptionValue("simplex_strategy", DUAL if self.moved else PRIMAL)
        self.moved = False
        self.solver.run()
        status = self.solver.getModelStatus()
        return status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)

    def use(self) -> np.ndarray:
        """How much of every group the linear programme uses."""
        return np.array(self.solver.getSolution().col_value)[self.at] if self.at else np.zeros(0)

    def prices(self) -> tuple[Prices, int]:
        """Scaled whole prices near the duals, and their cost: the bound less what any template still
        gains.
        """
        dual, own = self._dual(), self.duals()
        unit = np.where(self.must, dual[: self.rows.use], own.unit)
        (_, klass, template), cost = self.priced(own._replace(unit=unit))
        for number, branch in enumerate(self.branches):
            price, limit = self._branch_price(number, int(dual[self.rows.total + number]))
            if price:
                template -= branch.template * price
                unit += branch.unit * price
                cost += price * limit
        return Prices(unit, klass, template), cost

    def _dual(self) -> np.ndarray:
        return np.rint(-np.array(self.solver.getSolution().row_dual) * SCALE).astype(np.int64)

    def duals(self) -> Duals:
        """The programme's own prices, branches aside."""
        r, dual = self.rows, self._dual()
        parts = dual[: r.use], dual[r.slot : r.capacity], dual[r.capacity : r.klass]
        return Duals(*(np.maximum(part, 0) for part in parts))

    def priced(self, at: Duals) -> tuple[Prices, int]:
        """Any prices as pricing wants them, and their cost, branches aside."""
        cost = at.unit.sum() + at.meeting.sum() + (at.starter * np.maximum(0, self.capacity)).sum()
        none = np.zeros(len(self.templates.slot), dtype=np.int64)
        return Prices(at.unit, self._class_prices(at.meeting, at.starter), none), int(cost)

    def _branch_price(self, branch: int, price: int) -> tuple[int, int]:
        """(price, limit it is paid for); a price against a missing limit is none."""
        limit = self.limits[branch][1] if price > 0 else self.limits[branch][0]
        return (price, int(limit)) if math.isfinite(limit) else (0, 0)

    def _class_prices(self, slot: np.ndarray, cap: np.ndarray) -> np.ndarray:
        out = np.full(len(self.templates.cl_slot), 2**50, dtype=np.int64)
        np.minimum.at(out, self.serve_class, slot[self.serve_meeting] + cap[self.serve_starter])
        return out

    def whole(self, seconds: float | None, nodes: int | None = None) -> list[Column]:
        """The best whole-number choice found among all groups, without any branching limits."""
        solver = self._free_copy()
        if not self.columns:
            return []
        at = np.array(self.at, dtype=np.int32)
        solver.changeColsIntegrality(len(at), at, np.full(len(at), highspy.HighsVarType.kInteger))
        for key, value in (("time_limit", seconds), ("mip_max_nodes", nodes), ("mip_rel_gap", 0.0)):
            if value is not None:
                solver.setOptionValue(key, value)
        solver.run()
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return []
        use = np.array(solver.getSolution().col_value)[self.at]
        return [self.columns[i] for i in np.flatnonzero(use > 0.5).tolist()]

    def _free_copy(self) -> highspy.Highs:
        solver = quiet()
        solver.passModel(self.solver.getModel())
        for branch in range(len(self.branches)):
            solver.changeRowBounds(self.rows.total + branch, -INF, INF)
            solver.changeColBounds(self.lack[branch], 0.0, 0.0)
        for unit in np.flatnonzero(self.must).tolist():
            solver.changeRowBounds(unit, -INF, 1.0)
            solver.changeColBounds(len(self.serve_class) + unit, 0.0, 0.0)
        at = np.array(self.at, dtype=np.int32)
        solver.changeColsBounds(len(at), at, np.zeros(len(at)), np.full(len(at), INF))
        return solver


def _services(t: Templates) -> tuple[np.ndarray, np.ndarray]:
    klass = np.repeat(np.arange(len(t.cl_slot)), np.diff(t.cl_ptr))
    return klass, t.starter


def _meetings(t: Templates, klass: np.ndarray, starter: np.ndarray) -> dict[tuple[int, int], int]:
    """Numbers of the (starter, slot) pairs that occur."""
    out: dict[tuple[int, int], int] = {}
    for c, i in zip(klass.tolist(), starter.tolist(), strict=True):
        out.setdefault((i, int(t.cl_slot[c])), len(out))
    return out


def _rows(units: int, t: Templates, meetings: int, starters: int) -> Rows:
    slot = units + t.rows
    capacity = slot + meetings
    klass = capacity + starters
    return Rows(units, slot, capacity, klass, klass + len(t.cl_slot))

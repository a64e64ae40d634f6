"""A programme in whole numbers, put together column by column and row by row."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import highspy
import numpy as np

Entries = list[tuple[int, float]]


class Programme:
    """Columns are 0 or 1; the sum of their worths is to be as large as possible."""

    def __init__(self) -> None:
        self.worth: list[float] = []
        self.rows: list[tuple[float, float, Entries]] = []

    def column(self, worth: float) -> int:
        """A new column; returns its number."""
        self.worth.append(worth)
        return len(self.worth) - 1

    def row(self, low: float, high: float, entries: Entries) -> None:
        """Keep a weighted sum of columns within limits."""
        self.rows.append((low, high, entries))

    def most(self, uses: Mapping[Any, Entries], limit: Callable[[Any], float]) -> None:
        """One row per key: its columns are used at most so often."""
        for key, entries in uses.items():
            self.row(-highspy.kHighsInf, limit(key), entries)

    def solve(self, seconds: float | None, seed: int) -> tuple[np.ndarray | None, int]:
        """(chosen columns as a mask, None if none was found in time; a proven bound)."""
        if not self.worth:
            return None, 0
        solver = highspy.Highs()
        for key, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", seed),
            ("mip_rel_gap", 0.0),
        ):
            solver.setOptionValue(key, value)
        solver.setOptionValue("time_limit", float(seconds or 3600))
        solver.passModel(self._model())
        solver.run()
        info = solver.getInfo()
        bound = (
            info.mip_dual_bound
            if math.isfinite(info.mip_dual_bound)
            else sum(max(0.0, w) for w in self.worth)
        )
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None, math.floor(bound + 1e-6 * abs(bound))
        return np.array(solver.getSolution().col_value) > 0.5, math.floor(bound + 1e-6 * abs(bound))

    def _model(self) -> highspy.HighsLp:
        lp, count = highspy.HighsLp(), len(self.worth)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.num_col_, lp.num_row_ = count, len(self.rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.array(self.worth), np.zeros(count), np.ones(count)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * count
        lp.row_lower_ = np.array([low for low, _, _ in self.rows], dtype=float)
        lp.row_upper_ = np.array([high for _, high, _ in self.rows], dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(entries) for _, _, entries in self.rows)])
        lp.a_matrix_.index_ = np.array([column for _, _, entries in self.rows for column, _ in entries])
        lp.a_matrix_.value_ = np.array([weight for _, _, entries in self.rows for _, weight in entries])
        return lp

"""Balanced k-means, then a room: people alike in place, time, topic and language are put into clusters of the
allowed size, and each cluster gets the best group that can be made of it.

The assignment under size limits is a transport problem, solved exactly each time (HiGHS).
"""

from __future__ import annotations

import highspy
import numpy as np

from rundbord.engine.meetings import Meeting
from rundbord.engine.problem import Problem
from rundbord.engine.solve import as_solution

from .answer import Answer, open_groups
from .scene import Scene, claim, seat

ROUNDS = 12
KILOMETRES = 10_000  # so many metres apart weigh as much as an evening not shared


def run(problem: Problem, seed: int = 1, seconds: float | None = None) -> Answer:
    """One clustering and what rooms it finds; the budget does not matter."""
    scene = Scene(problem)
    low, high = problem.policy.min_size, problem.policy.max_size
    means = scene.means()
    found = [m for crowd in clusters(traits(scene), low, high, seed) for m in _housed(scene, means, crowd)]
    taken = [m for meeting in found for m in meeting.members]
    return Answer(as_solution(problem, [*found, *open_groups(problem, taken)]))


def traits(scene: Scene) -> np.ndarray:
    """A row of numbers per unit, in which people who could meet are near each other."""
    u, s = scene.units, scene.problem.seekers
    first = u.member[u.ptr[:-1]]
    where = np.stack([s.x[first], s.y[first]], axis=1) / KILOMETRES
    can = [u.slot_value >= 0, u.frame_value >= 0, 2 * u.langs, 2 * s.digital[first][:, None]]
    return np.concatenate([where, *can], axis=1).astype(float)


def clusters(points: np.ndarray, low: int, high: int, seed: int) -> list[np.ndarray]:
    """Row numbers in clusters of low to high, as many as fill them to the middle."""
    count = round(len(points) / ((low + high) / 2))
    if not count or not count * low <= len(points) <= count * high:
        return [np.arange(len(points))] if len(points) >= low else []
    centres = points[np.random.Generator(np.random.PCG64(seed)).choice(len(points), count, replace=False)]
    mine = np.full(len(points), -1)
    for _ in range(ROUNDS):
        away = ((points[:, None, :] - centres[None]) ** 2).sum(axis=2)
        before, mine = mine, assigned(away, low, high)
        if (mine == before).all():
            break
        centres = np.stack([points[mine == c].mean(axis=0) for c in range(count)])
    return [np.flatnonzero(mine == c) for c in range(count)]


def assigned(away: np.ndarray, low: int, high: int) -> np.ndarray:
    """The cluster of each row, so that the sum of distances is least and every size is within the limits."""
    rows, count = away.shape
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = rows * count, rows + count
    lp.col_cost_ = away.ravel()
    lp.col_lower_, lp.col_upper_ = np.zeros(rows * count), np.ones(rows * count)
    lp.row_lower_ = np.concatenate([np.ones(rows), np.full(count, low)]).astype(float)
    lp.row_upper_ = np.concatenate([np.ones(rows), np.full(count, high)]).astype(float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = 2 * np.arange(rows * count + 1)
    row, cluster = np.divmod(np.arange(rows * count), count)
    lp.a_matrix_.index_ = np.stack([row, rows + cluster], axis=1).ravel()
    lp.a_matrix_.value_ = np.ones(2 * rows * count)
    solver = highspy.Highs()
    for key, value in (("output_flag", False), ("threads", 1), ("solver", "simplex")):
        solver.setOptionValue(key, value)
    solver.passModel(lp)
    solver.run()
    return np.array(solver.getSolution().col_value).reshape(rows, count).argmax(axis=1)


def _housed(scene: Scene, means: tuple[np.ndarray, ...], crowd: np.ndarray) -> list[Meeting]:
    """The best group of a cluster, which takes its room and starter; none if there is none."""
    row, chosen = np.empty(6, dtype=np.int64), np.full(len(crowd), -1, dtype=np.int64)
    if seat(scene.fixed, scene.terms, means, crowd.astype(np.int64), row, chosen) <= 0:
        return []
    claim(means, row)
    return [scene.meeting(row, chosen)]

"""A genetic algorithm in the manner of team makers: an order of all people, cut into teams of eight.

A team is worth what the best valid group among its members is worth (spare slots aside); one without is
worth nothing. Children take some teams from one parent and the order of the rest from the other.
"""

from __future__ import annotations

import time

import numpy as np
from numba import njit

from rundbord.engine import meetings as meet
from rundbord.engine.meetings import Meeting
from rundbord.engine.problem import Problem
from rundbord.engine.solve import as_solution

from .answer import Answer, open_groups
from .scene import Scene, claim, seat

POPULATION = 300
KEPT = 10  # of the best go on unchanged
RIVALS = 6  # the best of so many becomes a parent
SWAPS = 3  # at most, in a child


def run(problem: Problem, seed: int = 1, seconds: float | None = 10) -> Answer:
    """The best after so many seconds of breeding; open groups are filled from whoever is left."""
    scene, begun, course = Scene(problem), time.monotonic(), list[tuple[float, int]]()
    count = len(scene.units.size)
    if not count:
        return Answer(as_solution(problem, open_groups(problem)))
    start(seed)
    orders = np.stack([np.random.Generator(np.random.PCG64(seed + n)).permutation(count)
                       for n in range(POPULATION)])  # fmt: skip
    while not course or course[-1][0] < (seconds or 0):
        values = np.array([decoded(scene, order)[0] for order in orders])
        rank = np.argsort(-values, kind="stable")
        course.append((time.monotonic() - begun, int(values[rank[0]])))
        orders = bred(orders[rank], KEPT, RIVALS, SWAPS, problem.policy.max_size)
    return _answer(scene, orders[0], course)


def decoded(scene: Scene, order: np.ndarray) -> tuple[int, np.ndarray, np.ndarray]:
    """(worth, rows, units) of the groups of an order; see `seat`."""
    return teams(scene.fixed, scene.terms, scene.means(), order)


def _answer(scene: Scene, order: np.ndarray, course: list[tuple[float, int]]) -> Answer:
    _, rows, units = decoded(scene, order)
    found = [scene.meeting(row, chosen) for row, chosen in zip(rows, units, strict=True)]
    taken = [m for meeting in found for m in meeting.members]
    solution = as_solution(scene.problem, _worthy(scene.problem, found) + open_groups(scene.problem, taken))
    better: list[tuple[float, int]] = []
    for at, value in course:
        better += [(at, value)] if not better or value > better[-1][1] else []
    return Answer(solution, None, better)


def _worthy(problem: Problem, found: list[Meeting]) -> list[Meeting]:
    return [meeting for meeting in found if meet.worth(problem, meeting) > 0]


@njit(cache=True)
def start(seed):
    """Seed the compiled dice."""
    np.random.seed(seed)


@njit(cache=True)
def teams(f, terms, means, order):
    """Cut the order into teams and seat one after the other: (worth, rows, units)."""
    high = terms[1]
    most, made, worth = len(order), 0, np.int64(0)
    rows, units = np.empty((most, 6), dtype=np.int64), np.full((most, high), -1, dtype=np.int64)
    first, people = 0, 0
    for at in range(len(order) + 1):
        if at == len(order) or people + f.size[order[at]] > high:
            gain = seat(f, terms, means, order[first:at], rows[made], units[made])
            if gain > 0:
                claim(means, rows[made])
                worth, made = worth + gain, made + 1
            first, people = at, 0
        if at < len(order):
            people += f.size[order[at]]
    return worth, rows[:made], units[:made]


@njit(cache=True)
def parent(count, rivals):
    """The best of some drawn at random (the first are the best)."""
    best = count
    for _ in range(rivals):
        best = min(best, np.random.randint(0, count))
    return best


@njit(cache=True)
def bred(orders, kept, rivals, swaps, team):
    """The next generation of orders, which are sorted best first."""
    count, n = orders.shape
    out = np.empty_like(orders)
    out[:kept] = orders[:kept]
    for at in range(kept, count):
        mother, father = orders[parent(count, rivals)], orders[parent(count, rivals)]
        cut = team * np.random.randint(0, n // team + 1)
        end = min(n, cut + team * np.random.randint(1, n // team + 2))
        inherited = np.zeros(n, dtype=np.bool_)
        inherited[mother[cut:end]] = True
        rest = father[~inherited[father]]
        out[at, :cut], out[at, cut:end], out[at, end:] = rest[:cut], mother[cut:end], rest[cut:]
        for _ in range(np.random.randint(0, swaps + 1)):
            i, j = np.random.randint(0, n), np.random.randint(0, n)
            out[at, i], out[at, j] = out[at, j], out[at, i]
    return out

"""What a person with a list does: whoever has waited longest gets the first group that can be made around
her, in the nearest room, on the evening she likes best, about what she asked for first.

Open groups are filled first. A group takes the longest waiting who fit, until it is full. Nothing is undone.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rundbord.engine import meetings as meet
from rundbord.engine.meetings import Meeting
from rundbord.engine.problem import WOMEN, YOUNG, Problem
from rundbord.engine.solve import as_solution

from ..answer import Answer, open_groups
from . import around
from .queue import People, Rooms, Starters


def run(problem: Problem, seed: int = 1, seconds: float | None = None) -> Answer:
    """A solution; the seed and the budget do not matter."""
    joined = open_groups(problem)
    new = new_groups(problem, [m for meeting in joined for m in meeting.members])
    return Answer(as_solution(problem, [*joined, *new]))


def new_groups(problem: Problem, taken: Iterable[int]) -> list[Meeting]:
    """Groups made one after the other from those not taken; people from bundles are nobody's first."""
    queue = np.lexsort((np.arange(len(problem.seekers)), -problem.seekers.wait))
    free = problem.seekers.bundle < 0
    free[list(taken)] = False
    means = _means(problem)
    out = around.everybody(_people(problem, queue), free[queue], _rooms(problem), *means, _terms(problem))
    return [_meeting(problem, queue, row, members) for row, members in zip(*out, strict=True)]


def _people(problem: Problem, queue: np.ndarray) -> People:
    s = problem.seekers.take(queue)
    young, woman = s.age <= problem.policy.young_max_age, s.gender == 0
    ptr, blocked = _blocked(problem, queue)
    return People(s.x, s.y, s.max_m, s.physical, s.digital, s.access, s.liking, s.rank, s.langs,
                         WOMEN * woman + YOUNG * young, s.only.astype(np.int64), s.self_ok,
                         s.pc, s.muni, s.discretion, ptr, blocked)  # fmt: skip


def _blocked(problem: Problem, queue: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each place in the queue those she may not meet, as pointers and places."""
    place = np.empty(len(queue), dtype=np.int64)
    place[queue] = np.arange(len(queue))
    pairs = place[problem.blocked].reshape(-1, 2)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    return np.searchsorted(both[:, 0], np.arange(len(queue) + 1)), np.ascontiguousarray(both[:, 1])


def _rooms(problem: Problem) -> Rooms:
    r = problem.rooms
    return Rooms(r.x, r.y, r.accessible, r.capacity, r.free.copy())


def _means(problem: Problem) -> tuple[Starters, np.ndarray, np.ndarray]:
    """Starters, the slots they have left, and how many groups each may still start."""
    i = problem.starters
    able = Starters(i.x, i.y, i.max_m, i.physical, i.digital, i.langs, i.woman)
    return able, i.free.copy(), i.capacity.copy()


def _terms(problem: Problem) -> tuple[int, int, bool]:
    return problem.policy.min_size, problem.policy.max_size, problem.policy.self_start


def _meeting(problem: Problem, queue: np.ndarray, row: np.ndarray, members: np.ndarray) -> Meeting:
    room, slot, frame, lang, audience, starter = (int(v) for v in row)
    who = tuple(int(queue[m]) for m in members if m >= 0)
    at = room if room < len(problem.rooms) else None
    return Meeting(slot, frame, lang, audience, meet.room_venue(problem, at), who, at,
                   starter if starter >= 0 else None)  # fmt: skip

"""What a method gives back, and what several of the peers need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rundbord.engine import meetings as meet
from rundbord.engine.meetings import Meeting
from rundbord.engine.problem import WOMEN, YOUNG, Problem


@dataclass(frozen=True)
class Answer:
    """A solution of the format. bound: no solution is worth more, None if the method proves nothing.

    course: (seconds since the start, score) each time a better answer was told.
    """

    solution: dict[str, Any]
    bound: int | None = None
    course: list[tuple[float, int]] = field(default_factory=list)


def by_waiting(problem: Problem, seekers: Iterable[int]) -> list[int]:
    """The same seekers, who has waited longest first."""
    return sorted(map(int, seekers), key=lambda s: (-int(problem.seekers.wait[s]), s))


def open_groups(problem: Problem, taken: Iterable[int] = ()) -> list[Meeting]:
    """Newcomers for open groups, in the order of waiting, from those not taken."""
    left = np.ones(len(problem.seekers), dtype=bool)
    left[list(taken)] = False
    found = []
    for at in range(len(problem.opens)):
        members: tuple[int, ...] = ()
        for seeker in by_waiting(problem, newcomers(problem, at, np.flatnonzero(left))):
            room_left = len(members) < problem.opens.free[at]
            if room_left and not any(meet.apart(problem, seeker, m) for m in members):
                members = (*members, seeker)
        left[list(members)] = False
        found += [meet.open_group(problem, at, members)] if members else []
    return found


def newcomers(problem: Problem, at: int, seekers: np.ndarray) -> list[int]:
    """Who of the seekers could join open group number `at`, alone."""
    s, o = problem.seekers, problem.opens
    audience, some = int(o.audience[at]), seekers[s.liking[seekers, o.slot[at]] >= 0]
    some = some[(s.rank[some, o.frame[at]] >= 0) & s.langs[some, o.lang[at]] & (s.bundle[some] < 0)]
    some = some[(s.only[some] & ~audience) == 0]
    some = some[(s.gender[some] == 0) | (not audience & WOMEN)]
    some = some[(s.age[some] <= problem.policy.young_max_age) | (not audience & YOUNG)]
    near = (s.x[some] - o.x[at]) ** 2 + (s.y[some] - o.y[at]) ** 2 <= s.max_m[some] ** 2
    there = s.physical[some] & near & (o.accessible[at] | ~s.access[some])
    some = some[s.digital[some] if o.digital[at] else there]
    old = o.members[at]
    return [x for x in some.tolist() if not any(meet.apart_from_member(problem, x, m) for m in old)]

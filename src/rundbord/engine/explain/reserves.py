"""Who among those left could fill in when somebody in a proposed group says no."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .. import meetings as meet
from ..meetings import Meeting
from ..problem import DIGITAL, PHYSICAL, Problem
from .fit import fits
from .left.choose import choose
from .left.pairs import Pairs

MOST = 10
ASKED = 5  # how many are asked in turn before a group is given up


class Reserves:
    """Single people left (nobody is taken out of a bundle to fill in)."""

    def __init__(self, problem: Problem, seekers: np.ndarray) -> None:
        self.problem, self.pairs = problem, Pairs(problem)
        self.singles = seekers[problem.seekers.bundle[seekers] < 0]

    def able(self, meeting: Meeting) -> np.ndarray:
        """Those (seekers) who could be in it as far as they themselves are concerned, best first."""
        able = self.singles[fits(self.problem, meeting, self.singles)]
        return able[np.lexsort((able, -values(self.problem, able, meeting)))]

    def welcome(self, able: np.ndarray, members: Sequence[int]) -> np.ndarray:
        """Those who may sit with all of the members, in the same order."""
        if not len(able) or not members:
            return able
        return able[~self.pairs.apart(able, np.array(members)).any(axis=1)]

    def fill(self, able: np.ndarray, members: Sequence[int], lack: int) -> bool:
        """Whether `lack` of them may sit with the members and with one another."""
        some = self.welcome(able, members)[:60]
        if lack == 1 or len(some) < lack:
            return len(some) >= lack
        return len(choose([1] * len(some), self.pairs.apart(some, some), lack, lack)) >= lack

    def dealt(self, lists: Sequence[np.ndarray], most: int = ASKED) -> list[list[int]]:
        """Reserves dealt out so that each is in one list only: in rounds, one to each group, its best that is
        not taken and may sit with those it got already.
        """
        taken: set[int] = set()
        out: list[list[int]] = [[] for _ in lists]
        for _ in range(most):
            for got, able in zip(out, lists, strict=True):
                free = (s for s in able.tolist() if s not in taken)
                fine = (s for s in free if not any(meet.apart(self.problem, s, other) for other in got))
                found = next(fine, None)
                if found is not None:
                    got.append(found)
                    taken.add(found)
        return out


def values(problem: Problem, seekers: np.ndarray, meeting: Meeting) -> np.ndarray:
    """What placing each of these seekers in the meeting is worth; they can come there."""
    s, w = problem.seekers, problem.weights
    topic, slot = np.array(w.topic), np.array(w.slot)
    out = w.place + w.wait_per_week * np.minimum(s.wait[seekers], w.wait_cap_weeks)
    out = out + topic[s.rank[seekers, meeting.frame]] + slot[s.liking[seekers, meeting.slot]]
    mode = DIGITAL if meeting.venue is None else PHYSICAL
    return out + w.mode_first * (s.first[seekers] == mode) + travel(problem, seekers, meeting)


def travel(problem: Problem, seekers: np.ndarray, meeting: Meeting) -> np.ndarray:
    """What their journeys are worth."""
    w = problem.weights
    if meeting.venue is None:
        return np.full(len(seekers), w.digital)
    away = np.array([meet.distance(problem, int(m), meeting.venue) for m in seekers], dtype=np.int64)
    reach = problem.seekers.max_m[seekers]
    return w.travel * np.maximum(0, reach - away) // np.maximum(1, reach)

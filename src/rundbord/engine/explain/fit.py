"""Who may be in a meeting, for all seekers at once (the person rules as masks)."""

from __future__ import annotations

import numpy as np

from .. import meetings as meet
from ..meetings import Meeting
from ..problem import WOMEN, YOUNG, Problem


def fits(problem: Problem, meeting: Meeting, seekers: np.ndarray) -> np.ndarray:
    """A mask over `seekers` (indices): nothing about herself forbids her this meeting.

    Pairs are not judged.
    """
    s = problem.seekers
    can = (s.liking[seekers, meeting.slot] >= 0) & (s.rank[seekers, meeting.frame] >= 0)
    can &= s.langs[seekers, meeting.lang] & ((s.only[seekers] & ~meeting.audience) == 0)
    if meeting.audience & WOMEN:
        can &= s.gender[seekers] == 0
    if meeting.audience & YOUNG:
        can &= s.age[seekers] <= problem.policy.young_max_age
    if meeting.open is None and meeting.starter is None:
        can &= s.self_ok[seekers]
    if meeting.open is not None:
        can &= s.bundle[seekers] < 0
    return can & gets_there(problem, meeting.venue, seekers)


def gets_there(problem: Problem, venue: tuple[int, int, bool] | None, seekers: np.ndarray) -> np.ndarray:
    """Mode, travel and access as a mask over `seekers`."""
    s = problem.seekers
    if venue is None:
        return s.digital[seekers]
    away = (s.x[seekers] - venue[0]) ** 2 + (s.y[seekers] - venue[1]) ** 2
    return s.physical[seekers] & (away <= s.max_m[seekers] ** 2) & (venue[2] | ~s.access[seekers])


def welcome(problem: Problem, meeting: Meeting, seeker: int) -> bool:
    """No pair rule keeps her from those in the meeting."""
    old = problem.opens.members[meeting.open] if meeting.open is not None else []
    with_new = any(meet.apart(problem, seeker, m) for m in meeting.members if m != seeker)
    return not with_new and not any(meet.apart_from_member(problem, seeker, m) for m in old)

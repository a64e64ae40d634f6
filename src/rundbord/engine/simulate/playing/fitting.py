"""Who could be in a group, and whether a newcomer makes one possible: what a run need not be asked for."""

from __future__ import annotations

import numpy as np

from ... import meetings as meet
from ... import rules
from ...meetings import Meeting
from ...problem import Problem


def fits(problem: Problem, meeting: Meeting, seeker: int) -> bool:
    """No hard rule about herself or about pairs keeps a single seeker out of the meeting; size apart."""
    if next(iter(rules.in_meeting(problem, meeting, seeker)), None) or problem.seekers.bundle[seeker] >= 0:
        return False
    members = problem.opens.members[meeting.open] if meeting.open is not None else []
    return not (
        any(meet.apart(problem, seeker, other) for other in meeting.members)
        or any(meet.apart_from_member(problem, seeker, member) for member in members)
    )


def could_meet(problem: Problem, seeker: int) -> bool:
    """Whether a place is open to her, or somewhere enough people and a starter have a time with her.

    True may be wrong (pairs and audiences are not looked at); False never is.
    """
    opens = range(len(problem.opens))
    return any(fits(problem, meet.open_group(problem, at), seeker) for at in opens) or any(
        _gathers(problem, seeker, venue) for venue in range(-1, len(problem.rooms))
    )


def _gathers(problem: Problem, seeker: int, room: int) -> bool:
    there = _reach(problem, room)
    if not there[seeker]:
        return False
    s, helpers = problem.seekers, _starters(problem, room)
    for slot in np.flatnonzero(s.liking[seeker] >= 0).tolist():
        if room < 0 or problem.rooms.free[room, slot]:
            crowd = there & (s.liking[:, slot] >= 0)
            if _enough(problem, seeker, crowd, helpers & problem.starters.free[:, slot]):
                return True
    return False


def _enough(problem: Problem, seeker: int, crowd: np.ndarray, helpers: np.ndarray) -> bool:
    """Enough of the crowd share a frame and a language with her, and with a starter or each other."""
    s, policy = problem.seekers, problem.policy
    for lang in np.flatnonzero(s.langs[seeker]).tolist():
        speak = crowd & s.langs[:, lang]
        led = bool((helpers & problem.starters.langs[:, lang]).any())
        if not led and not (policy.self_start and s.self_ok[seeker]):
            continue
        speak = speak if led else speak & s.self_ok
        about = (s.rank[speak] >= 0).sum(axis=0)
        if (about[s.rank[seeker] >= 0] >= policy.min_size).any():
            return True
    return False


def _reach(problem: Problem, room: int) -> np.ndarray:
    """Who gets to the room and into it; -1: meets digitally."""
    s, r = problem.seekers, problem.rooms
    if room < 0:
        return s.digital
    near = (s.x - r.x[room]) ** 2 + (s.y - r.y[room]) ** 2 <= s.max_m**2
    return s.physical & near & (bool(r.accessible[room]) | ~s.access)


def _starters(problem: Problem, room: int) -> np.ndarray:
    """Who could start a group there."""
    i, r = problem.starters, problem.rooms
    if room < 0:
        return i.digital & (i.capacity > 0)
    near = (i.x - r.x[room]) ** 2 + (i.y - r.y[room]) ** 2 <= i.max_m**2
    return i.physical & near & (i.capacity > 0)

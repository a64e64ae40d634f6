"""What a person with a list does: whoever has waited longest gets the first group that can be made around
her.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rundbord.engine import meetings as meet
from rundbord.engine.explain.fit import fits, has_room, welcome
from rundbord.engine.explain.leftovers import Leftovers, Trial
from rundbord.engine.meetings import Meeting
from rundbord.engine.problem import Problem
from rundbord.engine.solve import as_solution


def first_come(problem: Problem) -> dict[str, Any]:
    """A solution of the format. Open groups first, then new ones filled up in the order of waiting."""
    found = [m for m in (_joined(problem, at) for at in range(len(problem.opens))) if m.members]
    found = _disjoint(found)
    rest = Leftovers(problem, found)
    for seeker in _by_waiting(problem, rest.seekers):
        if seeker in rest.seekers and problem.seekers.bundle[seeker] < 0:
            trial = next(rest.trials(rest.person(seeker)), None)
            if trial:
                found.append(_filled(problem, rest, trial))
                rest = Leftovers(problem, found)
    return as_solution(problem, found)


def _by_waiting(problem: Problem, seekers: Any) -> list[int]:
    return sorted(seekers.tolist(), key=lambda s: (-int(problem.seekers.wait[s]), s))


def _joined(problem: Problem, at: int) -> Meeting:
    meeting = meet.open_group(problem, at)
    everybody = Leftovers(problem, []).seekers
    return _extended(problem, meeting, _by_waiting(problem, everybody[fits(problem, meeting, everybody)]))


def _disjoint(meetings: list[Meeting]) -> list[Meeting]:
    """Whoever was let into two open groups stays in the first."""
    taken: set[int] = set()
    out = []
    for meeting in meetings:
        mine = tuple(m for m in meeting.members if m not in taken)
        taken |= set(mine)
        if mine:
            out.append(replace(meeting, members=mine))
    return out


def _extended(problem: Problem, meeting: Meeting, queue: list[int]) -> Meeting:
    for seeker in queue:
        if not has_room(problem, meeting):
            break
        if seeker not in meeting.members and welcome(problem, meeting, seeker):
            meeting = replace(meeting, members=(*meeting.members, seeker))
    return meeting


def _filled(problem: Problem, rest: Leftovers, trial: Trial) -> Meeting:
    venue = meet.room_venue(problem, trial.room)
    meeting = Meeting(
        trial.slot, trial.frame, trial.lang, trial.audience, venue, trial.members, trial.room, trial.starter
    )
    single = rest.seekers[problem.seekers.bundle[rest.seekers] < 0]
    return _extended(problem, meeting, _by_waiting(problem, single[fits(problem, meeting, single)]))

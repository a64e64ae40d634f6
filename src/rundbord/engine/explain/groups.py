"""Why a group is as it is: its members' gains, its soft costs by name, who could fill in, what if somebody
left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import meetings as meet
from ..meetings import Meeting
from ..problem import Problem
from .reserves import MOST, Reserves, values

AGE_SPAN = 15  # years; PRODUCT's "ages within about 15 years if possible"


class GroupReasons:
    """Everything the human sees about the proposed groups. reserves: per group, those who could fill in."""

    def __init__(self, problem: Problem, meetings: Sequence[Meeting], seekers: np.ndarray) -> None:
        self.problem, self.meetings = problem, meetings
        self.desk = Reserves(problem, seekers)
        self.able = [self.desk.able(m) for m in meetings]
        self.reserves = [
            self.desk.welcome(able, m.members) for able, m in zip(self.able, meetings, strict=True)
        ]

    def of(self, index: int) -> dict[str, Any]:
        """One group, by its number in the solution."""
        problem, meeting = self.problem, self.meetings[index]
        away = {m: meet.distance(problem, m, meeting.venue) for m in meeting.members} if meeting.venue else {}
        spare, ids = self.reserves[index][:MOST], problem.seekers.ids
        worth = values(problem, spare, meeting).tolist()
        return {
            "index": index,
            "members": [_member(problem, meeting, m, away.get(m)) for m in meeting.members],
            "shared_slots": meet.shared_slots(problem, meeting),
            "farthest_m": max(away.values(), default=None),
            "ranks": _ranks(problem, meeting),
            "language": meeting.lang,
            "costs": costs(problem, meeting),
            "reserves": [{"id": ids[s], "value": v} for s, v in zip(spare.tolist(), worth, strict=True)],
            "if_left": {ids[m]: self._if_left(index, m) for m in meeting.members},
        }

    def _if_left(self, index: int, member: int) -> str:
        """What happens if this member says no (her bundle goes with her)."""
        problem, meeting = self.problem, self.meetings[index]
        gone = set(problem.bundles.get(int(problem.seekers.bundle[member]), [member]))
        stay = [m for m in meeting.members if m not in gone]
        lack = problem.policy.min_size - len(stay)
        if lack <= 0:
            return "starts_smaller"
        return "reserve_fills" if self.desk.fill(self.able[index], stay, lack) else "falls_below_min"


def _ranks(problem: Problem, meeting: Meeting) -> list[int]:
    """For how many the frame is the first, second, third or later choice."""
    return np.bincount(problem.seekers.rank[list(meeting.members), meeting.frame], minlength=3).tolist()


def _member(problem: Problem, meeting: Meeting, m: int, away: int | None) -> dict[str, Any]:
    s = problem.seekers
    return {
        "id": s.ids[m],
        "slot_liking": int(s.liking[m, meeting.slot]),
        "frame_rank": int(s.rank[m, meeting.frame]),
        "distance_m": away,
        "max_m": int(s.max_m[m]),
        "mode_first": bool(meet.mode_first(problem, m, meeting)),
        "wait_weeks": int(s.wait[m]),
    }


def costs(problem: Problem, meeting: Meeting) -> list[dict[str, Any]]:
    """Soft costs by name, each with what it counts and a weight from 1 (barely) upwards.

    None is in the score.
    """
    found = [
        age_span(problem, meeting),
        alone_in_gender(problem, meeting),
        alone_in_age(problem, meeting),
        later_choice(problem, meeting),
        small(problem, meeting),
        no_spare_slot(problem, meeting),
        no_starter(problem, meeting),
    ]
    return [cost for cost in found if cost]


def age_span(problem: Problem, meeting: Meeting) -> dict[str, Any] | None:
    """More than fifteen years between the youngest and the oldest: one for every two years beyond."""
    years = int(np.ptp(problem.seekers.age[list(meeting.members)])) if meeting.members else 0
    over = years - AGE_SPAN
    return {"code": "age_span", "years": years, "cost": (over + 1) // 2} if over > 0 else None


def alone_in_gender(problem: Problem, meeting: Meeting) -> dict[str, Any] | None:
    """Somebody is the only one of her gender among others."""
    genders = problem.seekers.gender[list(meeting.members)].tolist()
    alone = [m for m, g in zip(meeting.members, genders, strict=True) if genders.count(g) == 1]
    if not alone or len(genders) < 3:
        return None
    return {"code": "only_one_gender", "ids": [problem.seekers.ids[m] for m in alone], "cost": 3 * len(alone)}


def alone_in_age(problem: Problem, meeting: Meeting) -> dict[str, Any] | None:
    """Somebody has nobody within fifteen years of her age."""
    members, ages = list(meeting.members), problem.seekers.age[list(meeting.members)]
    near = (np.abs(ages[:, None] - ages[None, :]) <= AGE_SPAN).sum(axis=1)
    alone = [m for m, n in zip(members, near.tolist(), strict=True) if n == 1]
    if not alone or len(members) < 3:
        return None
    return {"code": "only_one_age", "ids": [problem.seekers.ids[m] for m in alone], "cost": 2 * len(alone)}


def later_choice(problem: Problem, meeting: Meeting) -> dict[str, Any] | None:
    """The frame is not everybody's first choice."""
    people = int((problem.seekers.rank[list(meeting.members), meeting.frame] > 0).sum())
    return {"code": "later_choice", "people": people, "cost": people} if people else None


def small(problem: Problem, meeting: Meeting) -> dict[str, Any] | None:
    """Fewer than could be invited; people decline."""
    lacking = problem.policy.max_size - len(meeting.members)
    return {"code": "small", "members": len(meeting.members), "cost": 2 * lacking} if lacking > 0 else None


def no_spare_slot(problem: Problem, meeting: Meeting) -> dict[str, Any] | None:
    """The group has no second time all could come at."""
    return {"code": "no_spare_slot", "cost": 1} if len(meet.shared_slots(problem, meeting)) <= 1 else None


def no_starter(problem: Problem, meeting: Meeting) -> dict[str, Any] | None:
    """The group starts by itself."""
    return {"code": "self_start", "cost": 3} if meeting.starter is None else None

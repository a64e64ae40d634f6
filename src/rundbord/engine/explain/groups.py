"""Why a group is as it is: its members' gains, its soft costs by name, who could fill in, what if somebody
left.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import meetings as meet
from ..meetings import Meeting
from ..problem import Problem
from .fit import fits, welcome
from .leftovers import Leftovers

AGE_SPAN = 15  # years; PRODUCT's "ages within about 15 years if possible"
RESERVES = 10
GENDERS = ("f", "m", "x")


def group_reasons(problem: Problem, meeting: Meeting, index: int, rest: Leftovers) -> dict[str, Any]:
    """Everything the human sees about one proposed group."""
    away = {m: meet.distance(problem, m, meeting.venue) for m in meeting.members} if meeting.venue else {}
    spare = reserves(problem, meeting, rest.seekers)
    return {
        "index": index,
        "members": [_member(problem, meeting, m, away.get(m)) for m in meeting.members],
        "shared_slots": meet.shared_slots(problem, meeting),
        "farthest_m": max(away.values(), default=None),
        "language": meeting.lang,
        "costs": costs(problem, meeting),
        "reserves": [
            {"id": problem.seekers.ids[s], "value": meet.person_value(problem, s, meeting)} for s in spare
        ],
        "if_left": {
            problem.seekers.ids[m]: _if_left(problem, meeting, m, rest.seekers) for m in meeting.members
        },
    }


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


def reserves(problem: Problem, meeting: Meeting, left: np.ndarray, most: int = RESERVES) -> list[int]:
    """Who among those left over could fill in by rule, best first. Bundles are not split for it."""
    able = left[fits(problem, meeting, left) & (problem.seekers.bundle[left] < 0)]
    fine = [s for s in able.tolist() if welcome(problem, meeting, s)]
    return sorted(fine, key=lambda s: (-meet.person_value(problem, s, meeting), s))[:most]


def _if_left(problem: Problem, meeting: Meeting, member: int, left: np.ndarray) -> str:
    """What happens if this member says no (her bundle goes with her)."""
    gone = set(problem.bundles.get(int(problem.seekers.bundle[member]), [member]))
    stay = tuple(m for m in meeting.members if m not in gone)
    lack = problem.policy.min_size - len(stay)
    if lack <= 0:
        return "starts_smaller"
    smaller = Meeting(
        meeting.slot,
        meeting.frame,
        meeting.lang,
        meeting.audience,
        meeting.venue,
        stay,
        meeting.room,
        meeting.starter,
    )
    return "reserve_fills" if len(reserves(problem, smaller, left, lack)) >= lack else "falls_below_min"

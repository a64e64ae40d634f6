"""One group of a solution in row numbers, and what it is worth (see FORMAT's Score; integers only)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from .problem import AUDIENCES, DIGITAL, PHYSICAL, Problem, audience_bits

LONG = 26  # weeks; who has waited so long shall not fare worse than if everybody were taken in turn


@dataclass(frozen=True)
class Meeting:
    """A new group (`open` None) or the newcomers of an open one.

    venue: None (digital) or (x, y, accessible).
    """

    slot: int
    frame: int
    lang: int
    audience: int
    venue: tuple[int, int, bool] | None
    members: tuple[int, ...]
    room: int | None = None
    starter: int | None = None
    open: int | None = None


def new_group(problem: Problem, group: dict[str, Any]) -> Meeting:
    """A group of the format. Raises KeyError for an unknown id."""
    index = problem.index
    room = None if group["room"] is None else index["rooms"][group["room"]]
    starter = None if group["starter"] is None else index["starters"][group["starter"]]
    members = tuple(index["seekers"][m] for m in group["members"])
    return Meeting(group["slot"], group["frame"], group["lang"], audience_bits(group["audience"]),
                   room_venue(problem, room), members, room, starter)  # fmt: skip


def room_venue(problem: Problem, room: int | None) -> tuple[int, int, bool] | None:
    """Where a room is; None for a digital group."""
    if room is None:
        return None
    rooms = problem.rooms
    return int(rooms.x[room]), int(rooms.y[room]), bool(rooms.accessible[room])


def open_group(problem: Problem, at: int, members: tuple[int, ...] = ()) -> Meeting:
    """Open group number `at` with these newcomers."""
    o = problem.opens
    venue = None if o.digital[at] else (int(o.x[at]), int(o.y[at]), bool(o.accessible[at]))
    return Meeting(
        int(o.slot[at]), int(o.frame[at]), int(o.lang[at]), int(o.audience[at]), venue, members, open=at
    )


def as_group(problem: Problem, meeting: Meeting) -> dict[str, Any]:
    """The meeting as a group of the format, members in the order of the instance."""
    return {
        "room": None if meeting.room is None else problem.rooms.ids[meeting.room],
        "slot": meeting.slot, "frame": meeting.frame, "lang": meeting.lang,
        "audience": list(AUDIENCES[meeting.audience]),
        "starter": None if meeting.starter is None else problem.starters.ids[meeting.starter],
        "members": [problem.seekers.ids[m] for m in sorted(meeting.members)],
    }  # fmt: skip


def distance(problem: Problem, seeker: int, venue: tuple[int, int, bool]) -> int:
    """Whole metres in a straight line, rounded down."""
    s = problem.seekers
    return math.isqrt((int(s.x[seeker]) - venue[0]) ** 2 + (int(s.y[seeker]) - venue[1]) ** 2)


def standing_value(problem: Problem) -> np.ndarray:
    """Per seeker, what placing her is worth wherever it is: the place itself and her waiting."""
    w, wait = problem.weights, problem.seekers.wait
    return w.place + w.wait_per_week * np.minimum(wait, w.wait_cap_weeks) + w.long_wait * (wait >= LONG)


def person_value(problem: Problem, seeker: int, meeting: Meeting) -> int:
    """What placing this seeker in this meeting is worth."""
    s, w = problem.seekers, problem.weights
    rank, liking = s.rank[seeker, meeting.frame], s.liking[seeker, meeting.slot]
    value = w.place + w.wait_per_week * min(int(s.wait[seeker]), w.wait_cap_weeks)
    value += w.long_wait if s.wait[seeker] >= LONG else 0
    value += w.topic[rank if rank >= 0 else 2] + w.slot[max(0, liking)]
    if meeting.venue is None:
        value += w.digital
    else:
        reach = int(s.max_m[seeker])
        value += w.travel * max(0, reach - distance(problem, seeker, meeting.venue)) // max(1, reach)
    return value + (w.mode_first if mode_first(problem, seeker, meeting) else 0)


def mode_first(problem: Problem, seeker: int, meeting: Meeting) -> bool:
    """Whether the meeting has the mode she named first."""
    return problem.seekers.first[seeker] == (DIGITAL if meeting.venue is None else PHYSICAL)


def shared_slots(problem: Problem, meeting: Meeting) -> list[int]:
    """The slots all members could come at."""
    liking = problem.seekers.liking[list(meeting.members)]
    return np.flatnonzero((liking >= 0).all(axis=0)).tolist() if len(liking) else []


def group_value(problem: Problem, meeting: Meeting) -> int:
    """What a new group is worth beside its people: size, spare slots, no starter."""
    w = problem.weights
    spare = max(0, len(shared_slots(problem, meeting)) - 1)
    value = w.size.get(len(meeting.members), 0) + w.backup * min(w.backup_cap, spare)
    return value + (w.self_start if meeting.starter is None else 0)


def worth(problem: Problem, meeting: Meeting) -> int:
    """The whole contribution of a meeting to the score."""
    own = group_value(problem, meeting) if meeting.open is None else 0
    return own + sum(person_value(problem, m, meeting) for m in meeting.members)


def meetings(problem: Problem, solution: dict[str, Any]) -> list[Meeting]:
    """All new groups, then the open groups that got newcomers. Every id must exist."""
    joined: dict[int, list[int]] = {}
    for join in solution["joins"]:
        at = problem.index["opens"][join["group"]]
        joined.setdefault(at, []).append(problem.index["seekers"][join["seeker"]])
    new = [new_group(problem, group) for group in solution["groups"]]
    return new + [open_group(problem, at, tuple(people)) for at, people in joined.items()]


def score(problem: Problem, solution: dict[str, Any]) -> int:
    """The score of a solution whose ids exist; says nothing of its validity."""
    return sum(worth(problem, meeting) for meeting in meetings(problem, solution))


def apart(problem: Problem, a: int, b: int) -> str | None:
    """Why two seekers may not be in one group: "blocked", "discretion" or None."""
    s = problem.seekers
    if (min(a, b) * len(s) + max(a, b)) in problem.blocked_codes:
        return "blocked"
    care = max(s.discretion[a], s.discretion[b])
    near = (care >= 1 and s.pc[a] == s.pc[b]) or (care >= 2 and s.muni[a] == s.muni[b])
    return "discretion" if near else None


def apart_from_member(problem: Problem, seeker: int, member: tuple[str, int, int, int]) -> str | None:
    """The same between a seeker and somebody already in an open group."""
    s = problem.seekers
    if (seeker, member[0]) in problem.barred:
        return "blocked"
    care = max(s.discretion[seeker], member[3])
    near = (care >= 1 and s.pc[seeker] == member[1]) or (care >= 2 and s.muni[seeker] == member[2])
    return "discretion" if near else None


def welcome(problem: Problem, who: np.ndarray, at: int) -> np.ndarray:
    """Which of some seekers nobody in open group `at` is apart from (see `apart_from_member`)."""
    s, fine = problem.seekers, np.ones(len(who), dtype=bool)
    for name, pc, muni, discretion in problem.opens.members[at]:
        care = np.maximum(s.discretion[who], discretion)
        fine &= ~((care >= 1) & (s.pc[who] == pc) | (care >= 2) & (s.muni[who] == muni))
        if name in problem.barred_by:
            fine &= ~np.isin(who, problem.barred_by[name])
    return fine


def pairs_apart(problem: Problem, members: tuple[int, ...]) -> list[tuple[int, int, str]]:
    """Pairs among the members who may not be together, each with the rule's name."""
    out = []
    for a, b in combinations(members, 2):
        rule = apart(problem, a, b)
        if rule:
            out.append((a, b, rule))
    return out

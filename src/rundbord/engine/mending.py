"""Earlier groups as far as they still hold, and with others where somebody or something is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from . import meetings as meet
from . import rules
from .meetings import Meeting
from .problem import Problem

Row = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """An earlier group as far as it is still there. size: how many it had; whole: nothing is gone."""

    meeting: Meeting
    size: int
    whole: bool
    no_room: bool
    no_starter: bool


class Mending:
    """Goes through the earlier groups in their order; what one takes the next cannot have."""

    def __init__(self, problem: Problem, earlier: Row, floor: int | None = None) -> None:
        self.problem, self.earlier = problem, earlier
        low = problem.policy.min_size if floor is None else min(floor, problem.policy.min_size)
        self.lenient = replace(problem, policy=replace(problem.policy, min_size=low))
        self.left = np.ones(len(problem.seekers), dtype=bool)
        self.rooms, self.starters = problem.rooms.free.copy(), problem.starters.free.copy()
        self.capacity = problem.starters.capacity.copy()

    def stay(self) -> list[Meeting]:
        """Earlier groups and seats that hold, and after them those that could be mended."""
        drafts = [draft for group in self.earlier["groups"] if (draft := self._read(group))]
        whole = [self._take(d.meeting) for d in drafts if d.whole and self._holds(d.meeting, self.lenient)]
        taken = {m.members for m in whole}
        broken = [d for d in drafts if d.meeting.members not in taken]
        mended = [self._take(m) for d in broken if (m := self._mended(d))]
        return [*whole, *mended, *self._seats()]

    def _read(self, group: Row) -> Draft | None:
        """The group with those of it who are still there and can come; None if nothing is left of it."""
        p, index = self.problem, self.problem.index
        members = [index["seekers"][m] for m in group["members"] if m in index["seekers"]]
        rooms, starters = index["rooms"], index["starters"]
        room = rooms.get(group["room"]) if group["room"] else None
        starter = starters.get(group["starter"]) if group["starter"] else None
        if not members:
            return None
        meeting = Meeting(
            group["slot"], group["frame"], group["lang"], meet.audience_bits(group["audience"]),
            meet.room_venue(p, room), tuple(members), room, starter,
        )  # fmt: skip
        lost = (bool(group["room"]) and room is None, bool(group["starter"]) and starter is None)
        size = len(group["members"])
        return Draft(meeting, size, not any(lost) and len(members) == size, *lost)

    def _holds(self, meeting: Meeting, problem: Problem) -> bool:
        """Whether every rule holds, and what it takes is not taken."""
        if not self._free(meeting) or not self.left[list(meeting.members)].all():
            return False
        return self._together(meeting) and not any(rules.of_meeting(problem, meeting, ""))

    def _together(self, meeting: Meeting) -> bool:
        bundles = {int(self.problem.seekers.bundle[m]) for m in meeting.members} - {-1}
        return all(set(self.problem.bundles[b]) <= set(meeting.members) for b in bundles)

    def _free(self, meeting: Meeting) -> bool:
        room = meeting.room is None or self.rooms[meeting.room, meeting.slot]
        at = meeting.starter
        return bool(room and (at is None or (self.starters[at, meeting.slot] and self.capacity[at] > 0)))

    def _take(self, meeting: Meeting) -> Meeting:
        self.left[list(meeting.members)] = False
        if meeting.room is not None:
            self.rooms[meeting.room, meeting.slot] = False
        if meeting.starter is not None:
            self.starters[meeting.starter, meeting.slot] = False
            self.capacity[meeting.starter] -= 1
        return meeting

    def _mended(self, draft: Draft) -> Meeting | None:
        """The group with another room or starter where it lost one, and with others for those it lost."""
        for frame in self._frames(draft):
            meeting = self._refilled(frame, draft.size)
            if meeting is not None and self._holds(meeting, self.problem):
                return meeting
        return None

    def _frames(self, draft: Draft) -> Iterator[Meeting]:
        """The group as it was, then with every other room and starter there is at that time."""
        meeting = draft.meeting
        rooms = [meeting.room] if not draft.no_room else []
        starters = [meeting.starter] if not draft.no_starter else []
        yield from (replace(meeting, room=r, starter=s) for r in rooms for s in starters)
        other_rooms = [] if meeting.venue is None and not draft.no_room else self._rooms_at(meeting)
        others = [] if meeting.starter is None and not draft.no_starter else self._starters_at(meeting)
        pairs = [(r, s) for r in rooms for s in others] + [(r, s) for r in other_rooms for s in starters]
        pairs += [(r, s) for r in other_rooms for s in others] if draft.no_room and draft.no_starter else []
        for room, starter in pairs:
            yield replace(meeting, room=room, starter=starter, venue=meet.room_venue(self.problem, room))

    def _rooms_at(self, meeting: Meeting) -> list[int]:
        """Rooms free then, the nearest to the members first."""
        r, s, who = self.problem.rooms, self.problem.seekers, list(meeting.members)
        free = np.flatnonzero(self.rooms[:, meeting.slot])
        away = [((s.x[who] - r.x[at]) ** 2 + (s.y[who] - r.y[at]) ** 2).sum() for at in free.tolist()]
        return free[np.argsort(np.array(away), kind="stable")].tolist() if len(free) else []

    def _starters_at(self, meeting: Meeting) -> list[int]:
        able = self.starters[:, meeting.slot] & (self.capacity > 0)
        return np.flatnonzero(able & self.problem.starters.langs[:, meeting.lang]).tolist()

    def _refilled(self, meeting: Meeting, size: int) -> Meeting | None:
        """Those who still fit, and the best of those who are left until it is as large as it was.

        None if a rule about the frame itself does not hold, or if nobody fits any more.
        """
        if not self._free(meeting) or _frame_broken(self.problem, meeting):
            return None
        fits = [
            m for m in meeting.members if self.left[m] and not any(rules.in_meeting(self.problem, meeting, m))
        ]
        chosen = _apart(self.problem, fits)
        if 2 * len(chosen) < size:
            return None
        meeting = replace(meeting, members=tuple(chosen))
        return with_more(self.problem, meeting, self.left, size)

    def _seats(self) -> list[Meeting]:
        """Seats in open groups that still hold."""
        index, found = self.problem.index, dict[int, list[int]]()
        for join in self.earlier["joins"]:
            at, seeker = index["opens"].get(join["group"]), index["seekers"].get(join["seeker"])
            if at is not None and seeker is not None and self.left[seeker]:
                trial = meet.open_group(self.problem, at, (*found.get(at, []), seeker))
                if not any(rules.of_meeting(self.problem, trial, "")):
                    found[at] = list(trial.members)
                    self.left[seeker] = False
        return [meet.open_group(self.problem, at, tuple(some)) for at, some in found.items()]


def _frame_broken(problem: Problem, meeting: Meeting) -> bool:
    """Whether a rule that is not about the people or their number does not hold."""
    names = [name for name in rules.GROUP_RULES if name not in ("size", "room-capacity")]
    return any(any(rules.GROUP_RULES[name](problem, meeting)) for name in names)


def _apart(problem: Problem, members: list[int]) -> list[int]:
    """The members without those who may no longer be with one before them."""
    chosen: list[int] = []
    for m in members:
        if not any(meet.apart(problem, m, other) for other in chosen):
            chosen.append(m)
    return chosen


def with_more(problem: Problem, meeting: Meeting, left: np.ndarray, size: int) -> Meeting:
    """The meeting with the best of those left (mask), until it has `size` people or nobody fits."""
    policy, alone = problem.policy, problem.seekers.bundle < 0
    most = min(size, policy.max_size)
    if meeting.room is not None:
        most = min(most, int(problem.rooms.capacity[meeting.room]) - (meeting.starter is not None))
    if len(meeting.members) >= most:
        return meeting
    s = problem.seekers
    some = left & alone & (s.liking[:, meeting.slot] >= 0) & (s.rank[:, meeting.frame] >= 0)
    some &= s.langs[:, meeting.lang]
    some[list(meeting.members)] = False
    who = [m for m in np.flatnonzero(some).tolist() if not any(rules.in_meeting(problem, meeting, m))]
    members = list(meeting.members)
    for m in sorted(who, key=lambda m: (-meet.person_value(problem, m, meeting), m)):
        if len(members) < most and not any(meet.apart(problem, m, other) for other in members):
            members.append(m)
    return replace(meeting, members=tuple(members))

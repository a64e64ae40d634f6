"""A chair for somebody in a proposed or running group: as it is, or after one person in it has moved."""

from __future__ import annotations

import numpy as np

from .. import meetings as meet
from .fit import fits, welcome
from .gathering import Found
from .left import Left
from .wishes import Wish

TRIES = 60  # groups looked into for one wish
MOVES = 200  # people in them who could perhaps sit elsewhere


class Joining:
    """Trials with the chairs that are left."""

    def __init__(self, left: Left) -> None:
        self.left = left
        self._elsewhere: dict[int, list[int]] | None = None

    def able(self, wish: Wish) -> np.ndarray:
        """Meetings (mask) that nothing about herself keeps her from; pairs and chairs are not judged."""
        c = self.left.chairs
        can = wish.slots[c.slot] & wish.frames[c.frame] & wish.langs[c.lang]
        can &= (wish.audience >> c.audience & 1 > 0) & (wish.self_ok | ~c.alone) & (wish.single | ~c.open)
        return can & (self.beyond(wish) <= wish.further)

    def beyond(self, wish: Wish) -> np.ndarray:
        """Metres by which each meeting is too far for her."""
        return wish.beyond[len(self.left.venues.muni) :]

    def joined(self, wish: Wish) -> Found | None:
        """A chair that is free: the least extra journey, then the largest group."""
        at = np.flatnonzero(self.able(wish) & (self.left.chairs.left >= wish.size))
        away = np.maximum(self.beyond(wish)[at], 0)
        others = np.array([self._people(m) for m in at.tolist()], dtype=np.int64)
        for m in at[np.lexsort((at, -others, away))][:TRIES].tolist():
            self.left.trials += 1
            meeting = self.left.meetings[m]
            if all(welcome(self.left.problem, meeting, s) for s in wish.members.tolist()):
                return self._found(wish, m, 0)
        return None

    def swapped(self, wish: Wish) -> Found | None:
        """The chair of somebody who could sit in another group. For single people."""
        if wish.size > 1 or not self.elsewhere:
            return None
        tries = 0
        for m in np.flatnonzero(self.able(wish) & self._movable).tolist():
            for member in self.left.meetings[m].members:
                if member in self.elsewhere and tries < MOVES:
                    tries += 1
                    if self._moves(int(wish.members[0]), m, member):
                        return self._found(wish, m, 1)
        return None

    def _moves(self, seeker: int, m: int, member: int) -> bool:
        """Whether the seeker may have the member's chair while the member takes another."""
        self.left.trials += 1
        problem, meetings = self.left.problem, self.left.meetings
        if not welcome(problem, without_member(meetings[m], member), seeker):
            return False
        return any(h != m and welcome(problem, meetings[h], member) for h in self.elsewhere[member])

    def _people(self, m: int) -> int:
        meeting = self.left.meetings[m]
        before = len(self.left.problem.opens.members[meeting.open]) if meeting.open is not None else 0
        return len(meeting.members) + before

    def _found(self, wish: Wish, m: int, moves: int) -> Found:
        meeting = self.left.meetings[m]
        metres = max(0, int(self.beyond(wish)[m]))
        return Found(meeting.slot, self._people(m), metres, (), meeting=m, moves=moves)

    @property
    def elsewhere(self) -> dict[int, list[int]]:
        """Meetings with a chair left that a single person who has a place could sit in instead."""
        if self._elsewhere is None:
            self._elsewhere = self._look_elsewhere()
            held = [any(s in self._elsewhere for s in m.members) for m in self.left.meetings]
            self._movable = np.array(held, dtype=bool)
        return self._elsewhere

    def _look_elsewhere(self) -> dict[int, list[int]]:
        s, out = self.left.problem.seekers, dict[int, list[int]]()
        placed = np.array([p for m in self.left.meetings for p in m.members], dtype=np.int64)
        placed = placed[s.bundle[placed] < 0]
        at_slot = {t: placed[s.liking[placed, t] >= 0] for t in set(self.left.chairs.slot.tolist())}
        for h in np.flatnonzero(self.left.chairs.left > 0).tolist():
            meeting = self.left.meetings[h]
            who = at_slot[meeting.slot]
            for seeker in who[fits(self.left.problem, meeting, who)].tolist():
                if seeker not in meeting.members:
                    out.setdefault(seeker, []).append(h)
        return out


def without_member(meeting: meet.Meeting, member: int) -> meet.Meeting:
    """The meeting as it is when one has left it."""
    stay = tuple(m for m in meeting.members if m != member)
    return meet.Meeting(meeting.slot, meeting.frame, meeting.lang, meeting.audience, meeting.venue, stay,
                        meeting.room, meeting.starter, meeting.open)  # fmt: skip

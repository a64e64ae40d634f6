"""What somebody left out can and wants, as she is or with one thing relaxed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .left import Left
from .left.people import audiences
from .left.venues import NOT, beyond

FURTHER = 10_000  # metres a journey may be relaxed by (the design's "+10 km")


@dataclass(frozen=True)
class Wish:
    """A unit's members (seekers) and masks over slots, frames, languages; audience as bits.

    beyond: metres by which each of Left.spots is too far (<= 0: near enough). counted: the tables count her
    wherever she looks. further: metres that her journey may be longer.
    """

    unit: int
    members: np.ndarray
    slots: np.ndarray
    frames: np.ndarray
    langs: np.ndarray
    audience: int
    self_ok: bool
    single: bool
    beyond: np.ndarray
    counted: bool = True
    further: int = 0

    @property
    def size(self) -> int:
        """People who look for places together."""
        return len(self.members)

    @property
    def complete(self) -> bool:
        """There is a time, a frame, a language and a way to meet."""
        can = self.slots.any() and self.frames.any() and self.langs.any() and self.audience
        return bool(can) and bool((self.beyond < NOT).any())


def of_unit(left: Left, unit: int) -> Wish:
    """The wish all members of a unit share."""
    p = left.people
    members = p.members(unit)
    return Wish(unit, members, p.slots[unit], p.frames[unit], p.langs[unit], int(p.audience[unit]),
                bool(p.self_ok[unit]), bool(p.single[unit]),
                beyond(left.problem, left.spots, members))  # fmt: skip


def alone(left: Left, seeker: int) -> Wish:
    """One of a bundle, looking for herself. None of the tables counts her so."""
    s, who = left.problem.seekers, np.array([seeker])

    def hers(column: np.ndarray) -> np.ndarray:
        return column[who]

    return Wish(int(left.people.of[seeker]), who, s.liking[seeker] >= 0, s.rank[seeker] >= 0, s.langs[seeker],
                int(audiences(left.problem, hers)[0]), bool(s.self_ok[seeker]), True,
                beyond(left.problem, left.spots, who), counted=False)  # fmt: skip


def other_slots(left: Left, wish: Wish) -> Wish | None:
    """Only at the times she did not name."""
    return _if(~wish.slots.all(), replace(wish, slots=~wish.slots, counted=False))


def longer_journey(left: Left, wish: Wish) -> Wish | None:
    """Only where she would have to travel farther than she wants, at most FURTHER."""
    away = np.where(wish.beyond > 0, wish.beyond, NOT)
    longer = replace(wish, beyond=away, further=FURTHER, counted=False)
    return _if((away <= FURTHER).any(), longer)


def digitally(left: Left, wish: Wish) -> Wish | None:
    """Only digitally, if she did not want that."""
    away = np.where(left.spots.digital, 0, NOT)
    return _if((wish.beyond[left.spots.digital] > 0).any(), replace(wish, beyond=away, counted=False))


def mixed(left: Left, wish: Wish) -> Wish | None:
    """Only the mixed frame, if she did not ask for it."""
    only = np.arange(left.problem.frames) == left.problem.frames - 1
    return _if(not wish.frames[-1], replace(wish, frames=only, counted=False))


def other_languages(left: Left, wish: Wish) -> Wish | None:
    """Only the languages she does not speak."""
    return _if(~wish.langs.all(), replace(wish, langs=~wish.langs, counted=False))


def _if(sensible: bool | np.bool_, wish: Wish) -> Wish | None:
    return wish if sensible else None


Relaxing = Callable[[Left, Wish], Wish | None]

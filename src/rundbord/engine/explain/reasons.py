"""The binding reason for somebody left out: one thing is relaxed at a time until she could be placed.

The order is the burden on her: nothing; what the organisation could find; then another time, a longer
journey, digital, mixed, a language; at last, to be without those she came with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..problem import AUDIENCES
from . import wishes
from .gathering import ROOM, STARTER, Found, gathered
from .joining import Joining
from .left import Left
from .wishes import Relaxing, Wish

KM = 1000
HELP = {"no_starter": ("starter", STARTER), "no_room": ("room", ROOM)}
RELAXED: dict[str, tuple[str, Relaxing]] = {
    "no_shared_slot": ("another_slot", wishes.other_slots), "too_far": ("further", wishes.longer_journey),
    "not_digital": ("digital", wishes.digitally), "too_few_in_topic": ("mixed", wishes.mixed),
    "language": ("language", wishes.other_languages),
}  # fmt: skip
TRIALS = ("could_be_placed", *HELP, *RELAXED, "together_with_others")

Change = dict[str, Any]


@dataclass(frozen=True)
class Reason:
    """code and numbers of what binds; options: every kind of single change that would place her, found by
    trial, the smallest first.
    """

    code: str
    numbers: dict[str, Any]
    options: tuple[Change, ...] = ()

    @property
    def change(self) -> Change | None:
        """The smallest change that would place her."""
        return self.options[0] if self.options else None


class Reasons:
    """Trials for those left out. What holds for those who stay together is found once."""

    def __init__(self, left: Left) -> None:
        self.left, self.joining = left, Joining(left)
        self._told: dict[int, Reason] = {}

    def of(self, seeker: int) -> Reason:
        """Why this seeker has no place."""
        unit = int(self.left.people.of[seeker])
        if unit not in self._told:
            self._told[unit] = self._of_unit(unit)
        told = self._told[unit]
        if self.left.people.single[unit] or told.code == "could_be_placed":
            return told
        return self._also_alone(told, seeker)

    def _of_unit(self, unit: int) -> Reason:
        wish, people = wishes.of_unit(self.left, unit), self.left.people
        numbers = self.numbers(wish)
        if people.single[unit] and not wish.complete:
            return Reason("wish_incomplete", numbers)
        found = list(self._trials(wish)) if people.whole[unit] else []
        if found:
            return Reason(found[0][0], numbers, tuple(change for _, change in found))
        together = not people.whole[unit] or not wish.complete
        return Reason("together_with_others" if together else "too_few_people", numbers)

    def _also_alone(self, told: Reason, seeker: int) -> Reason:
        """One of a bundle: perhaps she would have a place without the others."""
        wish = wishes.alone(self.left, seeker)
        found = self.placed(wish) if wish.complete else None
        if not found:
            return told
        apart = self.told("separately", found) | {"people": told.numbers.get("people", 1)}
        code = told.code if told.options else "together_with_others"
        return replace(told, code=code, options=(*told.options, apart))

    def _trials(self, wish: Wish) -> Iterator[tuple[str, Change]]:
        """(reason, change) of every trial that succeeds; only the first where nothing needs to change."""
        found = self.placed(wish) or self.joining.swapped(wish)
        if found:
            yield "could_be_placed", self.told("nothing", found)
            return
        for reason, (code, help) in HELP.items():
            found = gathered(self.left, wish, help)
            if found:
                yield reason, self.told(code, found)
        for reason, (code, relaxing) in RELAXED.items():
            relaxed = relaxing(self.left, wish)
            found = self.placed(relaxed) if relaxed else None
            if found:
                yield reason, self.told(code, found)

    def placed(self, wish: Wish) -> Found | None:
        """A chair or a new group: the least extra journey, then most others, then a chair."""
        found = [f for f in (self.joining.joined(wish), gathered(self.left, wish)) if f]
        return min(found, key=lambda f: (f.metres, -f.others), default=None)

    def told(self, code: str, found: Found) -> Change:
        """A trial that succeeded, as codes and numbers."""
        out = {"code": code, "slot": found.slot, "new_group": found.venue is not None, "others": found.others}
        if found.metres:
            out["metres"] = -(-found.metres // KM) * KM
        if found.moves:
            out["moves"] = found.moves
        if found.venue is None:
            return out
        return out | self._where(found, found.venue, with_muni=code in ("starter", "room"))

    def _where(self, found: Found, venue: int, *, with_muni: bool) -> Change:
        here, about = self.left.venues, self.left.crowds.buckets
        bucket = found.bucket
        out = self.left.where(venue) | {
            "frame": int(about.frame[bucket]), "lang": int(about.lang[bucket]),
            "audience": list(AUDIENCES[int(about.audience[bucket])]),
        }  # fmt: skip
        if with_muni:
            out["muni"] = int(here.muni[venue]) if here.physical[venue] else None
        return out

    def numbers(self, wish: Wish) -> dict[str, Any]:
        """Her times and journey, and how many others left share a time, a frame and a language with her."""
        p, s = self.left.people, self.left.problem.seekers
        shared = [p.slots[:, wish.slots], p.frames[:, wish.frames], p.langs[:, wish.langs]]
        alike = np.logical_and.reduce([column.any(axis=1) for column in shared])
        alike[wish.unit] = False
        out = {
            "slots": int(wish.slots.sum()),
            "others_alike": int(p.size[alike].sum()),
            "max_m": int(s.max_m[wish.members].min()),
        }
        return out if wish.single else out | {"people": wish.size}

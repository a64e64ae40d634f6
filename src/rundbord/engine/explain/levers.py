"""What the organisation could do: one more starter or one more room, and whom of those left it would place.

The rows add up: whoever a row places is not counted in the rows below it, nor is the starter a room needs.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..budget import Budget
from ..problem import AUDIENCES
from .gathering import ROOM, STARTER, enough
from .left import Left

MOST = 10
LOOKS = 600  # levers that are looked at in all
CELLS = 400  # places of one lever that are looked at
TRIES = 24  # of these, how many groups are tried
HELP = {"starter": STARTER, "room": ROOM}

Key = tuple[str, int, int]  # code, slot, municipality (-1: digital)


@dataclass(frozen=True)
class Gain:
    """The best group one lever allows. point: no room exists there. units: who is in it; could: everybody who
    could; starter: -1 if none of those left is needed.
    """

    people: int
    point: bool
    units: list[int]
    could: np.ndarray
    venue: int
    bucket: int
    starter: int


class Levers:
    """Chooses the lever that places most, takes its people out, and looks again.

    placeable: units (indices) who could be placed without any.
    """

    def __init__(self, left: Left, placeable: list[int]) -> None:
        self.left = left
        self.before = left.people.whole.copy()
        self.before[placeable] = False
        self.free, self.groups = self.before.copy(), left.starters.capacity.copy()
        self.busy: set[tuple[int, int]] = set()

    def best(self, budget: Budget) -> list[dict[str, Any]]:
        """At most MOST rows, most people first; rooms that exist before others.

        Nothing is worth more after a row is taken out, so only what comes out on top is looked at anew.
        """
        heap = [(-most, False, key, -1) for key, most in _limits(self.left).items()]
        heapq.heapify(heap)
        rows: list[dict[str, Any]] = []
        known: dict[Key, Gain] = {}
        looks = 0
        while heap and len(rows) < MOST and looks < LOOKS and not budget.over():
            _, _, key, looked = heapq.heappop(heap)
            if looked == len(rows):
                rows.append(self._take(key, known[key]))
                continue
            gain, looks = self._gain(key), looks + 1
            if gain:
                known[key] = gain
                heapq.heappush(heap, (-gain.people, gain.point, key, len(rows)))
        return rows

    def _take(self, key: Key, gain: Gain) -> dict[str, Any]:
        code, slot, muni = key
        size, about = self.left.people.size, self.left.crowds.buckets
        row = {
            "code": code, "slot": slot, "muni": None if muni < 0 else muni, "places": gain.people,
            "people": int(size[gain.could].sum()),
            "overlap": int(size[gain.could[~self.free[gain.could]]].sum()),
            "frame": int(about.frame[gain.bucket]), "lang": int(about.lang[gain.bucket]),
            "audience": list(AUDIENCES[int(about.audience[gain.bucket])]),
        }  # fmt: skip
        self.free[gain.units] = False
        if gain.starter >= 0:
            self.groups[gain.starter] -= 1
            self.busy.add((gain.starter, slot))
        return row | (self.left.where(gain.venue) if code == "room" else {})

    def _gain(self, key: Key) -> Gain | None:
        """The best group of one lever with those not yet taken; None if none can gather."""
        best: Gain | None = None
        tries = 0
        for most, venue, bucket, alone in self._cells(key):
            if tries == TRIES or (best and most <= best.people):
                break
            gain, tried = self._group(key, venue, bucket, bool(alone))
            tries += tried
            if gain and (best is None or gain.people > best.people):
                best = gain
        return best

    def _cells(self, key: Key) -> list[list[int]]:
        """(most people, venue, bucket, without a starter) of one lever, most people first."""
        code, slot, muni = key
        left, digital = self.left, self.left.venues.spots.digital
        venues = np.flatnonzero(digital if muni < 0 else ~digital & (left.venues.muni == muni))
        buckets = np.arange(len(left.crowds.buckets.frame))
        masks = enough(left, left.problem.policy.min_size, HELP[code], venues, np.array([slot]), buckets)
        rows = []
        for alone, mask in enumerate(masks):
            v, _, k = np.nonzero(mask)
            chairs = np.array([left.most(v, alone=bool(alone)) for v in venues.tolist()])
            many = (left.crowds.alone if alone else left.crowds.many)[venues[v], slot, k]
            rows.append(np.stack([np.minimum(many, chairs[v]), venues[v], k, np.full(len(v), alone)], axis=1))
        cells = np.concatenate(rows).astype(np.int64)
        return cells[np.argsort(-cells[:, 0], kind="stable")][:CELLS].tolist()

    def _group(self, key: Key, venue: int, bucket: int, alone: bool) -> tuple[Gain | None, int]:
        """The largest group in one place, and whether one was tried."""
        code, slot, _ = key
        starter = -1 if code == "starter" or alone else self._starter(venue, slot, bucket)
        if code == "room" and not alone and starter < 0:
            return None, 0
        left, low = self.left, self.left.problem.policy.min_size
        could = left.crowd(venue, slot, bucket, alone=alone)
        could = could[self.before[could]]
        crowd, high = could[self.free[could]], left.most(venue, alone=alone)
        if left.count(crowd) < low:
            return None, 0
        units = left.gather(crowd, high, high)
        people, point = left.count(units), left.venues.rooms <= venue < len(left.venues.muni) - 1
        return Gain(people, point, units, could, venue, bucket, starter) if people >= low else None, 1

    def _starter(self, venue: int, slot: int, bucket: int) -> int:
        """A starter left whom no row above needs, and who could start such a group; -1 if there is none."""
        able = self.left.starters_for(venue, slot, bucket).tolist()
        return next((i for i in able if self.groups[i] > 0 and (i, slot) not in self.busy), -1)


def _limits(left: Left) -> dict[Key, int]:
    """By lever, the most people one group of it could have."""
    out: dict[Key, int] = {}
    slots, buckets = np.arange(left.problem.slots), np.arange(len(left.crowds.buckets.frame))
    for venue in range(len(left.venues.muni)):
        muni = int(left.venues.muni[venue]) if left.venues.physical[venue] else -1
        for code, help in HELP.items():
            masks = enough(left, left.problem.policy.min_size, help, np.array([venue]), slots, buckets)
            able = (masks[0] | masks[1])[0]
            high = left.most(venue, alone=bool(masks[1].any()))
            many = np.where(able, left.crowds.many[venue], 0).max(axis=1, initial=0)
            for slot in np.flatnonzero(many).tolist():
                most = min(high, int(many[slot]))
                out[code, slot, muni] = max(most, out.get((code, slot, muni), 0))
    return out

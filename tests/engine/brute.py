"""The best solution by trying everything. For a handful of people, or up to fourteen when groups are large.

Whoever comes first in the list is left out, or placed in every way there is; then the next.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import Any, NamedTuple

from .referee import Referee

Row = dict[str, Any]


class Option(NamedTuple):
    """A new group or a join that is valid by itself. uses: rooms and starters at a slot."""

    worth: int
    people: frozenset[int]
    uses: frozenset[tuple[str, str, int]]
    starter: str | None
    row: Row


def optimum(instance: Row) -> int:
    """The highest score of any valid solution."""
    solution, worth = best(instance)
    assert Referee(instance).faults(solution) == set()
    assert Referee(instance).worth(solution) == worth
    return worth


def best(instance: Row) -> tuple[Row, int]:
    """A solution no other is worth more than, and its worth."""
    found = Search(instance)
    found.go(frozenset(range(len(instance["seekers"]))), [], 0)
    chosen = [option.row for option in found.best]
    groups = [row for row in chosen if "members" in row]
    return {"groups": groups, "joins": [row for row in chosen if "seeker" in row]}, found.worth


class Search:
    """Tries everything, but for what cannot become better than the best so far."""

    def __init__(self, instance: Row) -> None:
        self.instance, self.referee = instance, Referee(instance)
        self.at = {s["id"]: n for n, s in enumerate(instance["seekers"])}
        options = [option for option in self._options() if option.worth > 0]
        options.sort(key=lambda option: -option.worth)
        self.first = {n: [o for o in options if min(o.people) == n] for n in self.at.values()}
        self.most = {n: max((o.worth / len(o.people) for o in options if n in o.people), default=0.0)
                     for n in self.at.values()}  # fmt: skip
        self.best: list[Option] = []
        self.worth = 0

    def go(self, left: frozenset[int], chosen: list[Option], worth: int) -> None:
        """Decide about the first of those left."""
        if worth > self.worth:
            self.best, self.worth = list(chosen), worth
        if not left or worth + sum(self.most[n] for n in left) <= self.worth:
            return
        who = min(left)
        for option in self.first[who]:
            if option.people <= left and self._together(chosen, option):
                self.go(left - option.people, [*chosen, option], worth + option.worth)
        self.go(left - {who}, chosen, worth)

    def _together(self, chosen: list[Option], option: Option) -> bool:
        """Whether a further option goes with those chosen."""
        if any(option.uses & other.uses for other in chosen):
            return False
        started = Counter(o.starter for o in [*chosen, option] if o.starter)
        if any(n > self.referee.starters[i]["capacity"] for i, n in started.items()):
            return False
        joins = [o.row for o in [*chosen, option] if "seeker" in o.row]
        return "seeker" not in option.row or not self.referee.join_faults(joins)

    def _options(self) -> list[Option]:
        low, high = self.instance["policy"]["min_size"], self.instance["policy"]["max_size"]
        crowds = [c for size in range(low, high + 1) for c in combinations(self.at, size) if self._whole(c)]
        joins = [{"group": g["id"], "seeker": s} for g in self.instance["open_groups"] for s in self.at]
        fine = [join for join in joins if not self.referee.join_faults([join])]
        return [option for crowd in crowds for option in self._groups(crowd)] + [self._join(j) for j in fine]

    def _whole(self, crowd: tuple[str, ...]) -> bool:
        """No bundle is torn."""
        named = Counter(self.referee.seekers[m]["bundle"] for m in crowd)
        all_ = Counter(s["bundle"] for s in self.instance["seekers"])
        return all(named[bundle] == all_[bundle] for bundle in named if bundle is not None)

    def _groups(self, crowd: tuple[str, ...]) -> list[Option]:
        people = [self.referee.seekers[m] for m in crowd]
        if self.referee.pair_faults(people, []):
            return []
        slots, frames = (set.intersection(*(set(p[key]) for p in people)) for key in ("slots", "frames"))
        langs = set.intersection(*(set(p["langs"]) for p in people))
        audience = sorted(set().union(*(p["only"] for p in people)))
        rooms = [None, *(r["id"] for r in self.instance["rooms"])]
        starters = [None, *(i["id"] for i in self.instance["starters"])]
        rows = [
            {"room": room, "slot": int(slot), "frame": int(frame), "lang": lang, "audience": audience,
             "starter": starter, "members": list(crowd)}
            for slot, frame, lang, room, starter in product(slots, frames, langs, rooms, starters)
        ]  # fmt: skip
        return [self._group(row) for row in rows if not self.referee.group_faults(row)]

    def _group(self, row: Row) -> Option:
        uses = {(kind, row[kind], row["slot"]) for kind in ("room", "starter") if row[kind]}
        people = frozenset(self.at[m] for m in row["members"])
        return Option(self.referee.group_worth(row), people, frozenset(uses), row["starter"], row)

    def _join(self, row: Row) -> Option:
        worth = self.referee.worth({"groups": [], "joins": [row]})
        return Option(worth, frozenset({self.at[row["seeker"]]}), frozenset(), None, row)

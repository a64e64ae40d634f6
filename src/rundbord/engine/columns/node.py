"""Column generation: price templates against the linear programme until nothing gains, or the bound is low
enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .. import meetings as meet
from ..problem import Problem
from ..units import Units
from .master import Column, Master
from .pricing import NONE, SCALE, Pricer, Scan
from .templates import Templates

LOOKS = (
    150  # templates searched exactly in a round that has already found groups; the others are bounded loosely
)


@dataclass(frozen=True)
class Limits:
    """What a branch demands. groups: (branch row, low, high);

    seats: (unit, kind, must she be in that kind).
    """

    groups: tuple[tuple[int, float, float], ...] = ()
    seats: tuple[tuple[int, int, bool], ...] = ()


class Generator:
    """Everything column generation needs, kept from node to node."""

    def __init__(self, problem: Problem, units: Units, templates: Templates, clash: list[int]) -> None:
        self.problem, self.units, self.templates = problem, units, templates
        self.pricer = Pricer(problem, units, templates, clash)
        self.master = Master(templates, len(units.size), problem.starters.capacity)
        self.kind = kinds(templates)
        self.kind_of_entry = self.kind[self.pricer.of]
        self.shut: np.ndarray | None = None

    def enter(self, limits: Limits) -> None:
        """Put the limits of a branch in force, and no others."""
        wanted = {branch: (low, high) for branch, low, high in limits.groups}
        for branch in range(len(self.master.branches)):
            self.master.limit(branch, *wanted.get(branch, (-np.inf, np.inf)))
        must = np.zeros(len(self.units.size), dtype=bool)
        must[[unit for unit, _, seated in limits.seats if seated]] = True
        self.master.seat(must)
        self.shut = self._shut(limits) if limits.seats else None
        self.master.allow(np.array([self._allowed(c, limits) for c in self.master.columns], dtype=bool))

    def fix(self, columns: Sequence[Column]) -> None:
        """Keep these groups as they are: what they use is shut for all others."""
        t = self.templates
        units = np.zeros(len(self.units.size), dtype=bool)
        units[[u for c in columns for u in c.units]] = True
        rows = np.isin(t.row, [t.row[c.template] for c in columns if t.row[c.template] >= 0])
        self.shut = units[t.unit] | rows[self.pricer.of]
        kept = {(c.template, c.units) for c in columns}
        free = [not rows[c.template] and not units[list(c.units)].any() for c in self.master.columns]
        self.master.allow(np.array(free, dtype=bool), np.array([c[:2] in kept for c in self.master.columns]))

    def _shut(self, limits: Limits) -> np.ndarray:
        shut = np.zeros(len(self.kind_of_entry), dtype=bool)
        for unit, kind, seated in limits.seats:
            here = self.kind_of_entry == kind
            shut |= (self.templates.unit == unit) & (~here if seated else here)
        return shut

    def _allowed(self, column: Column, limits: Limits) -> bool:
        kind = self.kind[column.template]
        return all(unit not in column.units or (k == kind) == seated for unit, k, seated in limits.seats)

    def close(self, enough: int, rounds: int, stop=lambda: False) -> int:
        """Add groups until none gains or the bound is at most `enough`.

        Returns the proven bound in points.
        """
        best = 2**60
        for _ in range(rounds):
            if not self.master.solve():
                break
            bound, added = self._round()
            best = min(best, bound)
            if not added or best <= enough or stop():
                break
        return best

    def _round(self) -> tuple[int, int]:
        prices, cost = self.master.prices()
        scan = self.pricer.scan(prices, self.shut)
        best: dict[int, int] = {}
        added = 0
        for looked, template in enumerate(_promising(scan)):
            row, bound = int(self.templates.row[template]), int(scan.bound[template])
            if row >= 0 and best.get(row, 0) >= bound:
                continue
            if looked < LOOKS or not added:
                found = self.pricer.best(scan, template, self.shut)
                added += found.gain > 0 and self.master.add(self.column(template, found.units))
                bound = found.bound
            key, most = (row, 1) if row >= 0 else (-1 - template, int(self.templates.groups[template]))
            best[key] = max(best.get(key, 0), bound * most)
        return (cost + sum(best.values())) // SCALE, added

    def column(self, template: int, units: tuple[int, ...]) -> Column:
        """The group as a column with its exact worth."""
        return Column(template, units, meet.worth(self.problem, self.meeting(template, units, 0)))

    def meeting(self, template: int, units: tuple[int, ...], starter: int) -> meet.Meeting:
        """A template with its members; `starter` counts only where the template has one."""
        t, u = self.templates, self.units
        members = tuple(int(m) for x in units for m in u.member[u.ptr[x] : u.ptr[x + 1]])
        if t.open[template] >= 0:
            return meet.open_group(self.problem, int(t.open[template]), members)
        room = int(t.room[template]) if t.room[template] >= 0 else None
        audience = int(np.bitwise_or.reduce(u.need[list(units)]))
        return meet.Meeting(int(t.slot[template]), int(t.frame[template]), int(t.lang[template]), audience,
                            meet.room_venue(self.problem, room), members, room,
                            starter if t.klass[template] >= 0 else None)  # fmt: skip


def _promising(scan: Scan) -> list[int]:
    gain = np.flatnonzero(scan.bound > 0)
    return gain[np.argsort(-scan.bound[gain], kind="stable")].tolist()


def kinds(t: Templates) -> np.ndarray:
    """Number of each template's kind: same room and slot (or digital slot, or open group), frame and
    language.
    """
    keys = np.stack([t.row, t.slot, t.frame, t.lang, t.open])
    return (
        np.unique(keys, axis=1, return_inverse=True)[1].ravel() if keys.size else np.zeros(0, dtype=np.int64)
    )


__all__ = ["NONE", "Generator", "Limits", "kinds"]

"""Column generation: price templates against the linear programme until nothing gains, or the bound is low
enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

import numpy as np

from .. import meetings as meet
from ..problem import Problem
from ..units import Units
from .master import Column, Duals, Master
from .pricing import NONE, SCALE, Pricer, Prices, Scan
from .templates import Templates

MOST = 120
FILLED = 10  # groups found by filling up that are enough for a round
ENOUGH = 25  # groups found by exact search in a round after which the other templates are bounded loosely


@dataclass(frozen=True)
class Limits:
    """What a branch demands. groups: (branch row, low, high);

    seats: (unit, kind, must she be in that kind).
    """

    groups: tuple[tuple[int, float, float], ...] = ()
    seats: tuple[tuple[int, int, bool], ...] = ()


class Generator:
    """Everything column generation needs, kept from node to node."""

    def __init__(self, problem: Problem, units: Units, templates: Templates, clash: np.ndarray) -> None:
        self.problem, self.units, self.templates = problem, units, templates
        self.pricer = Pricer(problem, units, templates, clash)
        self.master = Master(templates, len(units.size), problem.starters.capacity)
        self.kind = kinds(templates)
        self.kind_of_entry = self.kind[self.pricer.of]
        self.sizes = units.size.tolist()
        self.values: dict[int, dict[int, int]] = {}
        self.view = self.pricer.view()

    def enter(self, limits: Limits) -> None:
        """Put the limits of a branch in force, and no others."""
        wanted = {branch: (low, high) for branch, low, high in limits.groups}
        for branch in range(len(self.master.branches)):
            self.master.limit(branch, *wanted.get(branch, (-np.inf, np.inf)))
        must = np.zeros(len(self.units.size), dtype=bool)
        must[[unit for unit, _, seated in limits.seats if seated]] = True
        self.master.seat(must)
        self.view = self.pricer.view(self._shut(limits) if limits.seats else None)
        self.master.allow(self._allowed(limits))

    def fix(self, columns: Sequence[Column]) -> None:
        """Keep these groups as they are: what they use is shut for all others."""
        t, pool = self.templates, self.master.pool
        units = np.zeros(len(self.units.size), dtype=bool)
        units[[u for c in columns for u in c.units]] = True
        rows = np.isin(t.row, [t.row[c.template] for c in columns if t.row[c.template] >= 0])
        self.view = self.pricer.view(units[t.unit] | rows[self.pricer.of])
        free = ~rows[pool.template()] & ~pool.holds()[:, units].any(axis=1)
        kept = np.zeros(len(free), dtype=bool)
        kept[[pool.number[c[:2]] for c in columns]] = True
        self.master.allow(free, kept)

    def _shut(self, limits: Limits) -> np.ndarray:
        shut = np.zeros(len(self.kind_of_entry), dtype=bool)
        for unit, kind, seated in limits.seats:
            here = self.kind_of_entry == kind
            shut |= (self.templates.unit == unit) & (~here if seated else here)
        return shut

    def _allowed(self, limits: Limits) -> np.ndarray:
        pool = self.master.pool
        kind, holds = self.kind[pool.template()], pool.holds()
        allowed = np.ones(len(kind), dtype=bool)
        for unit, k, seated in limits.seats:
            allowed &= ~holds[:, unit] | ((kind == k) == seated)
        return allowed

    def close(self, enough: int, rounds: int, stop=lambda: False, exact: bool = True) -> int:
        """Add groups until none gains or the bound is at most `enough`.

        Returns the proven bound in points. exact False: only groups found by filling up, which is faster.
        """
        best = 2**60
        for _ in range(rounds):
            if not self.master.solve():
                break
            bound, added = self.round(*self.master.prices(), exact=exact)
            best = min(best, bound)
            if not added or best <= enough or stop():
                break
        return best

    def gather(self, at: Duals, most: int, within: int) -> int:
        """Add the best groups at these prices, even such as cost up to `within` more than they are worth."""
        scan = self.pricer.scan(self.master.priced(at)[0], self.view)
        some = np.flatnonzero(scan.bound > -within)
        return self._add_best(some, *self.pricer.fill(scan, some), most, NONE) if len(some) else 0

    def _add_best(
        self, some: np.ndarray, gain: np.ndarray, sets: list[tuple[int, ...]], most: int, above: int
    ) -> int:
        best = [i for i in np.argsort(-gain, kind="stable")[:most].tolist() if gain[i] > above]
        return self._add([(int(some[i]), sets[i]) for i in best])

    def round(
        self, prices: Prices, cost: int, *, exact: bool = True, most: int = MOST, thorough: bool = False
    ) -> tuple[int, int]:
        """(proven bound in points, groups added): every template looked at with these prices.

        thorough: the exact search is made even where enough was found by filling up.
        """
        scan = self.pricer.scan(prices, self.view)
        hopeful = np.flatnonzero(scan.bound > 0)
        hopeful = hopeful[np.argsort(-scan.bound[hopeful], kind="stable")]
        bound, added = scan.bound.copy(), 0
        if len(hopeful):
            gain, sets = self.pricer.fill(scan, hopeful)
            added = self._add_best(hopeful, gain, sets, most, 0)
            if exact and (thorough or added < FILLED):
                added += self._search(scan, hopeful, gain, bound)
        return (cost + self._sum(hopeful, bound)) // SCALE, added

    def _search(self, scan: Scan, hopeful: np.ndarray, gain: np.ndarray, bound: np.ndarray) -> int:
        """Search hopeful templates exactly and lower their bounds; returns how many groups were added."""
        added = 0
        hope = self.pricer.hope(scan)
        known = np.zeros(self.templates.rows + 1, dtype=np.int64)
        rows = self.templates.row[hopeful]
        np.maximum.at(known, rows, np.where(rows >= 0, gain, 0))
        known[-1] = 0
        for at, row, have in zip(hopeful.tolist(), rows.tolist(), gain.tolist(), strict=True):
            if added >= ENOUGH:
                break
            if have == bound[at] or known[row] >= bound[at]:
                continue
            found = self.pricer.best(scan, hope, at, max(0, int(known[row])))
            if found.gain > 0:
                added += self._add([(at, found.units)])
            bound[at] = found.bound
            if row >= 0:
                known[row] = max(known[row], found.gain)
        return added

    def _sum(self, hopeful: np.ndarray, bound: np.ndarray) -> int:
        """The most all templates together can gain: one group per row, several where there is no row."""
        t, more = self.templates, np.maximum(bound[hopeful], 0)
        rows, best = t.row[hopeful], np.zeros(self.templates.rows, dtype=np.int64)
        single = rows >= 0
        np.maximum.at(best, rows[single], more[single])
        return int(best.sum() + (more * t.groups[hopeful])[~single].sum())

    def _add(self, found: Sequence[tuple[int, tuple[int, ...]]]) -> int:
        return self.master.add([self.column(template, units) for template, units in found])

    def column(self, template: int, units: tuple[int, ...]) -> Column:
        """The group as a column with its exact worth."""
        template = int(self.templates.plain[template])
        return Column(template, units, self.worth(template, units))

    def worth(self, template: int, units: tuple[int, ...]) -> int:
        """What a group adds to the score, in points; the same as `meetings.worth` of its meeting."""
        t, w, values = self.templates, self.problem.weights, self._values(template)
        people = sum(values[u] for u in units)
        if t.open[template] >= 0:
            return people
        size = sum(self.sizes[u] for u in units)
        spare = reduce(and_, (self.pricer.slots[u] for u in units)).bit_count() - 1
        alone = w.self_start if t.klass[template] < 0 else 0
        return people + w.size.get(size, 0) + w.backup * min(w.backup_cap, spare) + alone

    def _values(self, template: int) -> dict[int, int]:
        """Worth of every unit of a template."""
        if template not in self.values:
            t, mine = self.templates, slice(*self.templates.ptr[template : template + 2].tolist())
            self.values[template] = dict(zip(t.unit[mine].tolist(), t.value[mine].tolist(), strict=True))
        return self.values[template]

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


def kinds(t: Templates) -> np.ndarray:
    """Number of each template's kind: same room and slot (or digital slot, or open group), frame and
    language.
    """
    keys = np.stack([t.row, t.slot, t.frame, t.lang, t.open])
    return (
        np.unique(keys, axis=1, return_inverse=True)[1].ravel() if keys.size else np.zeros(0, dtype=np.int64)
    )

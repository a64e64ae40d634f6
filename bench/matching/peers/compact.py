"""The whole problem as one compact programme for a general solver (HiGHS), with a time limit.

A kind is everything about a group but its members and its starter's name. Variables: unit u is in kind k;
kind k takes place with n people; starter i serves a class of kinds; unit u joins open group o. Spare slots
are left out of the programme, and counted once it is solved.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import highspy
import numpy as np

from rundbord.engine import meetings as meet
from rundbord.engine.meetings import Meeting, open_group, room_venue
from rundbord.engine.places import needed
from rundbord.engine.problem import WOMEN, Problem
from rundbord.engine.solve import as_solution

from .answer import Answer, newcomers
from .programme import Programme
from .scene import Scene


class Kind(NamedTuple):
    """venue 0 is digital; copy tells digital groups of one kind apart; inside: column by unit."""

    venue: int
    slot: int
    frame: int
    lang: int
    audience: int
    alone: bool
    inside: dict[int, int]
    sizes: dict[int, int]


def run(problem: Problem, seed: int = 1, seconds: float | None = 60) -> Answer:
    """The best within the seconds; the bound is proven whether or not the solver finished."""
    model = Model(Scene(problem))
    value, limit = model.programme.solve(seconds, seed)
    found = model.meetings(value) if value is not None else []
    w, groups = problem.weights, len(problem.seekers) // max(1, problem.policy.min_size)
    return Answer(as_solution(problem, found), limit + groups * w.backup * w.backup_cap)


class Model:
    """One problem as a programme, and the way back."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.problem, self.programme = scene, scene.problem, Programme()
        self.kinds = [kind for place in self._places() for kind in self._at(*place)]
        self.joins = [join for at in range(len(self.problem.opens)) for join in self._join(at)]
        self.serves: dict[tuple[int, int, int, int, int], int] = {}
        for rows in (self._once, self._rooms, self._starters, self._newcomers):
            rows()

    def _places(self) -> list[tuple[int, int, np.ndarray]]:
        """(venue, slot, who could come there)."""
        f, open_ = self.scene.fixed, self.scene.means()[0]
        some = [(int(v), int(t)) for v, t in zip(*np.nonzero(open_), strict=True)]
        return [(v, t, np.flatnonzero((f.worth[v] >= 0) & (f.slot[:, t] >= 0))) for v, t in some]

    def _at(self, venue: int, slot: int, crowd: np.ndarray) -> list[Kind]:
        f, found = self.scene.fixed, []
        audiences = needed(self.scene.units.need[crowd]) if len(crowd) else 0
        for frame in range(self.problem.frames):
            for lang in range(self.problem.languages):
                for audience in (a for a in range(4) if audiences >> a & 1):
                    can = (f.frame[crowd, frame] >= 0) & f.langs[crowd, lang]
                    fit = crowd[can & (f.audience[crowd] >> audience & 1 == 1)]
                    found += self._kinds((venue, slot, frame, lang, audience), fit)
        return found

    def _kinds(self, what: tuple[int, int, int, int, int], fit: np.ndarray) -> list[Kind]:
        """With a starter and without; digital ones as often as there are people for them."""
        found, f = [], self.scene.fixed
        low, high, self_start, price = self.scene.terms
        for alone in (False, True) if self_start else (False,):
            some = fit[f.self_ok[fit]] if alone else fit
            people = int(f.size[some].sum())
            most = min(high, int(f.chairs[what[0]]) - (not alone), people)
            for _ in range((people // low if what[0] == 0 else 1) if most >= low else 0):
                found.append(self._kind(what, alone, some, range(low, most + 1), price if alone else 0))
        return found

    def _kind(self, what: tuple, alone: bool, some: np.ndarray, sizes: range, price: int) -> Kind:
        f, p = self.scene.fixed, self.programme
        venue, slot, frame = what[:3]
        worth = f.worth[venue, some] + f.slot[some, slot] + f.frame[some, frame]
        inside = {int(u): p.column(float(w)) for u, w in zip(some, worth, strict=True)}
        taking = {n: p.column(float(f.bonus[n] + price)) for n in sizes}
        people = [(column, float(f.size[u])) for u, column in inside.items()]
        p.row(0, 0, [*people, *((column, -float(n)) for n, column in taking.items())])
        p.row(0, 1, [(column, 1.0) for column in taking.values()])
        for u, column in inside.items():
            others = [(inside[v], 1.0) for v in inside if f.apart[u, v]]
            if others:
                p.row(-highspy.kHighsInf, len(others), [*others, (column, float(len(others)))])
        return Kind(*what, alone, inside, taking)

    def _join(self, at: int) -> list[tuple[int, int, int]]:
        """(open group, unit, column) of everybody who could join it."""
        meeting, units = open_group(self.problem, at), self.scene.units.of
        able = newcomers(self.problem, at, np.arange(len(self.problem.seekers)))
        worth = [float(meet.person_value(self.problem, s, meeting)) for s in able]
        return [(at, int(units[s]), self.programme.column(w)) for s, w in zip(able, worth, strict=True)]

    def _once(self) -> None:
        uses = defaultdict(list)
        for kind in self.kinds:
            for u, column in kind.inside.items():
                uses[u].append((column, 1.0))
        for _, u, column in self.joins:
            uses[int(u)].append((column, 1.0))
        self.programme.most(uses, lambda _: 1)

    def _rooms(self) -> None:
        uses = defaultdict(list)
        for kind in self.kinds:
            if kind.venue:
                uses[kind.venue, kind.slot] += [(c, 1.0) for c in kind.sizes.values()]
        self.programme.most(uses, lambda _: 1)

    def _starters(self) -> None:
        """A class is (venue, slot, language, for women); each started kind of it needs somebody."""
        f, hours, capacity = self.scene.fixed, *self.scene.means()[1:]
        classes, busy, total = defaultdict(list), defaultdict(list), defaultdict(list)
        for kind in self.kinds:
            if not kind.alone:
                key = (kind.venue, kind.slot, kind.lang, kind.audience & WOMEN)
                classes[key] += [(c, 1.0) for c in kind.sizes.values()]
        for key, entries in classes.items():
            venue, slot, lang, women = key
            able = f.begins[venue] & hours[:, slot] & f.speaks[:, lang] & (f.woman | (not women))
            for i in np.flatnonzero(able).tolist():
                self.serves[*key, i] = column = self.programme.column(0.0)
                entries.append((column, -1.0))
                busy[i, slot].append((column, 1.0))
                total[i].append((column, 1.0))
            self.programme.row(0, 0, entries)
        self.programme.most(busy, lambda _: 1)
        self.programme.most(total, lambda i: max(0, int(capacity[i])))

    def _newcomers(self) -> None:
        places, f = defaultdict(list), self.scene.fixed
        for at, u, column in self.joins:
            for v, other in places[at]:
                if f.apart[u, v]:
                    self.programme.row(0, 1, [(other, 1.0), (column, 1.0)])
            places[at].append((u, column))
        uses = {at: [(column, 1.0) for _, column in columns] for at, columns in places.items()}
        self.programme.most(uses, lambda at: max(0, int(self.problem.opens.free[at])))

    def meetings(self, value: np.ndarray) -> list[Meeting]:
        """The groups and joins of a solved programme."""
        free = defaultdict(list)
        for (*key, i), column in self.serves.items():
            free[tuple(key)] += [i] if value[column] else []
        found = []
        for kind in self.kinds:
            if any(value[c] for c in kind.sizes.values()):
                key = (kind.venue, kind.slot, kind.lang, kind.audience & WOMEN)
                found.append(self._meeting(kind, value, None if kind.alone else free[key].pop()))
        joined = defaultdict(list)
        for at, u, column in self.joins:
            joined[at] += [int(u)] if value[column] else []
        return found + [open_group(self.problem, at, self.scene.members(some))
                        for at, some in joined.items() if some]  # fmt: skip

    def _meeting(self, kind: Kind, value: np.ndarray, starter: int | None) -> Meeting:
        room = kind.venue - 1 if kind.venue else None
        members = self.scene.members([u for u, column in kind.inside.items() if value[column]])
        return Meeting(kind.slot, kind.frame, kind.lang, kind.audience, room_venue(self.problem, room),
                       members, room, starter)  # fmt: skip

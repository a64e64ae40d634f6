"""Independent parts: people who could share a group, or who compete for a room, a starter or a place.

What no part can share with another has no influence there: the parts' best answers together are the best
answer of the whole, and their bounds add up to a bound of the whole.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .. import places as place_lists
from .. import units as unit_lists
from ..places import Places
from ..problem import WOMEN, Problem
from ..units import NEVER, Units
from .pieces import Piece


class Found(NamedTuple):
    """pieces: independent parts, largest first. nowhere: people (indices) who can be in no group at all."""

    pieces: list[Piece]
    nowhere: np.ndarray


def parts(problem: Problem) -> list[np.ndarray]:
    """Seeker indices of each independent part, largest first. Whoever is in none can be in no group."""
    return [piece.seekers for piece in components(problem).pieces]


def components(problem: Problem) -> Found:
    """The independent parts with what belongs to each, and those who are in none."""
    search = Search(problem)
    search.rooms()
    search.digital()
    search.opens()
    return search.found()


class Net:
    """Which nodes hang together (union-find on whole arrays)."""

    def __init__(self, count: int) -> None:
        self.parent = np.arange(count)
        self.met = np.zeros(count, dtype=bool)  # has been joined with anything

    def roots(self, nodes: np.ndarray) -> np.ndarray:
        """The node each of these hangs on."""
        at = self.parent[nodes]
        while (at != (up := self.parent[at])).any():
            at = up
        self.parent[nodes] = at
        return at

    def join(self, nodes: np.ndarray) -> None:
        """All of these hang together."""
        if len(nodes):
            self.met[nodes] = True
            self.parent[np.unique(self.roots(nodes))] = self.roots(nodes).min()


class Crowd(NamedTuple):
    """Units at a place and which of its groups (frame, language) could gather, for one audience.

    frames (units, frames) and langs (units, languages): who fits. led and alone (frames, languages): with a
    starter, and without one (only units who accept that).
    """

    unit: np.ndarray
    frames: np.ndarray
    langs: np.ndarray
    accepts: np.ndarray
    led: np.ndarray
    alone: np.ndarray

    def comes(self, led: np.ndarray, alone: np.ndarray) -> np.ndarray:
        """Units who could be in one of these groups."""
        able = ((self.frames @ led) * self.langs).any(axis=1)
        return self.unit[able | (self.accepts & ((self.frames @ alone) * self.langs).any(axis=1))]


class Search:
    """One pass over the places. Nodes are units, then starters, then open groups."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.units: Units = unit_lists.build(problem)
        self.places: Places = place_lists.build(problem, self.units)
        self.many = len(self.units.size)
        self.net = Net(self.many + len(problem.starters) + len(problem.opens))
        self.room_of = np.full(problem.rooms.free.shape, -1, dtype=np.int64)  # a unit that could meet there
        self.frames = (self.units.frame_value > NEVER // 2).astype(np.float32)
        self.langs = self.units.langs.astype(np.float32)

    def rooms(self) -> None:
        """All who could gather in a room at a slot, and all who could start them there."""
        for at in np.flatnonzero(self.places.room >= 0).tolist():
            if self._one_already(at):
                continue
            nodes = [self._nodes(at, crowd, crowd.led, crowd.alone, a) for a, crowd in self._crowds(at)]
            one = np.unique(np.concatenate(nodes)) if nodes else np.zeros(0, dtype=np.int64)
            if len(one):
                self.net.join(one)
                self.room_of[self.places.room[at], self.places.slot[at]] = one[0]

    def _one_already(self, at: int) -> bool:
        """Whether everybody there hangs together as it is; saves most of the work in a large instance."""
        p = self.places
        unit = p.unit[p.ptr[at] : p.ptr[at + 1]]
        nodes = np.append(unit, self.many + p.starter[p.st_ptr[at] : p.st_ptr[at + 1]]).astype(np.int64)
        root = self.net.roots(nodes)
        one = bool(self.net.met[nodes].all() and (root == root[0]).all())
        if one:
            self.room_of[p.room[at], p.slot[at]] = root[0]
        return one

    def digital(self) -> None:
        """Digital groups take no room from one another: each kind of group by itself."""
        for at in np.flatnonzero(self.places.room < 0).tolist():
            for audience, crowd in self._crowds(at):
                for frame, lang in np.argwhere((crowd.led + crowd.alone) > 0).tolist():
                    self.net.join(self._kind(at, crowd, frame, lang, audience))

    def _kind(self, at: int, crowd: Crowd, frame: int, lang: int, audience: int) -> np.ndarray:
        """Units of one kind of group, and who could start it."""
        fits = (crowd.frames[:, frame] * crowd.langs[:, lang]) > 0
        if not crowd.led[frame, lang]:
            return crowd.unit[fits & crowd.accepts].astype(np.int64)
        able = self._able(at, audience)
        starts = able[self.problem.starters.langs[able, lang]]
        return np.append(crowd.unit[fits], self.many + starts).astype(np.int64)

    def opens(self) -> None:
        """All who could take a place in the same open group."""
        first = self.many + len(self.problem.starters)
        for at, (who, _) in enumerate(place_lists.newcomers(self.problem, self.units)):
            if len(who) and self.problem.opens.free[at] > 0:
                self.net.join(np.append(who, first + at))

    def _crowds(self, at: int) -> list[tuple[int, Crowd]]:
        """(audience, crowd) where a group could gather."""
        p, u = self.places, self.units
        unit = p.unit[p.ptr[at] : p.ptr[at + 1]]
        found = []
        for audience in (a for a in range(4) if p.audiences[at] >> a & 1):
            some = unit[(u.audience[unit] >> audience & 1).astype(bool)]
            crowd = self._crowd(at, some, audience)
            if crowd.led.any() or crowd.alone.any():
                found.append((audience, crowd))
        return found

    def _crowd(self, at: int, unit: np.ndarray, audience: int) -> Crowd:
        low, room = self.problem.policy.min_size, int(self.places.capacity[at])
        frames, langs, accepts = self.frames[unit], self.langs[unit], self.units.self_ok[unit]
        size = self.units.size[unit].astype(np.float32)[:, None]
        spoken = self._spoken(at, audience)
        led = (frames.T @ (langs * size) >= low) & spoken & (room > low)
        alone = frames.T @ (langs * size * accepts[:, None]) >= low
        alone &= self.problem.policy.self_start and room >= low
        return Crowd(unit, frames, langs, accepts, led.astype(np.float32), alone.astype(np.float32))

    def _able(self, at: int, audience: int) -> np.ndarray:
        """Starters who could start a group of that audience at the place."""
        p = self.places
        starter = p.starter[p.st_ptr[at] : p.st_ptr[at + 1]]
        return starter[self.problem.starters.woman[starter]] if audience & WOMEN else starter

    def _spoken(self, at: int, audience: int) -> np.ndarray:
        return self.problem.starters.langs[self._able(at, audience)].any(axis=0)

    def _nodes(self, at: int, crowd: Crowd, led: np.ndarray, alone: np.ndarray, audience: int) -> np.ndarray:
        """Units who could be in these groups at the place, and starters who could start one of them."""
        able = self._able(at, audience)
        starts = able[(self.problem.starters.langs[able] & led.any(axis=0)).any(axis=1)]
        return np.concatenate([crowd.comes(led, alone), self.many + starts]).astype(np.int64)

    def found(self) -> Found:
        """The parts, by what hangs together."""
        root = self.net.roots(np.arange(len(self.net.parent)))
        mine = np.flatnonzero(self.net.met[: self.many])
        size = np.bincount(root[mine], weights=self.units.size[mine], minlength=len(root))
        order = sorted(np.unique(root[mine]).tolist(), key=lambda r: (-size[r], r))
        unit_root = np.where(self.net.met[: self.many], root[: self.many], -1)
        seeker_root = np.where(self.units.of >= 0, np.append(unit_root, -1)[self.units.of], -1)
        return Found([self._piece(r, root, seeker_root) for r in order], np.flatnonzero(seeker_root < 0))

    def _piece(self, own: int, root: np.ndarray, seeker_root: np.ndarray) -> Piece:
        p = self.problem
        last = self.many + len(p.starters)
        starts = (root[self.many : last] == own) & self.net.met[self.many : last]
        return Piece(
            seekers=np.flatnonzero(seeker_root == own),
            rooms=np.append(root, -1)[self.room_of] == own,
            starters=p.starters.free & starts[:, None],
            capacity=np.where(starts, p.starters.capacity, 0),
            opens=(root[last:] == own) & self.net.met[last:],
        )

"""The instance as immutable arrays (format `selvhjelp-match/1`). Nobody is named here: ids only.

Units: metres for every coordinate and journey, weeks for waiting, indices for slots, frames and languages.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

AUDIENCES: tuple[tuple[str, ...], ...] = ((), ("women",), ("young",), ("women", "young"))
WOMEN, YOUNG = 1, 2  # bits of an audience number 0..3
PHYSICAL, DIGITAL = 1, 2  # values of Seekers.first; 0 is no mode at all


def audience_bits(names: Any) -> int:
    """`["women", "young"]` -> 3."""
    return WOMEN * ("women" in names) + YOUNG * ("young" in names)


@dataclass(frozen=True)
class Policy:
    """The organisation's settings for a new group; sizes count members, not the starter."""

    min_size: int
    max_size: int
    young_max_age: int
    self_start: bool


@dataclass(frozen=True)
class Weights:
    """What a placing is worth; see FORMAT. `size` maps a group's size to its worth."""

    place: int
    wait_per_week: int
    wait_cap_weeks: int
    topic: tuple[int, ...]
    slot: tuple[int, ...]
    mode_first: int
    travel: int
    digital: int
    size: dict[int, int]
    backup: int
    backup_cap: int
    self_start: int
    long_wait: int = 0  # beside the rest, for who has waited LONG weeks; the search sets it, no instance


class Rows:
    """A table by columns: lists of ids and arrays that share their first axis."""

    def take(self, keep: np.ndarray) -> Any:
        """The same table with only the rows at `keep` (indices, in that order)."""
        columns = {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]
        return type(self)(**{key: _pick(value, keep) for key, value in columns.items()})

    def __len__(self) -> int:
        return len(self.ids)  # type: ignore[attr-defined]


def _pick(column: Any, keep: np.ndarray) -> Any:
    return column[keep] if isinstance(column, np.ndarray) else [column[i] for i in keep]


@dataclass(frozen=True)
class Seekers(Rows):
    """Those who wait. liking (n, slots) and rank (n, frames): -1 = no, else 0..2; bundle: -1 = single."""

    ids: list[str]
    x: np.ndarray
    y: np.ndarray
    pc: np.ndarray
    muni: np.ndarray
    max_m: np.ndarray
    physical: np.ndarray
    digital: np.ndarray
    first: np.ndarray
    liking: np.ndarray
    rank: np.ndarray
    langs: np.ndarray
    gender: np.ndarray
    age: np.ndarray
    only: np.ndarray
    discretion: np.ndarray
    access: np.ndarray
    self_ok: np.ndarray
    wait: np.ndarray
    bundle: np.ndarray


@dataclass(frozen=True)
class Rooms(Rows):
    """Rooms; free (n, slots) where one may meet; capacity counts the starter."""

    ids: list[str]
    x: np.ndarray
    y: np.ndarray
    muni: np.ndarray
    capacity: np.ndarray
    accessible: np.ndarray
    free: np.ndarray


@dataclass(frozen=True)
class Starters(Rows):
    """Starters; free (n, slots); capacity = groups to start now."""

    ids: list[str]
    x: np.ndarray
    y: np.ndarray
    max_m: np.ndarray
    physical: np.ndarray
    digital: np.ndarray
    langs: np.ndarray
    woman: np.ndarray
    free: np.ndarray
    capacity: np.ndarray


@dataclass(frozen=True)
class Opens(Rows):
    """Running groups with free places; members is a list of lists of (id, pc, muni, discretion)."""

    ids: list[str]
    frame: np.ndarray
    lang: np.ndarray
    audience: np.ndarray
    slot: np.ndarray
    digital: np.ndarray
    x: np.ndarray
    y: np.ndarray
    accessible: np.ndarray
    free: np.ndarray
    members: list[list[tuple[str, int, int, int]]]


@dataclass(frozen=True)
class Problem:
    """One instance. blocked: (b, 2) seeker indices, the smaller first, sorted;

    barred: (seeker, member id) pairs.
    """

    name: str
    slots: int
    frames: int
    languages: int
    policy: Policy
    weights: Weights
    seekers: Seekers
    rooms: Rooms
    starters: Starters
    opens: Opens
    blocked: np.ndarray
    barred: frozenset[tuple[int, str]]

    @cached_property
    def index(self) -> dict[str, dict[str, int]]:
        """Row numbers by id: `index["seekers"]["s7"]`, likewise rooms, starters and opens."""
        tables = {key: getattr(self, key).ids for key in ("seekers", "rooms", "starters", "opens")}
        return {key: {id_: at for at, id_ in enumerate(ids)} for key, ids in tables.items()}

    @cached_property
    def blocked_codes(self) -> frozenset[int]:
        """Blocked pairs of seekers as single numbers, smaller index * number of seekers + larger index."""
        return frozenset((self.blocked[:, 0] * len(self.seekers) + self.blocked[:, 1]).tolist())

    @cached_property
    def barred_by(self) -> dict[str, list[int]]:
        """Who may not be with a member of an open group: seeker indices by the member's id."""
        out: dict[str, list[int]] = {}
        for seeker, member in sorted(self.barred):
            out.setdefault(member, []).append(seeker)
        return out

    @cached_property
    def bundles(self) -> dict[int, list[int]]:
        """Seeker indices by bundle number."""
        out: dict[int, list[int]] = {}
        for at in np.flatnonzero(self.seekers.bundle >= 0).tolist():
            out.setdefault(int(self.seekers.bundle[at]), []).append(at)
        return out

    def part(self, seekers: np.ndarray) -> Problem:
        """The same problem with only these seekers (indices, ascending)."""
        where = np.full(len(self.seekers), -1, dtype=np.int64)
        where[seekers] = np.arange(len(seekers))
        pairs = where[self.blocked] if len(self.blocked) else self.blocked
        barred = frozenset((int(where[s]), m) for s, m in self.barred if where[s] >= 0)
        kept = pairs[(pairs >= 0).all(axis=1)] if len(pairs) else pairs
        return replace(self, seekers=self.seekers.take(seekers), blocked=kept, barred=barred)

"""Reading an instance (format `selvhjelp-match/1`) into arrays; malformed ones are refused in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import reading
from .reading import ProblemError
from .tables import (
    AUDIENCES,
    DIGITAL,
    PHYSICAL,
    WOMEN,
    YOUNG,
    Opens,
    Policy,
    Problem,
    Rooms,
    Seekers,
    Starters,
    Weights,
    audience_bits,
)

__all__ = [
    "AUDIENCES",
    "DIGITAL",
    "PHYSICAL",
    "WOMEN",
    "YOUNG",
    "Problem",
    "ProblemError",
    "audience_bits",
    "load",
]

FORMAT = "selvhjelp-match/1"
MODES = ("physical", "digital")


def load(data: dict[str, Any]) -> Problem:
    """Read an instance. Raises ProblemError with a sentence for anything malformed."""
    if not isinstance(data, dict):
        raise ProblemError("The instance should be an object.")
    if data.get("format") != FORMAT:
        raise ProblemError(f"The instance should be in the format “{FORMAT}”, not {data.get('format')!r}.")
    slots = reading.number(data, "slots", "the instance", 1, 10_000)
    frames = _length(data, "frames")
    languages = _length(data, "languages")
    rows = {key: _rows(data, key) for key in ("seekers", "rooms", "starters", "open_groups")}
    seekers = _seekers(rows["seekers"], slots, frames, languages)
    opens = _opens(rows["open_groups"], slots, frames, languages)
    blocked, barred = _blocked(reading.many(data, "blocked", "the instance"), seekers, opens)
    return Problem(
        name=str(data.get("name", "")),
        slots=slots,
        frames=frames,
        languages=languages,
        policy=_policy(reading.field(data, "policy", "the instance")),
        weights=_weights(reading.field(data, "weights", "the instance")),
        seekers=seekers,
        rooms=_rooms(rows["rooms"], slots),
        starters=_starters(rows["starters"], slots, languages),
        opens=opens,
        blocked=blocked,
        barred=barred,
    )


def _length(data: dict[str, Any], key: str) -> int:
    value = reading.many(data, key, "the instance")
    if not 0 < len(value) <= 250:
        raise ProblemError(f"The instance should have between 1 and 250 {key}, not {len(value)}.")
    return len(value)


def _rows(data: dict[str, Any], key: str) -> list[Any]:
    return reading.many(data, key, "the instance")


def _policy(row: Any) -> Policy:
    low = reading.number(row, "min_size", "policy", 1, 1000)
    high = reading.number(row, "max_size", "policy", 1, 1000)
    if high < low:
        raise ProblemError(f"policy: the largest size {high} is below the smallest {low}.")
    age = reading.number(row, "young_max_age", "policy")
    return Policy(low, high, age, reading.truth(row, "self_start", "policy"))


WORTHS = (
    "place",
    "wait_per_week",
    "wait_cap_weeks",
    "mode_first",
    "travel",
    "digital",
    "backup",
    "backup_cap",
    "self_start",
)


def _weights(row: Any) -> Weights:
    plain = {key: reading.number(row, key, "weights", -(10**6), 10**6) for key in WORTHS}
    size = reading.field(row, "size", "weights")
    if not isinstance(size, dict):
        raise ProblemError("weights: “size” should be an object.")
    sizes = {}
    for key, value in size.items():
        if not str(key).isdecimal():
            raise ProblemError(f"weights: “size” has the key {key!r}, which is not a size.")
        sizes[int(key)] = reading.whole(value, "size", "weights", -(10**6), 10**6)
    if not 0 <= plain["wait_cap_weeks"] * abs(plain["wait_per_week"]) <= 10**7:
        raise ProblemError("weights: waiting is worth too much, or its cap is negative.")
    return Weights(topic=_three(row, "topic"), slot=_three(row, "slot"), size=sizes, **plain)


def _three(row: Any, key: str) -> tuple[int, ...]:
    value = reading.many(row, key, "weights")
    if len(value) < 3:
        raise ProblemError(f"weights: “{key}” should hold three numbers.")
    return tuple(reading.whole(v, key, "weights", -(10**6), 10**6) for v in value[:3])


def _seekers(rows: list[Any], slots: int, frames: int, languages: int) -> Seekers:
    what = "seeker"
    ids = reading.identities(rows, what)
    modes = [reading.words(row, "modes", what, MODES) for row in rows]
    only = [audience_bits(reading.words(row, "only", what, ("women", "young"))) for row in rows]
    gender = [_gender(row, what) for row in rows]
    return Seekers(
        ids=ids,
        **_places(rows, what),
        pc=reading.numbers(rows, "pc", what),
        max_m=reading.numbers(rows, "max_m", what, 0, reading.FAR),
        **_modes(modes),
        first=np.array([1 + MODES.index(m[0]) if m else 0 for m in modes], dtype=np.int8),
        liking=reading.ranked(rows, "slots", what, slots, 2, 2),
        rank=reading.ranked(rows, "frames", what, frames, 2),
        langs=reading.flags(rows, "langs", what, languages),
        gender=np.array(gender, dtype=np.int8),
        age=reading.numbers(rows, "age", what),
        only=np.array(only, dtype=np.int8),
        discretion=reading.numbers(rows, "discretion", what, 0, 2),
        access=reading.truths(rows, "access", what),
        self_ok=reading.truths(rows, "self_start_ok", what),
        wait=reading.numbers(rows, "wait_weeks", what, 0),
        bundle=_bundles(rows, what),
    )


def _places(rows: list[Any], what: str) -> dict[str, np.ndarray]:
    near = {key: reading.numbers(rows, key, what, -reading.FAR, reading.FAR) for key in ("x", "y")}
    return near | {"muni": reading.numbers(rows, "muni", what)}


def _modes(modes: list[list[str]]) -> dict[str, np.ndarray]:
    return {mode: np.array([mode in m for m in modes], dtype=bool) for mode in MODES}


def _gender(row: Any, what: str) -> int:
    value = reading.field(row, "gender", what)
    if value not in ("f", "m", "x"):
        raise ProblemError(f"{reading.name(row, what)}: “gender” is {value!r}; allowed: f, m, x.")
    return ("f", "m", "x").index(value)


def _bundles(rows: list[Any], what: str) -> np.ndarray:
    """Bundle numbers by first appearance; -1 for a single person."""
    seen: dict[Any, int] = {}
    out = np.full(len(rows), -1, dtype=np.int64)
    for at, row in enumerate(rows):
        value = reading.field(row, "bundle", what)
        if value is not None and not isinstance(value, str | int):
            raise ProblemError(f"{reading.name(row, what)}: “bundle” should be null or an id.")
        if value is not None:
            out[at] = seen.setdefault(value, len(seen))
    return out


def _rooms(rows: list[Any], slots: int) -> Rooms:
    return Rooms(
        ids=reading.identities(rows, "room"),
        **_places(rows, "room"),
        capacity=reading.numbers(rows, "capacity", "room"),
        accessible=reading.truths(rows, "accessible", "room"),
        free=reading.flags(rows, "slots", "room", slots),
    )


def _starters(rows: list[Any], slots: int, languages: int) -> Starters:
    what = "starter"
    place = {key: reading.numbers(rows, key, what, -reading.FAR, reading.FAR) for key in ("x", "y")}
    return Starters(
        ids=reading.identities(rows, what),
        **place,
        max_m=reading.numbers(rows, "max_m", what, 0, reading.FAR),
        **_modes([reading.words(row, "modes", what, MODES) for row in rows]),
        langs=reading.flags(rows, "langs", what, languages),
        woman=np.array([_gender(row, what) == 0 for row in rows], dtype=bool),
        free=reading.flags(rows, "slots", what, slots),
        capacity=reading.numbers(rows, "capacity", what),
    )


def _opens(rows: list[Any], slots: int, frames: int, languages: int) -> Opens:
    what = "open group"
    venues = [_venue(row, what) for row in rows]
    audiences = [audience_bits(reading.words(row, "audience", what, ("women", "young"))) for row in rows]
    return Opens(
        ids=reading.identities(rows, what),
        frame=reading.numbers(rows, "frame", what, 0, frames - 1),
        lang=reading.numbers(rows, "lang", what, 0, languages - 1),
        audience=np.array(audiences, dtype=np.int8),
        slot=reading.numbers(rows, "slot", what, 0, slots - 1),
        digital=np.array([v is None for v in venues], dtype=bool),
        x=np.array([v[0] if v else 0 for v in venues], dtype=np.int64),
        y=np.array([v[1] if v else 0 for v in venues], dtype=np.int64),
        accessible=np.array([bool(v and v[2]) for v in venues], dtype=bool),
        free=reading.numbers(rows, "free", what),
        members=[_members(row, what) for row in rows],
    )


def _venue(row: Any, what: str) -> tuple[int, int, bool] | None:
    venue = reading.field(row, "venue", what)
    if venue is None:
        return None
    where = f"the venue of {reading.name(row, what)}"
    x, y = (reading.number(venue, key, where, -reading.FAR, reading.FAR) for key in ("x", "y"))
    return x, y, reading.truth(venue, "accessible", where)


def _members(row: Any, what: str) -> list[tuple[str, int, int, int]]:
    where = f"a member of {reading.name(row, what)}"
    return [
        (
            str(reading.field(m, "id", where)),
            reading.number(m, "pc", where),
            reading.number(m, "muni", where),
            reading.number(m, "discretion", where, 0, 2),
        )
        for m in reading.many(row, "members", what)
    ]


def _blocked(
    pairs: list[Any], seekers: Seekers, opens: Opens
) -> tuple[np.ndarray, frozenset[tuple[int, str]]]:
    where = {key: at for at, key in enumerate(seekers.ids)}
    members = {m[0] for group in opens.members for m in group}
    both: list[tuple[int, int]] = []
    barred: set[tuple[int, str]] = set()
    for pair in pairs:
        a, b = _pair(pair)
        if a in where and b in where:
            both.append((min(where[a], where[b]), max(where[a], where[b])))
        for one, other in ((a, b), (b, a)):
            if one in where and other in members:
                barred.add((where[one], other))
    found = np.array(both, dtype=np.int64).reshape(-1, 2)
    return np.unique(found[found[:, 0] != found[:, 1]], axis=0), frozenset(barred)


def _pair(pair: Any) -> tuple[str, str]:
    if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(isinstance(p, str) for p in pair):
        raise ProblemError(f"A blocked pair should be two ids, not {pair!r}.")
    return pair[0], pair[1]

"""Small instances, by hand and by chance. Nobody in them is real."""

from __future__ import annotations

from random import Random
from typing import Any

WEIGHTS = {
    "place": 10000,
    "wait_per_week": 100,
    "wait_cap_weeks": 52,
    "topic": [600, 400, 200],
    "slot": [0, 200, 400],
    "mode_first": 200,
    "travel": 600,
    "digital": 300,
    "size": {"2": 0, "3": 700, "4": 900, "6": 0, "7": 1200, "8": 1800},
    "backup": 60,
    "backup_cap": 2,
    "self_start": -1500,
}


def seeker(number: int, **changes: Any) -> dict[str, Any]:
    """Somebody easy to place: in town, Monday and Tuesday evening, mixed, Norwegian, room or digital."""
    return {
        "id": f"s{number}",
        "x": 0,
        "y": 0,
        "pc": 100 + number,
        "muni": number,
        "modes": ["physical", "digital"],
        "max_m": 10_000,
        "slots": {"1": 1, "2": 1},
        "frames": {"1": 0},
        "langs": [0],
        "gender": "f",
        "age": 40,
        "only": [],
        "discretion": 0,
        "access": False,
        "self_start_ok": False,
        "wait_weeks": 4,
        "bundle": None,
    } | changes


def room(number: int = 0, **changes: Any) -> dict[str, Any]:
    """A room in town for ten, free on slot 1."""
    return {
        "id": f"r{number}",
        "x": 0,
        "y": 0,
        "muni": 0,
        "capacity": 10,
        "accessible": True,
        "slots": [1],
    } | changes


def starter(number: int = 0, **changes: Any) -> dict[str, Any]:
    """A woman who starts one group, anywhere, on slot 1."""
    return {
        "id": f"i{number}",
        "x": 0,
        "y": 0,
        "max_m": 50_000,
        "modes": ["physical", "digital"],
        "langs": [0],
        "gender": "f",
        "slots": [1],
        "capacity": 1,
    } | changes


def open_group(number: int = 0, **changes: Any) -> dict[str, Any]:
    """A running mixed group in town on slot 1 with two places left."""
    return {
        "id": f"g{number}",
        "frame": 1,
        "lang": 0,
        "audience": [],
        "slot": 1,
        "venue": {"x": 0, "y": 0, "accessible": True},
        "free": 2,
        "members": [{"id": f"m{number}", "pc": 1, "muni": 77, "discretion": 0}],
    } | changes


def instance(
    seekers: list[dict[str, Any]],
    rooms: list[dict[str, Any]] | None = None,
    starters: list[dict[str, Any]] | None = None,
    open_groups: list[dict[str, Any]] | None = None,
    blocked: list[list[str]] | None = None,
    **policy: Any,
) -> dict[str, Any]:
    """An instance with groups of two to four unless the policy says otherwise."""
    return {
        "format": "selvhjelp-match/1",
        "name": "by hand",
        "params": {},
        "frames": ["sorg", "pa-tvers"],
        "languages": ["nb", "en"],
        "slots": 4,
        "slot_starts": ["17:00"],
        "municipalities": ["Hol"],
        "policy": {"min_size": 2, "max_size": 4, "young_max_age": 30, "self_start": True} | policy,
        "weights": WEIGHTS,
        "seekers": seekers,
        "blocked": blocked or [],
        "rooms": [room()] if rooms is None else rooms,
        "starters": [starter()] if starters is None else starters,
        "open_groups": open_groups or [],
    }


def by_chance(seed: int, people: int, **policy: Any) -> dict[str, Any]:
    """A crowded little town where every rule matters to somebody."""
    chance = Random(seed)
    seekers = [_somebody(chance, number) for number in range(people)]
    _bundle(chance, seekers)
    rooms = [
        room(
            n,
            x=chance.randrange(6000),
            capacity=chance.choice([2, 3, 4, 5]),
            accessible=chance.random() < 0.6,
            slots=sorted(chance.sample(range(4), 2)),
        )
        for n in range(chance.randint(0, 3))
    ]
    starters = [_helper(chance, number) for number in range(chance.randint(0, 3))]
    running = [_running(chance, number) for number in range(chance.randint(0, 2))]
    names = [s["id"] for s in seekers] + [m["id"] for g in running for m in g["members"]]
    blocked = [chance.sample(names, 2) for _ in range(people // 4)] if len(names) > 1 else []
    return instance(seekers, rooms, starters, running, blocked, **policy)


def _somebody(chance: Random, number: int) -> dict[str, Any]:
    age, gender = chance.choice([22, 28, 35, 61]), chance.choice("ffm")
    only = (["women"] if gender == "f" and chance.random() < 0.2 else []) + (
        ["young"] if age <= 30 and chance.random() < 0.3 else []
    )
    slots = chance.sample(range(4), chance.randint(1, 4))
    frames = chance.choice([[0], [1], [0, 1], [1, 0]])
    return seeker(
        number,
        x=chance.randrange(6000),
        y=chance.randrange(500),
        pc=chance.randrange(5),
        muni=chance.randrange(3),
        modes=chance.choice([["physical"], ["digital"], ["physical", "digital"], ["digital", "physical"]]),
        max_m=chance.choice([1000, 3000, 8000]),
        slots={str(t): chance.randrange(3) for t in slots},
        frames={str(f): rank for rank, f in enumerate(frames)},
        langs=chance.choice([[0], [0], [0, 1], [1]]),
        gender=gender,
        age=age,
        only=only,
        discretion=chance.choice([0, 0, 0, 1, 2]),
        access=chance.random() < 0.1,
        self_start_ok=chance.random() < 0.4,
        wait_weeks=chance.randrange(60),
    )


def _bundle(chance: Random, seekers: list[dict[str, Any]]) -> None:
    for start in range(0, len(seekers) - 2, 5):
        if chance.random() < 0.4:
            first, *others = seekers[start : start + chance.choice([2, 2, 3])]
            for other in others:
                other |= {key: first[key] for key in ("slots", "frames", "langs", "modes")}
            for one in (first, *others):
                one |= {"bundle": f"b{start}", "only": [], "discretion": 0}


def _helper(chance: Random, number: int) -> dict[str, Any]:
    return starter(
        number,
        max_m=chance.choice([2000, 9000]),
        modes=chance.choice([["physical"], ["digital"], ["physical", "digital"]]),
        langs=chance.choice([[0], [0, 1], [1]]),
        gender=chance.choice("fm"),
        slots=sorted(chance.sample(range(4), 2)),
        capacity=chance.choice([1, 1, 2]),
    )


def _running(chance: Random, number: int) -> dict[str, Any]:
    venue = {"x": chance.randrange(6000), "y": 0, "accessible": chance.random() < 0.5}
    old = [{"id": f"m{number}", "pc": chance.randrange(5), "muni": chance.randrange(3), "discretion": 0}]
    return open_group(
        number,
        frame=chance.randrange(2),
        audience=chance.choice([[], [], ["women"]]),
        slot=chance.randrange(4),
        venue=chance.choice([None, venue]),
        free=chance.choice([1, 2]),
        members=old,
    )

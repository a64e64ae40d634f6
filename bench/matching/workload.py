"""Seeded instances of our own: a region of towns, its people, rooms and starters. Nobody in them is real."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random
from typing import Any

Row = dict[str, Any]

WEIGHTS = {
    "place": 10000,
    "wait_per_week": 100,
    "wait_cap_weeks": 52,
    "topic": [600, 400, 200],
    "slot": [0, 200, 400],
    "mode_first": 200,
    "travel": 600,
    "digital": 300,
    "size": {"6": 0, "7": 1200, "8": 1800},
    "backup": 60,
    "backup_cap": 2,
    "self_start": -1500,
}
FRAMES = ["grief", "anxiety", "relatives", "loneliness", "work", "illness", "mixed"]
LANGUAGES = ["nb", "en", "pl", "uk", "ar"]
EVENINGS = [day * 5 + start for day in range(5) for start in (3, 4)]
SLOTS = range(35)


class Region:
    """Towns of uneven size, spread so that neighbours are some twenty kilometres apart."""

    def __init__(self, chance: Random, people: int) -> None:
        self.chance = chance
        count = max(1, round(people / 90))
        side = 22_000 * math.sqrt(count)
        self.towns = [(chance.uniform(0, side), chance.uniform(0, side)) for _ in range(count)]
        self.weights = [1 / (rank + 1) for rank in range(count)]

    def home(self) -> Row:
        """Somewhere in or about a town: coordinates, postcode, municipality."""
        town = self.chance.choices(range(len(self.towns)), self.weights)[0]
        x, y = (int(c + self.chance.gauss(0, 4000)) for c in self.towns[town])
        return {"x": x, "y": y, "pc": town * 40 + self.chance.randrange(40), "muni": town}


def instance(people: int, seed: int) -> Row:
    """An instance of about the practice's proportions: one starter for 14 people, one room for 22."""
    chance = Random(seed)
    region = Region(chance, people)
    seekers = [_seeker(chance, region, number) for number in range(people)]
    _bundles(chance, seekers)
    return {
        "format": "selvhjelp-match/1",
        "name": f"workload-{people}-{seed}",
        "params": {"people": people, "seed": seed},
        "frames": FRAMES,
        "languages": LANGUAGES,
        "slots": len(SLOTS),
        "slot_starts": ["09:00", "11:30", "14:00", "17:00", "19:30"],
        "municipalities": [f"town {n}" for n in range(len(region.towns))],
        "policy": {"min_size": 6, "max_size": 8, "young_max_age": 30, "self_start": True},
        "weights": WEIGHTS,
        "seekers": seekers,
        "blocked": [_two(chance, seekers) for _ in range(people // 120)],
        "rooms": [_room(chance, region, number) for number in range(max(2, people // 22))],
        "starters": [_starter(chance, region, number) for number in range(max(2, people // 14))],
        "open_groups": [_open_group(chance, region, number) for number in range(people // 70)],
    }


def _times(chance: Random, count: int) -> list[int]:
    """Slots somebody can: evenings four times as often as the rest of the week."""
    found: set[int] = set()
    while len(found) < count:
        found.add(chance.choice(EVENINGS if chance.random() < 0.8 else SLOTS))
    return sorted(found)


def _seeker(chance: Random, region: Region, number: int) -> Row:
    topic, mixed, kind = chance.randrange(len(FRAMES) - 1), len(FRAMES) - 1, chance.random()
    frames = [mixed] if kind < 0.2 else [topic, mixed] if kind < 0.7 else [topic]
    modes = chance.choices(
        [["physical"], ["physical", "digital"], ["digital", "physical"], ["digital"]], [45, 30, 12, 13]
    )
    gender, age = chance.choices("fm", [65, 35])[0], min(85, 18 + int(chance.expovariate(1 / 22)))
    return region.home() | {
        "id": f"s{number}",
        "modes": modes[0],
        "max_m": chance.choice([5, 8, 12, 16, 25, 40]) * 1000,
        "slots": {str(t): chance.choice([0, 1, 1, 2]) for t in _times(chance, chance.randint(2, 7))},
        "frames": {str(f): rank for rank, f in enumerate(frames)},
        "langs": [0] if chance.random() < 0.88 else sorted({chance.randrange(1, 5), chance.randrange(2)}),
        "gender": gender,
        "age": age,
        "only": ["women"] if gender == "f" and chance.random() < 0.1 else [],
        "discretion": chance.choices([0, 1, 2], [82, 14, 4])[0],
        "access": chance.random() < 0.05,
        "self_start_ok": chance.random() < 0.2,
        "wait_weeks": min(100, int(chance.expovariate(1 / 8))),
        "bundle": None,
    }


def _bundles(chance: Random, seekers: list[Row]) -> None:
    """Now and then two in a row come from the same course and want to stay together."""
    for first, second in pairwise(seekers):
        if first["bundle"] is None and chance.random() < 0.02:
            second |= {
                key: first[key] for key in ("x", "y", "muni", "slots", "frames", "langs", "modes", "max_m")
            }
            for one in (first, second):
                one |= {"bundle": f"b{first['id']}", "only": [], "discretion": 0}


def _two(chance: Random, seekers: list[Row]) -> list[str]:
    return [s["id"] for s in chance.sample(seekers, 2)]


def _room(chance: Random, region: Region, number: int) -> Row:
    return region.home() | {
        "id": f"r{number}",
        "capacity": chance.choice([8, 9, 9, 10, 10, 12, 16]),
        "accessible": chance.random() < 0.75,
        "slots": _times(chance, chance.randint(5, 15)),
    }


def _starter(chance: Random, region: Region, number: int) -> Row:
    return region.home() | {
        "id": f"i{number}",
        "max_m": chance.choice([10, 20, 35]) * 1000,
        "modes": chance.choice([["physical"], ["physical", "digital"], ["physical", "digital"], ["digital"]]),
        "langs": [0] if chance.random() < 0.75 else [0, chance.randrange(1, 5)],
        "gender": chance.choices("fm", [7, 3])[0],
        "slots": _times(chance, chance.randint(3, 9)),
        "capacity": chance.choice([1, 1, 2, 2, 3]),
    }


def _open_group(chance: Random, region: Region, number: int) -> Row:
    home = region.home()
    venue = {"x": home["x"], "y": home["y"], "accessible": True} if chance.random() < 0.7 else None
    return {
        "id": f"g{number}",
        "frame": chance.randrange(len(FRAMES)),
        "lang": 0,
        "audience": [],
        "slot": chance.choice(EVENINGS),
        "venue": venue,
        "free": chance.randint(1, 3),
        "members": [{"id": f"m{number}", "pc": home["pc"], "muni": home["muni"], "discretion": 0}],
    }

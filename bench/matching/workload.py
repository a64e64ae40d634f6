"""Seeded instances of our own. The proportions are the practice's: a starter for 16 people, a room for 24."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random

from .country import Region
from .people import (
    FRAMES,
    LANGUAGES,
    MIXED,
    TOPICS,
    Row,
    course_mates,
    drawn,
    journey,
    languages,
    seeker,
    times,
)

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
STARTING = {("physical",): 40, ("physical", "digital"): 48, ("digital",): 12}
CHAIRS = {7: 4, 8: 10, 9: 30, 10: 30, 12: 18, 16: 8}


def kind_of(people: int) -> str:
    """Where so many wait at a time: one town, its surroundings, a district, the country."""
    return (
        "town"
        if people <= 100
        else "local"
        if people <= 300
        else "district"
        if people <= 3000
        else "national"
    )


def instance(people: int, seed: int, kind: str | None = None) -> Row:
    """An instance of the format; the same one for the same arguments."""
    chance = Random(seed)
    region = Region(chance, kind or kind_of(people))
    seekers = _seekers(chance, region, people)
    groups = [_open_group(chance, region, number) for number in range(round(people / 70))]
    return {
        "format": "selvhjelp-match/1",
        "name": f"{kind or kind_of(people)}-{people}-{seed}",
        "params": {"people": people, "seed": seed},
        "frames": FRAMES,
        "languages": list(LANGUAGES),
        "slots": 35,
        "slot_starts": ["09:00", "11:30", "14:00", "17:00", "19:30"],
        "municipalities": [town.name for town in region.towns],
        "policy": {"min_size": 6, "max_size": 8, "young_max_age": 30, "self_start": True},
        "weights": WEIGHTS,
        "seekers": seekers,
        "blocked": _blocked(chance, seekers, groups),
        "rooms": [_room(chance, region, number) for number in range(max(2, round(2 + people / 24)))],
        "starters": [_starter(chance, region, number) for number in range(round(3 + people / 15.5))],
        "open_groups": groups,
    }


def _seekers(chance: Random, region: Region, people: int) -> list[Row]:
    """Now and then somebody has course mates with her."""
    found: list[Row] = []
    while len(found) < people:
        first, left = seeker(chance, region, len(found)), people - len(found) - 1
        mates = left and chance.random() < 0.021
        found += [first, *(course_mates(chance, region, first, len(found), left) if mates else [])]
    return found


def _blocked(chance: Random, seekers: list[Row], groups: list[Row]) -> list[list[str]]:
    """People of one town who know one another too well; and some who know a member of a running group."""
    town: dict[int, list[Row]] = {}
    for one in seekers:
        town.setdefault(one["muni"], []).append(one)
    pairs = [(one, chance.choice(town[one["muni"]])) for one in seekers if chance.random() < 0.008]
    fine = [(a, b) for a, b in pairs if a is not b and (a["bundle"] is None or a["bundle"] != b["bundle"])]
    old = [(member, chance.choice(town.get(member["muni"], seekers)))
           for group in groups for member in group["members"][:1] if chance.random() < 0.05]  # fmt: skip
    return [[a["id"], b["id"]] for a, b in [*fine, *old]]


def _room(chance: Random, region: Region, number: int) -> Row:
    """Every town has one before the large ones have many; near the middle oftener than not."""
    town = number if number < len(region.towns) and chance.random() < 0.5 else region.town()
    home = region.home(town)
    if chance.random() < 0.4:
        home["x"], home["y"] = region.centre(town)
    return {
        "id": f"r{number}",
        "x": int(home["x"] + chance.gauss(0, 300)),
        "y": int(home["y"] + chance.gauss(0, 300)),
        "muni": town,
        "capacity": drawn(chance, CHAIRS),
        "accessible": chance.random() < 0.75,
        "slots": times(chance, drawn(chance, {"evening": 46, "day": 14, "any": 40}), chance.randint(6, 18)),
    }


def _starter(chance: Random, region: Region, number: int) -> Row:
    home, modes = region.home(), list(drawn(chance, STARTING))
    return {
        "id": f"i{number}",
        "x": home["x"],
        "y": home["y"],
        "max_m": journey(chance, 18_000, 0.5, 4000, 100_000) if "physical" in modes else 0,
        "modes": modes,
        "langs": sorted({0, *languages(chance, 0.3)}),
        "gender": "f" if chance.random() < 0.7 else "m",
        "slots": times(chance, drawn(chance, {"evening": 62, "day": 16, "any": 22}), chance.randint(4, 11)),
        "capacity": drawn(chance, {1: 42, 2: 38, 3: 20}),
    }


def _open_group(chance: Random, region: Region, number: int) -> Row:
    """A group that runs and has one to three chairs free."""
    town, digital, free = region.town(), chance.random() < 0.3, drawn(chance, {1: 45, 2: 35, 3: 20})
    x, y = region.centre(town)
    venue = {"x": x, "y": y, "accessible": chance.random() < 0.75}
    return {
        "id": f"g{number}",
        "frame": MIXED if chance.random() < 0.35 else FRAMES.index(drawn(chance, TOPICS)),
        "lang": 0 if chance.random() < 0.93 else chance.randrange(1, len(LANGUAGES)),
        "audience": chance.choices([[], ["women"], ["young"]], [82, 10, 8])[0],
        "slot": times(chance, "evening" if chance.random() < 0.7 else "any", 1)[0],
        "venue": None if digital else venue,
        "free": free,
        "members": [
            _member(chance, region, f"m{number}-{n}", None if digital else town) for n in range(8 - free)
        ],
    }


def _member(chance: Random, region: Region, id_: str, town: int | None) -> Row:
    home = region.home(town)
    return {"id": id_, "pc": home["pc"], "muni": home["muni"], "discretion": int(chance.random() < 0.1)}


def write(people: int, seed: int, path: Path) -> None:
    """The instance as a file."""
    path.write_text(json.dumps(instance(people, seed), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))

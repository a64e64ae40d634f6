"""Random instances in which what is rare is frequent. Nobody in them is real."""

from __future__ import annotations

from random import Random
from typing import Any

from .instances import WEIGHTS, by_chance, room, starter


def wide(seed: int, people: int, **policy: Any) -> dict[str, Any]:
    """`by_chance` with what is rare made frequent: three frames, odd weights, nothing free, bundles at odds.

    People are easier to place than there, so that there is something to choose between.
    """
    chance = Random(f"wide {seed}")
    data = by_chance(seed, people, **policy)
    data["frames"] = ["sorg", "angst", "pa-tvers"]
    data["weights"] = chance.choice([WEIGHTS, _weights(chance)])
    for row in data["seekers"]:
        _loosen(chance, row)
    data["rooms"] += [room(9, slots=[1, 2])]
    data["starters"] += [starter(9, slots=[1, 3], langs=[0, 1])]
    for row in data["rooms"]:
        row["capacity"] = chance.choice([0, 3, 4, 5, 7, 9])
    for row in data["starters"]:
        row["capacity"] = chance.choice([0, 1, 1, 2, 3])
    for row in data["open_groups"]:
        row |= _odd_group(chance, row["id"])
    return data


def _loosen(chance: Random, row: dict[str, Any]) -> None:
    if row["bundle"] is not None:
        if chance.random() < 0.2:
            row |= {"discretion": chance.choice([1, 2]), "only": ["young"] if row["age"] <= 30 else []}
        return
    row["gender"] = "x" if chance.random() < 0.05 and "women" not in row["only"] else row["gender"]
    if chance.random() < 0.6:
        row["slots"] = row["slots"] | {"1": chance.randrange(3)}
    if chance.random() < 0.6:
        row["frames"] = row["frames"] | {"2": chance.randrange(4)}
    if chance.random() < 0.5:
        row |= {"langs": [0, 1], "max_m": 8000, "modes": ["physical", "digital"]}


def _weights(chance: Random) -> dict[str, Any]:
    """Worths nobody would choose, so that nothing can lean on the usual ones."""
    return {
        "place": chance.choice([0, 500, 10_000]),
        "wait_per_week": chance.choice([0, 30, 200]),
        "wait_cap_weeks": chance.choice([0, 20, 52]),
        "topic": sorted((chance.randrange(1500) for _ in range(3)), reverse=chance.random() < 0.8),
        "slot": sorted(chance.randrange(900) for _ in range(3)),
        "mode_first": chance.randrange(600),
        "travel": chance.randrange(2000),
        "digital": chance.randrange(900),
        "size": {str(size): chance.randrange(-2000, 4000) for size in range(1, 9) if chance.random() < 0.8},
        "backup": chance.choice([0, 60, 700]),
        "backup_cap": chance.randrange(4),
        "self_start": chance.choice([-4000, -1500, 0, 400]),
    }


def _odd_group(chance: Random, id_: str) -> dict[str, Any]:
    names = [f"m{id_[1:]}", f"{id_}-1", f"{id_}-2"][: chance.randint(0, 3)]
    old = [
        {
            "id": name,
            "pc": chance.randrange(5),
            "muni": chance.randrange(3),
            "discretion": chance.choice([0, 0, 1, 2]),
        }
        for name in names
    ]
    return {
        "frame": chance.randrange(3),
        "lang": chance.choice([0, 0, 1]),
        "audience": chance.choice([[], ["women"], ["young"], ["women", "young"]]),
        "free": chance.choice([0, 1, 2, 3]),
        "members": old,
    }


def dense(seed: int, people: int, **policy: Any) -> dict[str, Any]:
    """`wide`, but nearly everybody can come nearly always, so that there are many ways to sit together."""
    chance = Random(f"dense {seed}")
    data = wide(seed, people, **policy)
    for row in data["seekers"]:
        row["slots"] = {str(t): row["slots"].get(str(t), chance.randrange(3)) for t in (1, 2)}
        row |= {"langs": [0], "max_m": 8000, "modes": chance.choice([["physical"], ["physical", "digital"]])}
        row["frames"] = {"1": 0} | ({"0": 1} if chance.random() < 0.3 else {})
        row["discretion"] = min(row["discretion"], 1)
        row["pc"] = chance.randrange(12)
    rooms = [room(n, capacity=chance.choice([6, 7, 9]), slots=[1, 2]) for n in range(chance.randint(1, 2))]
    starters = [
        starter(n, slots=chance.choice([[1], [1, 2]]), capacity=1) for n in range(chance.randint(1, 2))
    ]
    return data | {"rooms": rooms, "starters": starters}

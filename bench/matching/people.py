"""Who waits in an invented region: what they wish for and what they can. Nobody is real."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from .country import Region

Row = dict[str, Any]

TOPICS = {
    "worry": 18, "low-spirits": 15, "grief": 10, "addiction": 6, "relatives": 10, "eating": 3,
    "loneliness": 12, "work": 7, "long-illness": 9, "parting": 5, "worn-out": 8, "violence": 4,
}  # fmt: skip
MIXED = len(TOPICS)
FRAMES = [*TOPICS, "mixed"]
# What is asked for, first choice first: t a topic, m mixed.
WISHES = {"t": 27, "tm": 35, "tt": 10, "ttm": 10, "m": 10, "mt": 8}
LANGUAGES = {"nb": 0, "en": 16, "uk": 26, "pl": 20, "ar": 16, "so": 7, "ti": 7, "es": 8}
MODES = {("physical",): 46, ("physical", "digital"): 30, ("digital", "physical"): 12, ("digital",): 12}
# Weights of the five start times of a day: Monday to Friday, Saturday and Sunday.
WEEKS = {
    "evening": ((1, 1, 5, 90, 100), (5, 9, 8, 8, 3)),
    "day": ((80, 100, 80, 15, 5), (5, 9, 9, 2, 1)),
    "any": ((40, 50, 40, 70, 50), (20, 28, 25, 20, 10)),
}
LIKING = {0: 30, 1: 45, 2: 25}


def drawn(chance: Random, weights: dict[Any, int]) -> Any:
    """One of the keys."""
    return chance.choices(list(weights), list(weights.values()))[0]


def times(chance: Random, week: str, count: int) -> list[int]:
    """Slots of a week: the earliest arrivals of a race in which the likelier ones run faster."""
    workday, weekend = WEEKS[week]
    found = []
    for day in range(7):
        pace = chance.uniform(0.3, 1.7) * (0.6 if day == 4 else 1)
        for start, weight in enumerate(workday if day < 5 else weekend):
            found.append((-math.log(1 - chance.random()) / (weight * pace), 5 * day + start))
    return sorted(slot for _, slot in sorted(found)[:count])


def journey(chance: Random, middle: float, spread: float, low: int, high: int) -> int:
    """A longest journey in whole kilometres, told in metres."""
    return int(min(high, max(low, middle * math.exp(chance.gauss(0, spread)))) // 1000 * 1000)


def seeker(chance: Random, region: Region, number: int) -> Row:
    """One who waits, single."""
    home = region.home()
    people = region.towns[home["muni"]].people
    modes, age = list(drawn(chance, MODES)), _age(chance)
    gender = "f" if chance.random() < 0.64 else "m" if chance.random() < 0.985 else "x"
    middle = 12_000 if people > 60_000 else 17_000 if people > 15_000 else 26_000
    week = chance.choices(list(WEEKS), [20, 60, 20] if age >= 67 else [64, 22, 14])[0]
    slots = times(chance, week, chance.choices(range(2, 9), [12, 18, 20, 18, 14, 10, 8])[0])
    careful = [84, 12, 4] if people > 20_000 else [74, 18, 8]
    return home | {
        "id": f"s{number}",
        "modes": modes,
        "max_m": journey(chance, middle, 0.55, 2000, 90_000) if "physical" in modes else 0,
        "slots": {str(t): drawn(chance, LIKING) for t in slots},
        "frames": _frames(chance),
        "langs": languages(chance, 0.15 if people > 60_000 else 0.09),
        "gender": gender,
        "age": age,
        "only": _only(chance, gender, age),
        "discretion": chance.choices([0, 1, 2], careful)[0],
        "access": chance.random() < 0.05,
        "self_start_ok": chance.random() < 0.22,
        "wait_weeks": min(104, int(chance.expovariate(1 / 8))),
        "bundle": None,
    }


def _age(chance: Random) -> int:
    if chance.random() < 0.24:
        return chance.randint(18, 30)
    return min(85, chance.randint(31, 67) + (chance.randint(0, 18) if chance.random() < 0.2 else 0))


def _frames(chance: Random) -> dict[str, int]:
    """Rank by frame."""
    wish = [MIXED if c == "m" else FRAMES.index(drawn(chance, TOPICS)) for c in drawn(chance, WISHES)]
    return {str(frame): rank for rank, frame in enumerate(dict.fromkeys(wish))}


def languages(chance: Random, foreign: float) -> list[int]:
    """Norwegian and now and then English; or another one, with or without these."""
    if chance.random() >= foreign:
        return [0, 1] if chance.random() < 0.12 else [0]
    own = list(LANGUAGES).index(drawn(chance, LANGUAGES))
    more = {0} if chance.random() < (0.25 if own == 2 else 0.45) else set()
    return sorted({own} | more | ({1} if chance.random() < 0.35 else set()))


def _only(chance: Random, gender: str, age: int) -> list[str]:
    women = gender == "f" and chance.random() < 0.12
    young = age <= 30 and chance.random() < 0.25
    return ["women"] * women + ["young"] * young


def course_mates(chance: Random, region: Region, first: Row, number: int, most: int) -> list[Row]:
    """One to four from the same course who want to stay together with `first`, who is changed accordingly."""
    together: Row = {"bundle": f"b{number}", "only": [], "discretion": 0}
    if "physical" not in first["modes"]:
        first |= {"modes": ["physical", "digital"], "max_m": 20_000}
    first |= together
    count = min(most, chance.choices([1, 2, 3, 4], [4, 3, 2, 1])[0])
    return [_mate(chance, region, first, number + 1 + n) for n in range(count)]


def _mate(chance: Random, region: Region, first: Row, number: int) -> Row:
    """Somebody of the same town with the same wish, who can nearly always when `first` can."""
    slots = {t: drawn(chance, LIKING) for t in first["slots"]}
    if len(slots) > 3 and chance.random() < 0.5:
        del slots[chance.choice(list(slots))]
    same = {
        key: first[key] for key in ("bundle", "only", "discretion", "modes", "langs", "frames", "wait_weeks")
    }
    far = {"slots": slots, "max_m": max(first["max_m"], 12_000)}
    return seeker(chance, region, number) | region.home(first["muni"]) | same | far

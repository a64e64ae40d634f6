"""An invented country of seven districts: cities, their surroundings, and small places far from everything.

Coordinates are whole metres, numbers of people are rough, and no name is a real municipality's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from random import Random

KINDS = ("town", "local", "district", "national")
# Per district: its middle (km east, km north), how far it stretches (km), the city there and a usual town
# near the city (thousand people).
DISTRICTS = (
    (0, 0, 60, 700, 60),
    (-20, 150, 90, 33, 16),
    (-90, -20, 80, 105, 36),
    (-250, -90, 90, 150, 32),
    (-290, 110, 90, 290, 17),
    (-60, 400, 130, 215, 18),
    (250, 950, 330, 80, 20),
)
PER_DISTRICT = 43
NEAR_CITY = 0.3  # of a district's towns lie round its city
FIRST = (
    "Alm Ask Bek Brei Dukk Eld Fall Furu Gaup Hei Hegre Ilm Kalv Klov Lauv Mjød Nykk Rav Sild Tjeld Tran Ulv"
)
LAST = "angen borg bu dalen fjell gard hamn lia mark nes rud seter tun vang vatn viken øya åsen"


@dataclass(frozen=True)
class Town:
    """A municipality: where its centre lies (metres), how many live there, which district it belongs to."""

    name: str
    x: float
    y: float
    people: float
    district: int

    @property
    def spread(self) -> float:
        """Metres within which most of its people live; small places are strewn about."""
        return 1800 + 7 * math.sqrt(self.people) if self.people > 15_000 else 5500

    def away(self, other: Town) -> float:
        """Metres between the centres."""
        return math.hypot(self.x - other.x, self.y - other.y)


@cache
def towns() -> tuple[Town, ...]:
    """The whole country; always the same."""
    chance = Random(7)
    names = [first + last for first in FIRST.split() for last in LAST.split()]
    chance.shuffle(names)
    found = [_town(chance, names.pop(), at, n) for at in range(len(DISTRICTS)) for n in range(PER_DISTRICT)]
    return tuple(found)


def _town(chance: Random, name: str, at: int, number: int) -> Town:
    """The first of a district is its city, some lie round it and are larger than the rest."""
    east, north, stretch, city, usual = DISTRICTS[at]
    if number == 0:
        return Town(name, 1000 * east, 1000 * north, 1000 * city, at)
    near = number < NEAR_CITY * PER_DISTRICT
    reach, middle = (22, usual) if near else (stretch, 5)
    x, y = (1000 * (c + chance.gauss(0, reach)) for c in (east, north))
    people = 1000 * min(0.45 * city, max(0.6, middle * math.exp(chance.gauss(0, 0.7))))
    return Town(name, x, y, people, at)


def some(kind: str, chance: Random) -> list[Town]:
    """The towns of one region: a town alone, a town and what lies within 25 km, a district, or all."""
    if kind == "national":
        return list(towns())
    if kind == "district":
        at = chance.randrange(len(DISTRICTS))
        return [town for town in towns() if town.district == at]
    centre = chance.choice([town for town in towns() if 40_000 <= town.people <= 300_000])
    reach = 3000 if kind == "town" else 25_000
    return [town for town in towns() if town.away(centre) <= reach]


class Region:
    """Where the people of one instance live: at the middle of a postcode, about 2,500 people to each."""

    def __init__(self, chance: Random, kind: str) -> None:
        self.chance, self.towns = chance, some(kind, chance)
        self.codes = [self._codes(town) for town in self.towns]
        self.first = [sum(len(c) for c in self.codes[:at]) for at in range(len(self.codes))]
        demand = [town.people * math.exp(chance.gauss(0, 0.35)) for town in self.towns]
        self._upto = [sum(demand[: at + 1]) for at in range(len(demand))]

    def _codes(self, town: Town) -> list[tuple[int, int]]:
        count = max(1, int(town.people / 2500))
        away = [town.spread * (0.25 if n == 0 else 1) for n in range(count)]
        return [(int(town.x + self.chance.gauss(0, a)), int(town.y + self.chance.gauss(0, a))) for a in away]

    def town(self) -> int:
        """A town by its people."""
        return self.chance.choices(range(len(self.towns)), cum_weights=self._upto)[0]

    def home(self, town: int | None = None) -> dict[str, int]:
        """Somebody's coordinates, postcode and municipality."""
        at = self.town() if town is None else town
        code = int(len(self.codes[at]) * self.chance.random())
        x, y = self.codes[at][code]
        return {"x": x, "y": y, "pc": self.first[at] + code, "muni": at}

    def centre(self, town: int) -> tuple[int, int]:
        """The first postcode, in the middle of a town."""
        return self.codes[town][0]

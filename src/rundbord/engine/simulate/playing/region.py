"""What comes whatever the policy: people, starters, rooms; drawn from an instance's own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Any

from ...problem import ProblemError
from ..draws import NEVER, Draws, days_until
from ..policies import Policy
from ..rates import Rates

Row = dict[str, Any]


@dataclass(frozen=True)
class Newcomer:
    """Somebody who comes on `day` (negative: waits already) and leaves the list on day `patience`."""

    row: Row
    day: int
    patience: int


@dataclass(frozen=True)
class Helper:
    """A starter who is there from a day on until another."""

    row: Row
    since: int
    until: int


@dataclass(frozen=True)
class Region:
    """Days are counted from the start of the simulated time. newcomers by day."""

    newcomers: list[Newcomer]
    helpers: list[Helper]
    rooms: list[Row]


def region(instance: Row, policy: Policy, rates: Rates, draws: Draws, days: int) -> Region:
    """The region of one replication. Raises ProblemError if there is nobody to draw newcomers from."""
    if not instance["seekers"]:
        raise ProblemError("Nobody waits, so there is no telling what newcomers would wish.")
    here = [_staying(row, -7 * row["wait_weeks"], 0, rates, draws) for row in instance["seekers"]]
    return Region(
        newcomers=sorted([*here, *_arrivals(instance, rates, draws, days)], key=lambda n: max(0, n.day)),
        helpers=[*_helpers(instance, rates, draws, days), *_more_helpers(instance, policy, draws)],
        rooms=[*instance["rooms"], *_more_rooms(instance, policy, draws)],
    )


def _staying(row: Row, day: int, since: int, rates: Rates, draws: Draws) -> Newcomer:
    who = row["bundle"] or row["id"]  # those who stay together leave together
    return Newcomer(row, day, since + days_until(draws.uniform("patience", who), rates.impatience))


def _moments(chance: Random, per_week: float, days: int) -> list[int]:
    """Days on which something happens that comes by chance, so often a week on average."""
    found, at = [], 0.0
    while per_week > 0:
        at -= 7 * math.log(1 - chance.random()) / per_week
        if at >= days:
            break
        found.append(int(at))
    return found


def _arrivals(instance: Row, rates: Rates, draws: Draws, days: int) -> list[Newcomer]:
    moments = _moments(draws.stream("arrivals"), rates.arrivals_per_week, days)
    rows = [_newcomer(instance, number, rates, draws) for number in range(len(moments))]
    return [_staying(row, day, day, rates, draws) for row, day in zip(rows, moments, strict=True)]


def _newcomer(instance: Row, number: int, rates: Rates, draws: Draws) -> Row:
    """Somebody like one of those who wait: lives near her, and perhaps one of her times differs."""
    chance = draws.stream("newcomer", number)
    model, other = chance.choice(instance["seekers"]), chance.choice(instance["seekers"])
    slots = dict(model["slots"])
    if chance.random() < rates.other_slot and slots:
        slots |= dict(chance.sample(sorted(other["slots"].items()), min(1, len(other["slots"]))))
        slots.pop(chance.choice(sorted(slots))) if len(slots) > 1 else None
    return model | _near(model, rates.jitter_m, chance) | {
        "id": f"n{number}", "slots": slots, "bundle": None,
    }  # fmt: skip


def _near(row: Row, metres: int, chance: Random) -> Row:
    return {axis: row[axis] + round(chance.gauss(0, metres)) for axis in ("x", "y")}


def _helpers(instance: Row, rates: Rates, draws: Draws, days: int) -> list[Helper]:
    here = [_stays(row, 0, rates, draws) for row in instance["starters"]]
    moments = _moments(draws.stream("starters"), rates.starters_come / 52, days)
    return here + [
        _stays(another_starter(instance, f"j{number}", draws), day, rates, draws)
        for number, day in enumerate(moments)
    ]


def _stays(row: Row, since: int, rates: Rates, draws: Draws) -> Helper:
    return Helper(row, since, since + days_until(draws.uniform("goes", row["id"]), rates.starter_goes))


def _more_helpers(instance: Row, policy: Policy, draws: Draws) -> list[Helper]:
    rows = [another_starter(instance, f"i+{k}", draws) for k in range(policy.more_starters)]
    return [Helper(row, 0, NEVER) for row in rows]


def another_starter(instance: Row, id: str, draws: Draws) -> Row:
    """One more, like one of those there are but with one group at a time; if there are none, free every
    evening that those who wait can come at, in the language most speak.
    """
    chance = draws.stream("starter", id)
    if instance["starters"]:
        return chance.choice(instance["starters"]) | {"id": id, "capacity": 1}
    return _middle(instance) | {
        "id": id, "max_m": 50_000, "modes": ["physical", "digital"], "langs": [_usual_language(instance)],
        "gender": "f", "slots": _slots(instance), "capacity": 1,
    }  # fmt: skip


def _more_rooms(instance: Row, policy: Policy, draws: Draws) -> list[Row]:
    return [_another_room(instance, f"r+{k}", draws) for k in range(policy.more_rooms)]


def _another_room(instance: Row, id: str, draws: Draws) -> Row:
    """One more, like one of those there are; if there are none, in the middle of those who wait."""
    chance = draws.stream("room", id)
    if instance["rooms"]:
        return chance.choice(instance["rooms"]) | {"id": id}
    place = _middle(instance) | {"muni": instance["seekers"][0]["muni"]}
    return place | {"id": id, "capacity": 10, "accessible": True, "slots": _slots(instance)}


def _middle(instance: Row) -> Row:
    people = instance["seekers"]
    return {axis: sorted(p[axis] for p in people)[len(people) // 2] for axis in ("x", "y")}


def _slots(instance: Row) -> list[int]:
    return sorted({int(slot) for person in instance["seekers"] for slot in person["slots"]})


def _usual_language(instance: Row) -> int:
    spoken = [lang for person in instance["seekers"] for lang in person["langs"]]
    return max(sorted(set(spoken)), key=spoken.count, default=0)

"""What the organisation could do: one more starter or one more room, and how many of those left it would
place.
"""

from __future__ import annotations

from typing import Any

from ..budget import Budget
from .leftovers import Leftovers, Person, Trial

MOST = 10


def levers(rest: Leftovers, budget: Budget) -> list[dict[str, Any]]:
    """Starters per (slot, municipality; none if digital) and rooms per (slot, municipality), most places
    first.

    `places`: people left for whom that one thing would be enough to gather a group with others left, at most
    one group's size.
    """
    who: dict[tuple[str, int, int], set[int]] = {}
    for seeker in rest.seekers.tolist():
        if budget.over():
            break
        if rest.problem.seekers.bundle[seeker] < 0:
            person = rest.person(seeker)
            _note(rest, who, "starter", person, any_starter=True)
            _note(rest, who, "room", person._replace(digital=False), any_room=True)
    counted = sorted(who.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_lever(rest, key, len(people)) for key, people in counted[:MOST]]


def _note(rest: Leftovers, who: dict, code: str, person: Person, **relaxed: bool) -> None:
    for found in rest.trials(person, **relaxed):
        who.setdefault((code, found.slot, _muni(rest, found)), set()).add(person.seeker)


def _muni(rest: Leftovers, found: Trial) -> int:
    return -1 if found.room is None else int(rest.problem.rooms.muni[found.room])


def _lever(rest: Leftovers, key: tuple[str, int, int], people: int) -> dict[str, Any]:
    code, slot, muni = key
    places = min(people, rest.problem.policy.max_size)
    return {
        "code": code,
        "slot": slot,
        "muni": None if muni < 0 else muni,
        "places": places,
        "people": people,
    }

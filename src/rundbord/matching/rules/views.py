"""What a human should see and the engine does not decide: ages, the only one of a kind, travel."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fact:
    """What the soft views look at in one person. age in years; gender "f", "m", "x" or None when not said."""

    id: Any
    age: int
    gender: str | None
    first_choice: bool  # the group's focus is what she wished most
    noted: bool  # she has written whom she would rather not meet: for a human to read
    distance_m: int | None  # None: digital


View = dict[str, Any]  # {"code": …, numbers and ids}


def soft_views(people: Sequence[Fact], shared_slots: int, age_span: int, window_low: int) -> list[View]:
    """Everything worth a look before a yes, as codes and numbers; nothing here forbids anything."""
    views: list[View] = [*_size(people, window_low), *_ages(people, age_span), *_only_one(people)]
    views += [{"code": "read-note", "id": person.id} for person in people if person.noted]
    if len(people) > 1:
        views.append({"code": "shared-slots", "slots": shared_slots})
    journeys = [person.distance_m for person in people if person.distance_m is not None]
    if journeys:
        views.append({"code": "farthest", "metres": max(journeys)})
    return views


def _size(people: Sequence[Fact], window_low: int) -> list[View]:
    return [{"code": "small", "people": len(people)}] if len(people) < window_low else []


def _ages(people: Sequence[Fact], age_span: int) -> list[View]:
    ages = [person.age for person in people]
    span = max(ages) - min(ages) if ages else 0
    return [{"code": "age-span", "years": span, "wished": age_span}] if span > age_span else []


def _only_one(people: Sequence[Fact]) -> list[View]:
    if len(people) < 3:
        return []
    found = [("gender", person) for person in _rare(people, [p.gender for p in people]) if person.gender]
    found += [("age", person) for person in _alone_in_age(people)]
    found += [("choice", p) for p in _rare(people, [p.first_choice for p in people]) if not p.first_choice]
    return [{"code": "only-one", "of": kind, "id": person.id} for kind, person in found]


def _rare(people: Sequence[Fact], values: Sequence[Any]) -> list[Fact]:
    """Whoever is alone with a value that all others share another of."""
    times = Counter(values)
    if len(times) != 2:
        return []
    return [person for person, value in zip(people, values, strict=True) if times[value] == 1]


def _alone_in_age(people: Sequence[Fact]) -> list[Fact]:
    """Whoever is more than twenty years from the nearest in age, when there is one such person."""
    far = [
        person
        for person in people
        if min((abs(person.age - other.age) for other in people if other is not person), default=0) > 20
    ]
    return far if len(far) == 1 else []

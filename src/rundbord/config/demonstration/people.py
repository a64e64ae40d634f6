"""The invented people who wish for a place: drawn by a fixed seed, so that every demonstration is alike."""

from collections.abc import Sequence
from random import Random

from rundbord.config.demonstration.facts import AREA, NAMES
from rundbord.signups.rules import WishFields
from rundbord.topics.catalogue import MIXED, AgeBand, Topic

_HOMES, _HOME_WEIGHTS = AREA, (30, 24, 18, 11, 4, 3, 10)
_EVENINGS = (4, 9, 14, 19)
_AFTERNOONS = (3, 8, 13, 18)
_DAYS = (0, 1, 5, 6, 10, 11, 15, 16, 21)
_TOPICS = (Topic.ANXIETY, Topic.GRIEF, Topic.LONELINESS, Topic.RELATIVES, Topic.BURNOUT, Topic.DEPRESSION)


def wish(
    random: Random, number: int, *, slot: int | None = None, home: str | None = None, **said: object
) -> WishFields:
    """One invented wish. `slot` and `home` are sure to be among its answers; `said` overrides the rest."""
    place = home or random.choices(_HOMES, _HOME_WEIGHTS)[0]
    answers: dict[str, object] = {
        "first_name": NAMES[number % len(NAMES)],
        "contact_kind": "email",
        "contact": f"person{number}@demo.example",
        "place_code": place,
        "age_band": random.choices(AgeBand.values, (18, 34, 28, 16, 4))[0],
        "slots": _slots(random, slot),
        "focus": _focus(random),
        "languages": _languages(random),
        "physical": True,
        "digital": random.random() < 0.35,
        "max_km": random.choice((10, 20, 20, 40)),
        "discretion": 1 if random.random() < 0.04 else 0,
        "access_needs": random.random() < 0.05,
        "self_start_ok": random.random() < 0.2,
    }
    return WishFields(**{**answers, **said})  # type: ignore[arg-type]


def _slots(random: Random, sure: int | None) -> list[int]:
    pool: Sequence[int] = _EVENINGS if random.random() < 0.7 else _DAYS
    chosen = set(random.sample(pool, random.randint(2, min(4, len(pool)))))
    if random.random() < 0.4:
        chosen.add(random.choice(_AFTERNOONS))
    return sorted(chosen | ({sure} if sure is not None else set()))


def _focus(random: Random) -> list[str]:
    topic = str(random.choice(_TOPICS).value)
    kind = random.random()
    if kind < 0.5:
        return [MIXED]
    return [topic, MIXED] if kind < 0.85 else [topic]


def _languages(random: Random) -> list[str]:
    kind = random.random()
    if kind < 0.88:
        return ["no"]
    return ["uk", "no"] if kind < 0.94 else ["ar", "en"]

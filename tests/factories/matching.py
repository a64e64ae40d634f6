"""Invented people who wait, starters and rooms, and small counties of them for the engine."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation
from rundbord.people.models import Starter
from rundbord.signups.models import SignUp
from rundbord.signups.rules import SignUpState
from rundbord.venues.models import Room
from tests.factories.organisations import FOUNDED, RoomFactory, VenueFactory, place

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TUESDAY_EVENING = 9  # slot: Tuesday 18:00
WEDNESDAY_EVENING = 14


class WaitingFactory(DjangoModelFactory):
    """Somebody who waits for a place, easy to please; call it inside the organisation's scope."""

    class Meta:
        model = SignUp

    state = SignUpState.WAITING
    first_name = factory.Sequence(lambda n: f"Kari{n}")
    contact_kind = "email"
    contact = factory.Sequence(lambda n: f"kari{n}@example.org")
    contact_index = factory.Sequence(lambda n: n.to_bytes(32, "big"))
    place = factory.LazyFunction(place)
    max_km = 30
    slots = factory.LazyFunction(lambda: [TUESDAY_EVENING, WEDNESDAY_EVENING])
    languages = factory.LazyFunction(lambda: ["no"])
    age_band = "31-45"
    focus = factory.LazyFunction(lambda: ["mixed"])
    consent_version = "1"
    created_at = MONDAY - timedelta(weeks=5)
    confirmed_at = MONDAY - timedelta(weeks=4)
    waiting_since = factory.Sequence(lambda n: MONDAY - timedelta(weeks=4) + timedelta(minutes=n))
    state_since = MONDAY - timedelta(weeks=4)


class StarterFactory(DjangoModelFactory):
    """A starter who is free on Tuesday evenings."""

    class Meta:
        model = Starter

    first_name = factory.Sequence(lambda n: f"Anne{n}")
    email = factory.Sequence(lambda n: f"anne{n}@example.org")
    email_index = factory.Sequence(lambda n: n.to_bytes(32, "big"))
    languages = factory.LazyFunction(lambda: ["no"])
    place = factory.LazyFunction(place)
    slots = factory.LazyFunction(lambda: [TUESDAY_EVENING])
    created_at = FOUNDED


def people(organisation: Organisation, number: int, **facts: object) -> list[SignUp]:
    """So many who wait."""
    with tenancy.scope(organisation.id):
        return [WaitingFactory(organisation=organisation, **facts) for _ in range(number)]


def starter(organisation: Organisation, **facts: object) -> Starter:
    """One starter."""
    with tenancy.scope(organisation.id):
        return StarterFactory(organisation=organisation, **facts)


def room(organisation: Organisation, **facts: object) -> Room:
    """One room in a house of its own, free on Tuesday evenings."""
    at = {key: facts.pop(key) for key in ("place", "accessible", "name") if key in facts}
    facts.setdefault("slots", [TUESDAY_EVENING])
    with tenancy.scope(organisation.id):
        return RoomFactory(venue=VenueFactory(organisation=organisation, **at), **facts)


def county(organisation: Organisation, number: int = 8, **facts: object) -> list[SignUp]:
    """So many who wait and fit together, with one starter and one room on Tuesdays."""
    starter(organisation)
    room(organisation)
    return people(organisation, number, **facts)

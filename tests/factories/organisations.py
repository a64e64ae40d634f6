"""Invented organisations, places and venues."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from rundbord.organisations.models import Organisation, OrganisationKind
from rundbord.places.models import Place
from rundbord.venues.models import Room, Venue

FOUNDED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"LINK nummer {n}")
    slug = factory.Sequence(lambda n: f"link-{n}")
    kind = factory.LazyFunction(lambda: OrganisationKind.objects.get(code="clearinghouse"))
    phone = "69 00 00 00"
    created_at = FOUNDED


def place(code: str = "3107") -> Place:
    """A municipality of the seed: Fredrikstad unless another number is given."""
    return Place.objects.get(code=code)


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Huset {n}")
    address = "Storgata 1"
    place = factory.LazyFunction(place)
    x = factory.SelfAttribute("place.x")
    y = factory.SelfAttribute("place.y")
    accessible = True
    created_at = FOUNDED


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = Room

    venue = factory.SubFactory(VenueFactory)
    organisation = factory.SelfAttribute("venue.organisation")
    name = "Møterommet"
    capacity = 10
    slots = factory.LazyFunction(lambda: [4, 9, 14, 19])

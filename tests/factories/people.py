"""Invented staff, starters and roles."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from rundbord.people import queries
from rundbord.people.models import Role, StaffAccount, Starter
from rundbord.people.rules import RoleKind
from tests.factories.organisations import OrganisationFactory, place


class StaffAccountFactory(DjangoModelFactory):
    class Meta:
        model = StaffAccount

    email = factory.Sequence(lambda n: f"ansatt{n}@example.org")
    name = factory.Sequence(lambda n: f"Ansatt {n}")


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    organisation = factory.SubFactory(OrganisationFactory)
    account = factory.SubFactory(StaffAccountFactory)
    kind = RoleKind.COORDINATOR


class StarterFactory(DjangoModelFactory):
    """A starter in Fredrikstad who is free on Monday to Thursday evenings."""

    class Meta:
        model = Starter

    organisation = factory.SubFactory(OrganisationFactory)
    first_name = factory.Sequence(lambda n: f"Starter{n}")
    email = factory.Sequence(lambda n: f"starter{n}@example.org")
    email_index = factory.LazyAttribute(lambda o: queries.email_index(o.organisation.id, o.email))
    languages = factory.LazyFunction(lambda: ["no"])
    place = factory.LazyFunction(place)
    slots = factory.LazyFunction(lambda: [4, 9, 14, 19])
    created_at = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

"""Invented wishes in any state, each as its state demands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from rundbord.signups import queries
from rundbord.signups.models import IntroTalk, SignUp
from rundbord.signups.rules import WITHOUT_FOCUS, SignUpState, WishFields
from tests.factories.organisations import OrganisationFactory, place

LEFT = datetime(2026, 1, 26, 19, 0, tzinfo=UTC)


def wish_fields(**changes: Any) -> WishFields:
    """A wish from Fredrikstad for Monday and Tuesday evening, mixed, by e-mail."""
    usual = WishFields(
        first_name="Kari",
        contact_kind="email",
        contact="kari@example.org",
        place_code="3107",
        age_band="46-60",
        slots=[4, 9],
    )
    return replace(usual, **changes)


def _confirmed(wish: Any) -> datetime | None:
    return None if wish.state == SignUpState.UNCONFIRMED else wish.created_at + timedelta(hours=1)


class SignUpFactory(DjangoModelFactory):
    """A wish that waits since a month ago; say `state=` for another."""

    class Meta:
        model = SignUp
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    state = SignUpState.WAITING
    first_name = factory.Sequence(lambda n: f"Anna{n}")
    contact_kind = "email"
    contact = factory.Sequence(lambda n: f"person{n}@example.org")
    contact_index = factory.LazyAttribute(lambda o: queries.contact_index(o.organisation.id, o.contact))
    place = factory.LazyFunction(place)
    slots = factory.LazyFunction(lambda: [4, 9])
    languages = factory.LazyFunction(lambda: ["no"])
    age_band = "46-60"
    focus = factory.LazyAttribute(lambda o: None if o.state in WITHOUT_FOCUS else ["mixed"])
    consent_version = "1"
    created_at = LEFT
    confirmed_at = factory.LazyAttribute(_confirmed)
    waiting_since = factory.LazyAttribute(_confirmed)
    heard_at = factory.LazyAttribute(_confirmed)
    state_since = factory.SelfAttribute("created_at")

    @factory.post_generation
    def wanted_talk(obj: Any, create: bool, extracted: Any, **_rest: Any) -> None:
        if create and obj.state == SignUpState.TALK:
            IntroTalk.objects.create(organisation=obj.organisation, signup=obj, wanted_at=obj.created_at)

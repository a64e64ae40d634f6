"""Starters: written down, changed, set aside."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people import queries
from rundbord.people.actions.doors import revoke_access
from rundbord.people.models import Starter
from rundbord.people.rules import StarterFields, check_starter, cleaned_starter
from rundbord.places.models import Place


class NotUsable(Refused):
    """Some answers cannot be used; `wrong` says which and why."""

    sentence = _("Some of the answers need another look.")

    def __init__(self, wrong: dict[str, str | Promise]) -> None:
        super().__init__()
        self.wrong = wrong


class UnknownPlace(Refused):
    """There is no municipality or district with this code."""

    sentence = _("We do not know that place. Choose a municipality or district from the list.")


class StarterKnown(Refused):
    """The organisation already has a starter with this address."""

    sentence = _("You already have a starter with this e-mail address.")


@transaction.atomic
def add_starter(*, organisation: Organisation, fields: StarterFields, by: Actor, now: datetime) -> Starter:
    """A new, active starter. Raises NotUsable, UnknownPlace or StarterKnown."""
    with tenancy.scope(organisation.id):
        starter = Starter(organisation=organisation, created_at=now, **_columns(organisation.id, fields))
        _refuse_double(starter)
        starter.save(force_insert=True)
        _note(starter, "starter-added", by, now)
    return starter


@transaction.atomic
def change_starter(*, starter: Starter, fields: StarterFields, by: Actor, now: datetime) -> None:
    """All fields are set to these. Raises NotUsable, UnknownPlace or StarterKnown."""
    with tenancy.scope(starter.organisation_id):
        columns = _columns(starter.organisation_id, fields)
        changed = sorted(name for name, value in columns.items() if getattr(starter, name) != value)
        for name, value in columns.items():
            setattr(starter, name, value)
        _refuse_double(starter)
        starter.save()
        _note(starter, "starter-changed", by, now, fields=changed)


@transaction.atomic
def set_starter_active(*, starter: Starter, active: bool, by: Actor, now: datetime) -> None:
    """Set aside (no new requests, private doors closed at once) or taken back."""
    with tenancy.scope(starter.organisation_id):
        starter.active = active
        starter.save(update_fields=["active"])
        _note(starter, "starter-back" if active else "starter-set-aside", by, now)
    if not active:
        revoke_access(subject=starter.id, now=now)


def _columns(organisation_id: UUID, fields: StarterFields) -> dict[str, Any]:
    wrong = check_starter(fields)
    if wrong:
        raise NotUsable(wrong)
    clean = cleaned_starter(fields)
    if not Place.objects.filter(pk=clean.place_code).exists():
        raise UnknownPlace
    return {
        "first_name": clean.first_name,
        "surname": clean.surname or None,
        "email": clean.email,
        "email_index": queries.email_index(organisation_id, clean.email),
        "phone": clean.phone or None,
        "ui_language": clean.ui_language,
        "languages": clean.languages,
        "place_id": clean.place_code,
        "max_km": clean.max_km,
        "physical": clean.physical,
        "digital": clean.digital,
        "woman": clean.woman,
        "slots": clean.slots,
        "concurrent_starts": clean.concurrent_starts,
    }


def _refuse_double(starter: Starter) -> None:
    if Starter.objects.filter(email_index=starter.email_index).exclude(id=starter.id).exists():
        raise StarterKnown


def _note(starter: Starter, verb: str, by: Actor, now: datetime, **data: Any) -> None:
    timeline.record(
        organisation_id=starter.organisation_id,
        subject=starter.id,
        verb=verb,
        actor=by,
        now=now,
        data=data,
    )

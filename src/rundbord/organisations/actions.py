"""Writes: founding an organisation, what it serves, how it sets its numbers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations import queries, rules
from rundbord.organisations.models import AreaServed, Organisation, OrganisationKind, OrganisationSetting


class SizesDisagree(Refused):
    """Floor, enough, window and ceiling would contradict one another."""

    sentence = _("The group sizes do not fit together: smallest first, largest last.")


class ClocksDisagree(Refused):
    """People would be taken out before they are asked."""

    sentence = _("People must be asked before their wish is erased.")


class OwnChild(Refused):
    """An organisation would stand above itself."""

    sentence = _("An organisation cannot stand above itself.")


@transaction.atomic
def found_organisation(
    *, name: str, kind: str, now: datetime, by: Actor, parent: Organisation | None = None, **facts: Any
) -> Organisation:
    """A new organisation with its area.

    `facts`: phone, phone_hours, email, about, services, takes_wishes, active, places (codes).
    Raises UnknownService.
    """
    places = facts.pop("places", ())
    facts["services"] = rules.clean_services(facts.get("services", ()))
    organisation = Organisation.objects.create(
        name=name,
        kind=OrganisationKind.objects.get(code=kind),
        parent=parent,
        slug=_free_slug(name),
        created_at=now,
        **facts,
    )
    with tenancy.scope(organisation.id):
        _note(organisation.id, "organisation-founded", by, now)
    serve_places(organisation=organisation, codes=places, by=by, now=now)
    return organisation


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "kontor"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def serve_places(*, organisation: Organisation, codes: Iterable[str], by: Actor, now: datetime) -> None:
    """The organisation serves exactly these places from now on."""
    wanted = set(codes)
    with tenancy.scope(organisation.id):
        AreaServed.objects.exclude(place__in=wanted).delete()
        held = set(AreaServed.objects.values_list("place_id", flat=True))
        AreaServed.objects.bulk_create(
            [AreaServed(organisation=organisation, place_id=code) for code in sorted(wanted - held)]
        )
        _note(organisation.id, "area-changed", by, now, places=len(wanted))


@transaction.atomic
def change_facts(*, organisation: Organisation, by: Actor, now: datetime, **facts: Any) -> None:
    """Name, phone, phone_hours, email, about, services, takes_wishes, parent: only those given.

    Raises OwnChild or UnknownService.
    """
    if "services" in facts:
        facts["services"] = rules.clean_services(facts["services"])
    if facts.get("parent") and facts["parent"] in queries.below(organisation.id):
        raise OwnChild
    for key, value in facts.items():
        setattr(organisation, key, value)
    organisation.save(update_fields=list(facts))
    with tenancy.scope(organisation.id):
        _note(organisation.id, "facts-changed", by, now, fields=sorted(facts))


@transaction.atomic
def change_settings(*, organisation: Organisation, values: dict[str, Any], by: Actor, now: datetime) -> None:
    """Several settings at once, all or none. A value equal to the default is forgotten.

    Raises UnknownSetting, SettingOutOfRange, SizesDisagree or ClocksDisagree.
    """
    cleaned = {key: rules.clean(key, value) for key, value in values.items()}
    together = queries.settings_of(organisation.id) | cleaned
    if not rules.sizes_agree(together):
        raise SizesDisagree
    if not rules.waiting_clock_agrees(together):
        raise ClocksDisagree
    with tenancy.scope(organisation.id):
        for key, value in cleaned.items():
            _store(organisation, key, value)
        _note(organisation.id, "settings-changed", by, now, keys=sorted(cleaned))


def change_setting(*, organisation: Organisation, key: str, value: Any, by: Actor, now: datetime) -> None:
    """One setting; refusals as in `change_settings`."""
    change_settings(organisation=organisation, values={key: value}, by=by, now=now)


def _store(organisation: Organisation, key: str, value: Any) -> None:
    if value == rules.SETTINGS[key].default:
        OrganisationSetting.objects.filter(key=key).delete()
    else:
        OrganisationSetting.objects.update_or_create(
            organisation=organisation, key=key, defaults={"value": value}
        )


def _note(organisation_id: UUID, verb: str, by: Actor, now: datetime, **data: Any) -> None:
    timeline.record(
        organisation_id=organisation_id, subject=organisation_id, verb=verb, actor=by, now=now, data=data
    )

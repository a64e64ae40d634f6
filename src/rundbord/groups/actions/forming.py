"""The approve transaction: group, loan, seats, offers, letters and the starter's question, all or nothing."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import requests
from rundbord.groups.actions.frame import locked_signups, note, write
from rundbord.groups.actions.seats import GroupIsFull, NotWaiting, hold_seat
from rundbord.groups.models import Group, Reserve
from rundbord.groups.rules.terms import GroupTerms
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.organisations.queries import settings_of
from rundbord.signups.models import SignUp
from rundbord.venues.actions import note_loan
from rundbord.venues.models import Room


class TooFewPeople(Refused):
    """Fewer people than a group may be offered to."""

    sentence = _("Too few people for a group.")


class NowhereToMeet(Refused):
    """A group needs a room, or is digital."""

    sentence = _("Choose a room, or make it digital.")


class NobodyToStart(Refused):
    """No starter, and the organisation lets no group start by itself."""

    sentence = _("Choose a starter.")


def form_group(
    *,
    organisation: Organisation,
    terms: GroupTerms,
    signups: list[SignUp],
    reserves: list[SignUp],
    by: Actor,
    now: datetime,
) -> Group:
    """A new group with a seat held and an offer sent for each of `signups`; `reserves` best first.

    Raises TooFewPeople, GroupIsFull, NotWaiting, NowhereToMeet, NobodyToStart, StarterIsBusy, and what
    venues.actions.note_loan raises when the room is taken.
    """
    with write(organisation.id):
        settings = settings_of(organisation.id)
        _refuse_terms(terms, len(signups), settings)
        people = locked_signups([person.id for person in signups])
        if len(people) < len(signups):
            raise NotWaiting
        group = _new_group(organisation, terms, settings, by, now)
        note(group, "group-formed", by, now, slot=terms.slot, people=len(people))
        _name_reserves(group, reserves)
        for person in people:
            hold_seat(group, person, by, now)
        if terms.starter_id is not None:
            requests.ask(group, terms.starter_id, by, now)
        return group


def _refuse_terms(terms: GroupTerms, people: int, settings: dict[str, Any]) -> None:
    if people < settings["group_floor"]:
        raise TooFewPeople
    if people > settings["group_ceiling"]:
        raise GroupIsFull
    if terms.digital == (terms.room_id is not None):
        raise NowhereToMeet
    if terms.starter_id is None and not settings["self_start"]:
        raise NobodyToStart


def _new_group(
    organisation: Organisation, terms: GroupTerms, settings: dict[str, Any], by: Actor, now: datetime
) -> Group:
    room = None if terms.room_id is None else Room.objects.select_related("venue").get(pk=terms.room_id)
    starts_on = terms.first_on or clock.local(now).date()
    loan = room and note_loan(room=room, slot=terms.slot, starts_on=starts_on, by=by, now=now)
    return Group.objects.create(
        organisation=organisation,
        focus=terms.focus,
        language=terms.language,
        women_only=terms.women_only,
        young_only=terms.young_only,
        digital=terms.digital,
        place_id=terms.place_code,
        room=room,
        loan=loan,
        slot=terms.slot,
        every_weeks=settings["every_weeks"],
        floor=settings["group_floor"],
        enough=settings["group_enough"],
        ceiling=settings["group_ceiling"],
        startup_meetings=settings["startup_meetings"],
        self_start=terms.starter_id is None,
        first_meeting_on=terms.first_on,
        created_at=now,
        state_since=now,
    )


def _name_reserves(group: Group, reserves: list[SignUp]) -> None:
    rows = [
        Reserve(organisation_id=group.organisation_id, group=group, signup=person, rank=rank)
        for rank, person in enumerate(reserves, start=1)
    ]
    Reserve.objects.bulk_create(rows)

"""Writes: venues, their rooms, and loans."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.kernel.week import SLOTS
from rundbord.organisations.models import Organisation
from rundbord.places.models import Place
from rundbord.venues.models import LoanState, Room, Venue, VenueLoan
from rundbord.venues.queries import LENT


class RoomTaken(Refused):
    """The room is already lent at that time."""

    sentence = _("The room is already taken at that time.")


class RoomNotFree(Refused):
    """The room is not offered at that time."""

    sentence = _("The room is not free at that time.")


class RoomTooSmall(Refused):
    """A table for fewer than five people and a starter."""

    sentence = _("The room must seat at least five people.")


@transaction.atomic
def add_venue(*, organisation: Organisation, place: Place, by: Actor, now: datetime, **facts: Any) -> Venue:
    """A house with rooms.

    `facts`: name, address, accessible, owner_*, key_note, and x, y in metres (the place's when not given).
    """
    point = {"x": place.x, "y": place.y} | {key: facts.pop(key) for key in ("x", "y") if key in facts}
    with tenancy.scope(organisation.id):
        venue = Venue.objects.create(organisation=organisation, place=place, created_at=now, **point, **facts)
        _note(venue, "venue-added", by, now)
    return venue


@transaction.atomic
def change_venue(*, venue: Venue, by: Actor, now: datetime, **facts: Any) -> None:
    """Only the facts given change."""
    with tenancy.scope(venue.organisation_id):
        for key, value in facts.items():
            setattr(venue, key, value)
        if "place" in facts and "x" not in facts:
            venue.x, venue.y = venue.place.x, venue.place.y
        venue.save()
        _note(venue, "venue-changed", by, now)


@transaction.atomic
def add_room(*, venue: Venue, name: str, capacity: int, slots: list[int], by: Actor, now: datetime) -> Room:
    """A room with a table. `slots` are its free two-hour slots in the week. Raises RoomTooSmall."""
    if capacity < 5:
        raise RoomTooSmall
    with tenancy.scope(venue.organisation_id):
        room = Room.objects.create(
            organisation_id=venue.organisation_id,
            venue=venue,
            name=name,
            capacity=capacity,
            slots=_in_week(slots),
        )
        _note(room, "room-added", by, now)
    return room


@transaction.atomic
def change_room(*, room: Room, by: Actor, now: datetime, **facts: Any) -> None:
    """Only the facts given (name, capacity, slots, active) change. Raises RoomTooSmall."""
    if facts.get("capacity", 5) < 5:
        raise RoomTooSmall
    if "slots" in facts:
        facts["slots"] = _in_week(facts["slots"])
    with tenancy.scope(room.organisation_id):
        for key, value in facts.items():
            setattr(room, key, value)
        room.save(update_fields=list(facts))
        _note(room, "room-changed", by, now)


@transaction.atomic
def note_loan(*, room: Room, slot: int, starts_on: date, by: Actor, now: datetime) -> VenueLoan:
    """Writes down that the room is borrowed at that slot until returned. Raises RoomNotFree or RoomTaken."""
    with tenancy.scope(room.organisation_id):
        if slot not in room.slots:
            raise RoomNotFree
        loan = VenueLoan(
            organisation_id=room.organisation_id, room=room, slot=slot, starts_on=starts_on, created_at=now
        )
        try:
            with transaction.atomic():
                loan.save(force_insert=True)
        except IntegrityError as clash:  # the constraint decides, also between two at once
            raise RoomTaken from clash
        _note(room, "loan-noted", by, now, slot=slot)
    return loan


@transaction.atomic
def answer_loan(*, loan: VenueLoan, agreed: bool, by: Actor, now: datetime) -> None:
    """The owner's answer."""
    _settle(loan, LoanState.AGREED if agreed else LoanState.REFUSED, by, now)


@transaction.atomic
def return_loan(*, loan: VenueLoan, on: date, by: Actor, now: datetime) -> None:
    """The room is free again from `on`. A loan already settled stays as it is."""
    if loan.state in LENT:
        loan.ends_on = max(on, loan.starts_on)
        _settle(loan, LoanState.RETURNED, by, now)


def _settle(loan: VenueLoan, state: LoanState, by: Actor, now: datetime) -> None:
    with tenancy.scope(loan.organisation_id):
        loan.state = state
        loan.save(update_fields=["state", "ends_on"])
        _note(loan, f"loan-{state}", by, now)


def _in_week(slots: list[int]) -> list[int]:
    return sorted({slot for slot in slots if slot in SLOTS})


def _note(row: Venue | Room | VenueLoan, verb: str, by: Actor, now: datetime, **data: Any) -> None:
    timeline.record(
        organisation_id=row.organisation_id, subject=row.id, verb=verb, actor=by, now=now, data=data
    )

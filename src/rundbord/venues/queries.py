"""Reads: rooms that can be lent, and when they are free."""

from collections.abc import Iterable
from uuid import UUID

from rundbord.kernel import tenancy
from rundbord.venues.models import LoanState, Room, Venue, VenueLoan

LENT = (LoanState.NOTED, LoanState.AGREED)


def venues(organisation_id: UUID) -> list[Venue]:
    """All venues with their rooms, by name. Two queries."""
    with tenancy.scope(organisation_id):
        return list(Venue.objects.select_related("place").prefetch_related("rooms").order_by("name", "id"))


def venue(organisation_id: UUID, venue_id: UUID) -> Venue | None:
    """One venue, if it is this organisation's."""
    with tenancy.scope(organisation_id):
        return Venue.objects.select_related("place").prefetch_related("rooms").filter(id=venue_id).first()


def rooms(organisation_id: UUID) -> list[Room]:
    """Rooms in use with their venues. One query."""
    with tenancy.scope(organisation_id):
        return list(
            Room.objects.select_related("venue__place")
            .filter(active=True, venue__active=True)
            .order_by("venue__name", "name", "id")
        )


def room(organisation_id: UUID, room_id: UUID) -> Room | None:
    """One room, if it is this organisation's."""
    with tenancy.scope(organisation_id):
        return Room.objects.select_related("venue__place").filter(id=room_id).first()


def lent_slots(organisation_id: UUID) -> set[tuple[UUID, int]]:
    """(room id, slot) pairs that are lent now. One query."""
    with tenancy.scope(organisation_id):
        return set(VenueLoan.objects.filter(state__in=LENT).values_list("room_id", "slot"))


def free_slots(organisation_id: UUID, of: Iterable[Room]) -> dict[UUID, list[int]]:
    """For each room, the slots it offers and nobody has borrowed. One query."""
    lent = lent_slots(organisation_id)
    return {each.id: [slot for slot in each.slots if (each.id, slot) not in lent] for each in of}


def loans(organisation_id: UUID) -> list[VenueLoan]:
    """Loans that run, by room and time. One query."""
    with tenancy.scope(organisation_id):
        return list(
            VenueLoan.objects.select_related("room__venue")
            .filter(state__in=LENT)
            .order_by("room__venue__name", "slot", "id")
        )

"""Rooms, their free hours, and who has borrowed them."""

from datetime import date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from rundbord.kernel import tenancy
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.venues import actions, queries
from rundbord.venues.models import LoanState, Room, Venue
from tests.factories.organisations import RoomFactory, VenueFactory, place

BY = Actor("staff")
DAY = date(2026, 3, 10)


@pytest.fixture
def room(scoped: Organisation) -> Room:
    return RoomFactory(venue__organisation=scoped, slots=[4, 9])


def test_a_lent_slot_is_no_longer_free(room: Room, now: datetime) -> None:
    actions.note_loan(room=room, slot=9, starts_on=DAY, by=BY, now=now)
    assert queries.free_slots(room.organisation_id, [room]) == {room.id: [4]}


def test_the_same_hour_is_not_lent_twice(room: Room, now: datetime) -> None:
    actions.note_loan(room=room, slot=9, starts_on=DAY, by=BY, now=now)
    with pytest.raises(actions.RoomTaken):
        actions.note_loan(room=room, slot=9, starts_on=DAY, by=BY, now=now)


def test_an_hour_the_owner_does_not_offer_is_refused(room: Room, now: datetime) -> None:
    with pytest.raises(actions.RoomNotFree):
        actions.note_loan(room=room, slot=10, starts_on=DAY, by=BY, now=now)


@pytest.mark.parametrize("settle", ["return", "refuse"])
def test_returned_or_refused_is_free_again(room: Room, now: datetime, settle: str) -> None:
    loan = actions.note_loan(room=room, slot=9, starts_on=DAY, by=BY, now=now)
    if settle == "return":
        actions.return_loan(loan=loan, on=DAY, by=BY, now=now)
    else:
        actions.answer_loan(loan=loan, agreed=False, by=BY, now=now)
    actions.note_loan(room=room, slot=9, starts_on=DAY, by=BY, now=now)
    assert [each.state for each in queries.loans(room.organisation_id)] == [LoanState.NOTED]


def test_returning_before_it_began_ends_on_its_first_day(room: Room, now: datetime) -> None:
    loan = actions.note_loan(room=room, slot=9, starts_on=DAY, by=BY, now=now)
    actions.return_loan(loan=loan, on=date(2026, 1, 1), by=BY, now=now)
    loan.refresh_from_db()
    assert loan.ends_on == DAY


def test_an_agreed_loan_still_holds_the_hour(room: Room, now: datetime) -> None:
    loan = actions.note_loan(room=room, slot=4, starts_on=DAY, by=BY, now=now)
    actions.answer_loan(loan=loan, agreed=True, by=BY, now=now)
    assert queries.free_slots(room.organisation_id, [room]) == {room.id: [9]}


def test_a_tiny_room_is_refused(scoped: Organisation, now: datetime) -> None:
    venue = VenueFactory(organisation=scoped)
    with pytest.raises(actions.RoomTooSmall):
        actions.add_room(venue=venue, name="Kottet", capacity=4, slots=[4], by=BY, now=now)
    room = actions.add_room(venue=venue, name="Stua", capacity=8, slots=[9, 4, 9, 77], by=BY, now=now)
    assert room.slots == [4, 9]
    with pytest.raises(actions.RoomTooSmall):
        actions.change_room(room=room, capacity=3, by=BY, now=now)


def test_a_venue_stands_where_its_place_is_until_told_better(scoped: Organisation, now: datetime) -> None:
    fredrikstad, sarpsborg = place("3107"), place("3105")
    venue = actions.add_venue(
        organisation=scoped, place=fredrikstad, name="Huset", address="Storgata 1", by=BY, now=now
    )
    assert (venue.x, venue.y) == (fredrikstad.x, fredrikstad.y)
    actions.change_venue(venue=venue, place=sarpsborg, by=BY, now=now)
    assert (venue.x, venue.y) == (sarpsborg.x, sarpsborg.y)


def test_only_our_rooms_are_seen(room: Room, twin: Organisation) -> None:
    with tenancy.everywhere("the twin's tempting room"):
        other = RoomFactory(venue__organisation=twin)
    assert queries.rooms(room.organisation_id) == [room]
    assert queries.room(room.organisation_id, other.id) is None
    assert queries.venue(room.organisation_id, other.venue_id) is None


def test_the_owner_is_kept_unreadable(scoped: Organisation) -> None:
    VenueFactory(organisation=scoped, owner_name="Kanari Utleier", owner_email="kanari@example.org")
    assert Venue.objects.get().owner_name == "Kanari Utleier"
    assert "anari" not in repr(Venue.objects.values())


def test_lists_cost_the_same_with_one_and_with_many(
    room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for more in (0, 20):
        for _ in range(more):
            RoomFactory(venue__organisation=room.organisation)
        with django_assert_num_queries(1):
            [each.venue.place.name for each in queries.rooms(room.organisation_id)]
        with django_assert_num_queries(2):
            [list(each.rooms.all()) for each in queries.venues(room.organisation_id)]

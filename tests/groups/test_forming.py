"""The approve transaction: everything or nothing."""

from datetime import timedelta

import pytest

from rundbord.groups import actions
from rundbord.groups.models import Group, Offer, OfferState, Reserve, Seat, StarterRequest
from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter, OutgoingMessage, TimelineEntry
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from rundbord.signups.models import SignUp
from rundbord.venues.actions import RoomTaken
from rundbord.venues.models import VenueLoan
from tests.factories import groups as make
from tests.groups.conftest import Post, text

NOW = make.NOW


def counted(organisation: Organisation, counter: str) -> int:
    with tenancy.scope(organisation.id):
        return sum(Counter.objects.filter(counter=counter).values_list("value", flat=True))


def test_forming_holds_seats_sends_offers_asks_starter_and_notes_the_loan(
    organisation: Organisation, post: Post
) -> None:
    group = make.formed(organisation, people=7, reserves=2)
    with tenancy.scope(organisation.id):
        assert group.state == "forming"
        assert sorted(Seat.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
        assert Offer.objects.filter(state=OfferState.OPEN, expires_at=NOW + timedelta(hours=72)).count() == 7
        assert set(SignUp.objects.filter(seat__isnull=False).values_list("state", flat=True)) == {"offered"}
        assert list(Reserve.objects.values_list("rank", flat=True)) == [1, 2]
        assert StarterRequest.objects.get().state == "asked"
        assert VenueLoan.objects.get().slot == group.slot == make.TUESDAY_EVENING
        assert group.loan == VenueLoan.objects.get()
        assert TimelineEntry.objects.filter(verb="offer-sent").count() == 7
        assert TimelineEntry.objects.filter(verb="group-formed", subject=group.id).count() == 1
    assert sorted(post.kinds()) == ["offer"] * 7 + ["request"]
    assert counted(organisation, "offer-sent") == 7
    assert counted(organisation, "group-formed") == 1
    assert counted(organisation, "request-sent") == 1


def test_an_offer_letter_names_time_town_and_deadline_but_no_address(
    organisation: Organisation, post: Post
) -> None:
    group = make.formed(organisation)
    [letter] = post.to(make.offers(group)[0].signup.contact, "offer")
    words = text(letter)
    assert "Tuesday at 18:00" in words
    assert "Fredrikstad" in words
    assert "Storgata" not in words and "Huset" not in words
    assert "/p/" in words  # the link to her own page
    assert organisation.phone in words


@pytest.mark.parametrize(("people", "refusal"), [(3, actions.TooFewPeople), (9, actions.GroupIsFull)])
def test_never_under_four_and_never_a_ninth(
    organisation: Organisation, people: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        make.formed(organisation, people=people)
    with tenancy.scope(organisation.id):
        assert not Group.objects.exists()
        assert not OutgoingMessage.objects.exists()


def test_the_organisations_own_ceiling_counts(organisation: Organisation) -> None:
    change_setting(organisation=organisation, key="group_ceiling", value=6, by=make.STAFF, now=NOW)
    with pytest.raises(actions.GroupIsFull):
        make.formed(organisation, people=7)


def test_one_who_no_longer_waits_stops_everything(organisation: Organisation) -> None:
    people = make.signups(organisation, 6)
    people[3].state = "paused"
    with tenancy.scope(organisation.id):
        people[3].save()
    with pytest.raises(actions.NotWaiting):
        actions.form_group(
            organisation=organisation,
            terms=make.terms(organisation),
            signups=people,
            reserves=[],
            by=make.STAFF,
            now=NOW,
        )
    with tenancy.scope(organisation.id):
        assert not Group.objects.exists() and not Seat.objects.exists() and not VenueLoan.objects.exists()
        assert not OutgoingMessage.objects.exists()
        assert set(SignUp.objects.values_list("state", flat=True)) == {"waiting", "paused"}


def test_somebody_with_an_offer_is_not_offered_a_second_place(organisation: Organisation) -> None:
    first = make.formed(organisation)
    taken = make.offers(first)[0].signup
    with pytest.raises(actions.NotWaiting):
        actions.form_group(
            organisation=organisation,
            terms=make.terms(organisation),
            signups=[taken, *make.signups(organisation, 5)],
            reserves=[],
            by=make.STAFF,
            now=NOW,
        )


def test_a_room_that_is_taken_stops_everything(organisation: Organisation) -> None:
    first = make.formed(organisation)
    with pytest.raises(RoomTaken):
        make.formed(organisation, room_id=first.room_id)
    with tenancy.scope(organisation.id):
        assert Group.objects.count() == 1


def test_a_starter_with_enough_to_do_is_not_asked(organisation: Organisation) -> None:
    busy = make.starter(organisation, concurrent_starts=1)
    make.formed(organisation, starter_id=busy.id)
    with pytest.raises(actions.StarterIsBusy):
        make.formed(organisation, starter_id=busy.id)


def test_without_a_starter_it_starts_by_itself_if_the_organisation_lets_it(
    organisation: Organisation,
) -> None:
    assert make.formed(organisation, starter_id=None).self_start
    change_setting(organisation=organisation, key="self_start", value=False, by=make.STAFF, now=NOW)
    with pytest.raises(actions.NobodyToStart):
        make.formed(organisation, starter_id=None)


@pytest.mark.parametrize("facts", [{"digital": True, "with_room": True}, {"digital": False, "room_id": None}])
def test_a_room_or_digital_and_not_both(organisation: Organisation, facts: dict) -> None:
    if facts.pop("with_room", False):
        facts["room_id"] = make.terms(organisation).room_id
    with pytest.raises(actions.NowhereToMeet):
        make.formed(organisation, **facts)


def test_a_digital_group_borrows_no_room(organisation: Organisation, post: Post) -> None:
    group = make.formed(organisation, digital=True)
    assert group.room is None and group.loan is None
    assert "Fredrikstad" not in text(post.letters("offer")[0])


def test_who_wants_to_be_rung_gets_no_letter_but_a_seat(organisation: Organisation, post: Post) -> None:
    silent = make.signup(organisation, contact_kind="ring_me", contact="+4790000000")
    actions.form_group(
        organisation=organisation,
        terms=make.terms(organisation),
        signups=[silent, *make.signups(organisation, 4)],
        reserves=[],
        by=make.STAFF,
        now=NOW,
    )
    assert len(post.letters("offer")) == 4
    with tenancy.scope(organisation.id):
        assert Seat.objects.filter(signup=silent).exists()

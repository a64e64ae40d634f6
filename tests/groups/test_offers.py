"""Yes, no, no answer: each one transaction, said twice counts once, and the next in line is asked."""

from datetime import timedelta

import pytest

from rundbord.groups import actions
from rundbord.groups.models import Group, Offer, OfferState, Participation, Reserve, Seat
from rundbord.groups.rules import DeclineReason
from rundbord.groups.tasks import tick
from rundbord.kernel import tenancy
from rundbord.kernel.models import TimelineEntry
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.signups.actions import pause, withdraw
from rundbord.signups.models import SignUp
from tests.factories import groups as make
from tests.groups.conftest import Post, text
from tests.groups.test_forming import counted

NOW = make.NOW
HOUR = timedelta(hours=1)


def again(offer: Offer) -> Offer:
    with tenancy.scope(offer.organisation_id):
        return Offer.objects.select_related("signup").get(pk=offer.pk)


def says_no(offer: Offer, reason: str = "time", now=NOW, leave: bool = False) -> None:
    by = Actor("person", offer.signup_id)
    actions.decline_offer(offer=offer, reason=reason, by=by, now=now, leave=leave)


def test_yes_seats_the_person_and_takes_away_her_theme(organisation: Organisation) -> None:
    offer = make.offers(make.formed(organisation))[0]
    participation = make.says_yes(offer, NOW + HOUR)
    offer = again(offer)
    assert (offer.state, offer.answered_at) == ("accepted", NOW + HOUR)
    assert offer.signup.state == "placed" and offer.signup.focus is None
    assert participation.signup_id == offer.signup_id and participation.left_at is None
    assert counted(organisation, "offer-accepted") == 1


def test_the_same_yes_twice_is_one_yes(organisation: Organisation) -> None:
    offer = make.offers(make.formed(organisation))[0]
    assert make.says_yes(offer) == make.says_yes(offer, NOW + HOUR)
    assert counted(organisation, "offer-accepted") == 1
    with tenancy.scope(organisation.id):
        assert Participation.objects.count() == 1


@pytest.mark.parametrize("reason", list(DeclineReason))
def test_no_frees_the_seat_and_the_person_waits_on(organisation: Organisation, reason: str) -> None:
    group = make.formed(organisation)
    offer = make.offers(group)[2]
    says_no(offer, reason)
    offer = again(offer)
    assert (offer.state, offer.reason) == ("declined", reason)
    assert offer.signup.state == "waiting"
    assert offer.signup.declined_slots == ([group.slot] if reason == "time" else [])
    assert offer.signup.waiting_since == NOW - timedelta(weeks=4)  # she keeps her turn
    with tenancy.scope(organisation.id):
        assert Seat.objects.count() == 5


def test_the_same_no_twice_asks_only_one_reserve(organisation: Organisation, post: Post) -> None:
    offer = make.offers(make.formed(organisation, reserves=2))[0]
    says_no(offer)
    says_no(offer, "place")
    assert again(offer).reason == "time"
    with tenancy.scope(organisation.id):
        assert Reserve.objects.count() == 1
    assert counted(organisation, "offer-declined") == 1


def test_no_and_leave_takes_the_wish_back(organisation: Organisation) -> None:
    offer = make.offers(make.formed(organisation))[0]
    says_no(offer, "not_now", leave=True)
    assert again(offer).signup.state == "withdrawn"


def test_the_best_reserve_gets_the_freed_lowest_seat(organisation: Organisation, post: Post) -> None:
    group = make.formed(organisation, people=8, reserves=3)
    with tenancy.scope(organisation.id):
        line = [r.signup for r in Reserve.objects.order_by("rank").select_related("signup")]
    says_no(make.offers(group)[4])
    with tenancy.scope(organisation.id):
        assert Seat.objects.get(signup=line[0]).number == 5
        assert Offer.objects.get(signup=line[0]).state == OfferState.OPEN
        assert [r.signup for r in Reserve.objects.order_by("rank")] == line[1:]
    assert len(post.to(line[0].contact, "offer")) == 1


def test_reserves_who_no_longer_wait_are_passed_over(organisation: Organisation) -> None:
    group = make.formed(organisation, reserves=3)
    with tenancy.scope(organisation.id):
        first, second, third = [r.signup for r in Reserve.objects.order_by("rank").select_related("signup")]
    pause(signup=first, until=None, by=make.STAFF, now=NOW)
    make.formed(organisation, people=4)  # somebody else's
    withdraw(signup=second, by=Actor("person", second.id), now=NOW)
    says_no(make.offers(group)[0])
    with tenancy.scope(organisation.id):
        assert set(SignUp.objects.filter(seat__group=group).values_list("id", flat=True)) >= {third.id}
        assert not Seat.objects.filter(signup__in=[first, second]).exists()


def test_without_reserves_the_seat_stays_free(organisation: Organisation) -> None:
    group = make.formed(organisation)
    says_no(make.offers(group)[0])
    with tenancy.scope(organisation.id):
        assert Seat.objects.filter(group=group).count() == 5


def test_an_offer_lapses_after_its_time_without_blame(organisation: Organisation, post: Post) -> None:
    group = make.formed(organisation, reserves=1)
    offer = make.offers(group)[0]
    post.empty()
    assert actions.lapse_offers(NOW + timedelta(hours=72) - timedelta(seconds=1)) == 0
    assert actions.lapse_offers(NOW + timedelta(hours=72)) == 6
    assert actions.lapse_offers(NOW + timedelta(hours=72)) == 0
    assert again(offer).state == "lapsed" and again(offer).signup.state == "waiting"
    assert post.kinds().count("offer_lapsed") == 6 and post.kinds().count("offer") == 1
    assert "quite all right" in text(post.letters("offer_lapsed")[0])
    assert counted(organisation, "offer-lapsed") == 6


def test_answers_after_the_time_are_refused_kindly_even_before_the_clock_has_ticked(
    organisation: Organisation,
) -> None:
    offer = make.offers(make.formed(organisation))[0]
    with pytest.raises(actions.OfferClosed) as refusal:
        make.says_yes(offer, NOW + timedelta(hours=72))
    assert "have not lost anything" in refusal.value.say()
    assert again(offer).state == "open"
    says_no(offer, now=NOW + timedelta(hours=73))  # a late no is still a no
    assert again(offer).state == "declined"


@pytest.mark.parametrize("end", ["declined", "lapsed", "withdrawn"])
def test_yes_to_a_closed_offer_is_refused(organisation: Organisation, end: str) -> None:
    offer = make.offers(make.formed(organisation))[0]
    if end == "declined":
        says_no(offer)
    elif end == "lapsed":
        actions.lapse_offers(NOW + timedelta(hours=80))
    else:
        actions.withdraw_offer(offer=offer, by=make.STAFF, now=NOW)
    with pytest.raises(actions.OfferClosed):
        make.says_yes(offer, NOW + HOUR)
    with tenancy.scope(organisation.id):
        assert not Participation.objects.exists()


def test_no_after_yes_and_taking_back_after_yes_are_refused(organisation: Organisation) -> None:
    offer = make.offers(make.formed(organisation))[0]
    make.says_yes(offer)
    with pytest.raises(actions.OfferClosed):
        says_no(offer)
    with pytest.raises(actions.OfferClosed):
        actions.withdraw_offer(offer=offer, by=make.STAFF, now=NOW)


def test_an_offer_taken_back_is_told_and_can_be_made_again(organisation: Organisation, post: Post) -> None:
    group = make.formed(organisation)
    offer = make.offers(group)[0]
    actions.withdraw_offer(offer=offer, by=make.STAFF, now=NOW)
    actions.withdraw_offer(offer=offer, by=make.STAFF, now=NOW)
    assert len(post.to(offer.signup.contact, "offer_withdrawn")) == 1
    renewed = actions.offer_seat(group=group, signup=offer.signup, by=make.STAFF, now=NOW + HOUR)
    assert renewed == offer and renewed.state == "open"
    assert renewed.expires_at == NOW + HOUR + timedelta(hours=72)


def test_offering_to_one_who_has_an_offer_or_when_all_seats_are_held(organisation: Organisation) -> None:
    group = make.formed(organisation, people=8)
    with pytest.raises(actions.AlreadyOffered):
        actions.offer_seat(group=group, signup=make.offers(group)[0].signup, by=make.STAFF, now=NOW)
    with pytest.raises(actions.GroupIsFull):
        actions.offer_seat(group=group, signup=make.signup(organisation), by=make.STAFF, now=NOW)
    resting = make.signup(organisation, state="paused")
    says_no(make.offers(group)[0])
    with pytest.raises(actions.NotWaiting):
        actions.offer_seat(group=group, signup=resting, by=make.STAFF, now=NOW)


def test_one_who_takes_back_her_wish_without_answering_frees_her_seat_at_the_next_tick(
    organisation: Organisation, post: Post
) -> None:
    group = make.formed(organisation, reserves=1)
    offer = make.offers(group)[0]
    withdraw(signup=offer.signup, by=Actor("person", offer.signup_id), now=NOW)
    post.empty()
    tick(NOW + HOUR)
    assert again(offer).state == "withdrawn" and again(offer).signup.state == "withdrawn"
    with tenancy.scope(organisation.id):
        assert Seat.objects.filter(group=group).count() == 6
        assert not Seat.objects.filter(signup=offer.signup).exists()
    assert post.kinds() == ["offer"]


def test_a_wish_that_was_erased_meanwhile_is_refused_by_name(organisation: Organisation) -> None:
    group = make.formed(organisation)
    offer, gone = make.offers(group)[0], make.signup(organisation)
    with tenancy.scope(organisation.id):
        gone_id = gone.pk
        gone.delete()
        gone.pk = gone_id
        SignUp.objects.filter(pk=offer.signup_id).delete()
    with pytest.raises(actions.NotWaiting):
        actions.offer_seat(group=group, signup=gone, by=make.STAFF, now=NOW)
    with pytest.raises(actions.OfferClosed):
        make.says_yes(offer)
    with pytest.raises(actions.OfferClosed):
        says_no(offer)


def test_leaving_before_the_start_asks_the_next_in_line(organisation: Organisation) -> None:
    group = make.formed(organisation, reserves=1)
    participation = make.says_yes(make.offers(group)[0])
    actions.leave_group(participation=participation, by=make.STAFF, now=NOW + HOUR)
    with tenancy.scope(organisation.id):
        assert Seat.objects.filter(group=group).count() == 6
        assert not Reserve.objects.exists()
        assert SignUp.objects.get(pk=participation.signup_id).state == "finished"


def test_leaving_before_the_start_and_waiting_again(organisation: Organisation) -> None:
    participation = make.says_yes(make.offers(make.formed(organisation))[0])
    actions.leave_group(participation=participation, by=make.STAFF, now=NOW, wait_again=True)
    with tenancy.scope(organisation.id):
        assert SignUp.objects.get(pk=participation.signup_id).state == "waiting"


def test_the_tick_lapses_in_every_organisation_and_keeps_them_apart(
    organisation: Organisation, twin: Organisation
) -> None:
    mine, theirs = make.formed(organisation, reserves=1), make.formed(twin, reserves=1)
    tick(NOW + timedelta(hours=72))
    for group in (mine, theirs):
        with tenancy.scope(group.organisation_id):
            [new] = Offer.objects.filter(state="open")
            assert new.group_id == group.id
            assert new.signup.organisation_id == group.organisation_id


def test_a_person_reads_her_own_story_in_order(organisation: Organisation) -> None:
    group = make.formed(organisation)
    offer = make.offers(group)[0]
    says_no(offer)
    with tenancy.scope(organisation.id):
        verbs = list(TimelineEntry.objects.filter(subject=offer.signup_id).values_list("verb", flat=True))
    assert verbs == ["wish-offered", "offer-sent", "offer-declined", "wish-waiting"]


def test_an_offer_of_another_organisation_cannot_be_answered_from_ours(
    organisation: Organisation, twin: Organisation
) -> None:
    theirs = make.offers(make.formed(twin))[0]
    with tenancy.scope(organisation.id), pytest.raises(tenancy.WrongTenant):
        make.says_yes(theirs)
    assert again(theirs).state == "open"


def test_nobody_is_offered_a_place_in_a_group_that_has_met(organisation: Organisation) -> None:
    group = make.started(organisation)
    after = make.meetings(group)[0].ends_at
    actions.mark_held(meeting=make.meetings(group)[0], by=make.STAFF, now=after)
    with pytest.raises(actions.GroupIsClosed):
        actions.offer_seat(group=group, signup=make.signup(organisation), by=make.STAFF, now=after)
    assert isinstance(group, Group)

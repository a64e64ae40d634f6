"""A group that is on its way opens its circle: newcomers, and starting anew with them."""

from datetime import datetime, timedelta

import pytest

from rundbord.groups import actions, queries
from rundbord.groups.models import Absence, GroundRule, Group, Participation
from rundbord.groups.rules import Newcomers
from rundbord.groups.tasks import tick
from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation
from tests.factories import groups as make
from tests.groups.conftest import Post
from tests.groups.test_forming import counted

NOW = make.NOW
BY = make.STAFF


def opened(organisation: Organisation, people: int = 6, places: int = 2) -> Group:
    group = make.self_led(organisation, people)
    actions.set_newcomers(group=group, newcomers=Newcomers.OPEN, places=places, by=BY, now=later(group))
    return make.fresh(group)


def joins(group: Group, now: datetime) -> Participation:
    newcomer = make.signup(group.organisation)
    return make.says_yes(actions.offer_seat(group=group, signup=newcomer, by=BY, now=now), now)


def later(group: Group) -> datetime:
    return make.meetings(group, kind="startup")[-1].ends_at + timedelta(hours=1)


@pytest.mark.parametrize("places", [0, 3, -1])
def test_an_open_group_has_at_least_one_place_and_no_more_than_chairs(
    organisation: Organisation, places: int
) -> None:
    group = make.self_led(organisation)
    with pytest.raises(actions.NotThatManyPlaces):
        actions.set_newcomers(group=group, newcomers="open", places=places, by=BY, now=NOW)
    actions.set_newcomers(group=group, newcomers="waiting_list", places=places, by=BY, now=NOW)
    assert make.fresh(group).newcomer_places == 0


def test_a_newcomer_makes_the_group_start_anew(organisation: Organisation, post: Post) -> None:
    group = opened(organisation)
    now = later(group)
    old_people = make.people(group)
    actions.make_pledge(participation=old_people[0], by=BY, now=now)
    actions.agree_ground_rules(group=group, texts=["Vi lytter"], by=BY, now=now)
    ahead = make.meetings(group, state="planned")
    actions.say_absent(meeting=ahead[0], participation=old_people[0], by=BY, now=now)
    offer = actions.offer_seat(group=group, signup=make.signup(organisation), by=BY, now=now)
    assert make.fresh(group).state == "self_led"
    post.empty()
    participation = make.says_yes(offer, now)

    old, new = make.fresh(group), make.fresh(participation.group)
    assert (old.state, old.end_reason) == ("ended", "reopened")
    assert (new.state, new.successor_of_id, new.newcomer_places) == ("self_led", old.id, 1)
    assert (new.slot, new.room_id, new.loan_id) == (old.slot, old.room_id, group.loan_id)
    assert {p.signup_id for p in make.people(new)} == {p.signup_id for p in old_people} | {offer.signup_id}
    assert all(p.pledged_at is None for p in make.people(new))
    assert [m.id for m in make.meetings(new)] == [m.id for m in ahead]
    with tenancy.scope(organisation.id):
        assert new.seats.count() == 7 and not old.seats.exists()
        assert GroundRule.objects.get().group_id == new.id
        assert Absence.objects.get().participation.group_id == new.id
        assert GroundRule.objects.get().text == "Vi lytter"
    assert new.loan.state == "noted"
    assert len(post.to(offer.signup.contact, "meetings_planned")) == 1
    assert post.kinds().count("started_anew") == 6
    assert counted(organisation, "group-reopened") == 1


def test_a_second_newcomer_before_the_next_meeting_joins_the_same_new_group_which_then_closes(
    organisation: Organisation,
) -> None:
    group = opened(organisation)
    now = later(group)
    first = actions.offer_seat(group=group, signup=make.signup(organisation), by=BY, now=now)
    second = actions.offer_seat(group=group, signup=make.signup(organisation), by=BY, now=now)
    with pytest.raises(actions.GroupIsClosed):
        actions.offer_seat(group=group, signup=make.signup(organisation), by=BY, now=now)
    one, two = make.says_yes(first, now), make.says_yes(second, now + timedelta(hours=2))
    assert one.group_id == two.group_id != group.id
    new = make.fresh(two.group)
    assert (new.newcomers, new.newcomer_places) == ("closed", 0)
    assert len(make.people(new)) == 8
    assert make.says_yes(first, now + timedelta(hours=3)).group_id == new.id  # the same yes again
    with pytest.raises(actions.GroupIsClosed):
        actions.offer_seat(group=new, signup=make.signup(organisation), by=BY, now=now)


def test_one_who_comes_after_the_new_group_has_met(
    organisation: Organisation,
) -> None:
    group = opened(organisation)
    now = later(group)
    first = joins(group, now)
    new = make.fresh(first.group)
    after = make.meetings(new, state="planned")[0].ends_at
    offer = actions.offer_seat(group=new, signup=make.signup(organisation), by=BY, now=after)
    assert make.says_yes(offer, after).group_id not in (group.id, new.id)


def test_an_open_offer_lapses_or_is_refused_without_touching_the_group(organisation: Organisation) -> None:
    group = opened(organisation)
    now = later(group)
    offer = actions.offer_seat(group=group, signup=make.signup(organisation), by=BY, now=now)
    actions.decline_offer(offer=offer, reason="time", by=BY, now=now)
    assert make.fresh(group).state == "self_led"
    with tenancy.scope(organisation.id):
        assert group.seats.count() == 6


def test_a_closed_group_offers_no_seat(organisation: Organisation) -> None:
    group = make.self_led(organisation)
    with pytest.raises(actions.GroupIsClosed):
        actions.offer_seat(group=group, signup=make.signup(organisation), by=BY, now=later(group))


def test_the_group_may_start_anew_by_its_own_decision(organisation: Organisation) -> None:
    group = make.self_led(organisation)
    new = actions.reopen(group=group, by=BY, now=later(group))
    assert len(make.people(new)) == 6 and make.people(group) == []
    assert queries.get(organisation.id, group.id).end_reason == "reopened"


def test_pausing_takes_open_offers_back(organisation: Organisation, post: Post) -> None:
    group = opened(organisation)
    now = later(group)
    offer = actions.offer_seat(group=group, signup=make.signup(organisation), by=BY, now=now)
    actions.pause_group(group=group, by=BY, now=now)
    assert len(post.to(offer.signup.contact, "offer_withdrawn")) == 1
    with pytest.raises(actions.OfferClosed):
        make.says_yes(offer, now)


def test_a_new_group_plans_on_with_numbers_that_do_not_clash(organisation: Organisation) -> None:
    group = opened(organisation)
    now = later(group)
    new = joins(group, now).group
    ahead = make.meetings(new, state="planned")
    tick(ahead[10].ends_at)
    numbers = [m.number for m in make.meetings(new, kind="ordinary")]
    assert len(numbers) == len(set(numbers)) == 23

"""Enough yes and a starter: the meetings are planned, once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rundbord.groups import actions
from rundbord.groups.models import StarterRequest
from rundbord.groups.tasks import tick
from rundbord.kernel import tenancy
from rundbord.kernel.timeline import Actor
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from tests.factories import groups as make
from tests.groups.conftest import Post, calendar_of, text
from tests.groups.test_forming import counted

NOW = make.NOW
OSLO = ZoneInfo("Europe/Oslo")


def request_of(group) -> StarterRequest:
    with tenancy.scope(group.organisation_id):
        return StarterRequest.objects.select_related("starter").get(group=group)


def answer(request: StarterRequest, yes: bool, now: datetime = NOW) -> None:
    actions.answer_request(request=request, yes=yes, by=Actor("starter", request.starter_id), now=now)


def test_the_fifth_yes_starts_a_group_whose_starter_said_yes(organisation: Organisation, post: Post) -> None:
    group = make.formed(organisation)
    make.starter_answers(group)
    for offer in make.offers(group)[:4]:
        make.says_yes(offer)
    assert make.fresh(group).state == "forming"
    make.says_yes(make.offers(group)[4])
    group = make.fresh(group)
    assert group.state == "starting"
    days = [m.starts_at.astimezone(OSLO) for m in make.meetings(group)]
    # Ten days from Monday 2 March is the 12th; the Tuesday after is the 17th; 31 March lies in Holy Week.
    assert [d.date() for d in days] == [
        date(2026, 3, 17), date(2026, 3, 24), date(2026, 4, 7), date(2026, 4, 14), date(2026, 4, 21)
    ]  # fmt: skip
    assert {d.hour for d in days} == {18}  # on both sides of 29 March, when the clocks change
    assert post.kinds().count("meetings_planned") == 5
    assert post.kinds().count("starter_meetings_planned") == 1
    assert counted(organisation, "group-starting") == 1
    assert group.first_meeting_on == date(2026, 3, 17)


def test_the_starters_yes_starts_a_group_with_enough_yes(organisation: Organisation) -> None:
    group = make.formed(organisation)
    for offer in make.offers(group):
        make.says_yes(offer)
    assert make.fresh(group).state == "forming"
    answer(request_of(group), True)
    assert make.fresh(group).state == "starting"
    answer(request_of(group), True)
    assert len(make.meetings(group)) == 5


def test_without_a_starter_the_fifth_yes_is_enough(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation, starter_id=None)
    assert group.state == "starting" and len(make.meetings(group)) == 5
    assert "starter_meetings_planned" not in post.kinds()


def test_a_late_yes_gets_the_plan_too(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation, people=5)
    late = actions.offer_seat(group=group, signup=make.signup(organisation), by=make.STAFF, now=NOW)
    make.says_yes(late)
    assert len(post.to(late.signup.contact, "meetings_planned")) == 1
    assert counted(organisation, "group-starting") == 1


def test_the_wished_first_day_is_kept_when_it_leaves_time_enough(organisation: Organisation) -> None:
    group = make.started(organisation, first_on=date(2026, 4, 20))
    assert group.first_meeting_on == date(2026, 4, 21)


def test_number_of_meetings_rhythm_and_lead_time_are_settings(organisation: Organisation) -> None:
    for key, value in {"startup_meetings": 3, "every_weeks": 2, "first_meeting_after_days": 3}.items():
        change_setting(organisation=organisation, key=key, value=value, by=make.STAFF, now=NOW)
    group = make.started(organisation)
    days = [m.starts_at.astimezone(OSLO).date() for m in make.meetings(group)]
    assert days == [date(2026, 3, 10), date(2026, 3, 24), date(2026, 4, 7)]


def test_the_planned_letter_tells_where_and_a_digital_one_does_not(
    organisation: Organisation, post: Post
) -> None:
    group = make.started(organisation)
    assert f"{group.room.venue.name}, Møterommet, Storgata 1" in text(post.letters("meetings_planned")[0])
    post.empty()
    make.started(organisation, digital=True)
    assert "How to take part is on your page." in text(post.letters("meetings_planned")[0])


def test_starters_no_leaves_the_group_forming_and_another_is_asked(
    organisation: Organisation, post: Post
) -> None:
    group = make.formed(organisation)
    request = request_of(group)
    answer(request, False)
    answer(request, False)
    with pytest.raises(actions.RequestClosed):
        answer(request, True)
    other = make.starter(organisation)
    asked = actions.ask_starter(group=group, starter=other, by=make.STAFF, now=NOW)
    answer(asked, True)
    for offer in make.offers(group):
        make.says_yes(offer)
    assert make.fresh(group).state == "starting"
    assert len(post.to(other.email, "starter_meetings_planned")) == 1
    assert counted(organisation, "request-no") == 1


def test_two_may_share_a_start_and_not_three(organisation: Organisation) -> None:
    group = make.formed(organisation)
    second = make.starter(organisation)
    actions.ask_starter(group=group, starter=second, by=make.STAFF, now=NOW)
    with pytest.raises(actions.AlreadyAsked):
        actions.ask_starter(group=group, starter=second, by=make.STAFF, now=NOW)
    with pytest.raises(actions.EnoughStarters):
        actions.ask_starter(group=group, starter=make.starter(organisation), by=make.STAFF, now=NOW)


def test_a_starter_who_is_set_aside_is_not_asked(organisation: Organisation) -> None:
    group = make.formed(organisation)
    with pytest.raises(actions.StarterIsBusy):
        actions.ask_starter(
            group=group, starter=make.starter(organisation, active=False), by=make.STAFF, now=NOW
        )


def test_a_question_lapses_and_may_be_asked_again(organisation: Organisation) -> None:
    group = make.formed(organisation)
    request = request_of(group)
    tick(NOW + timedelta(hours=120))
    assert request_of(group).state == "lapsed"
    with pytest.raises(actions.RequestClosed):
        answer(request, True, NOW + timedelta(hours=121))
    actions.ask_starter(group=group, starter=request.starter, by=make.STAFF, now=NOW + timedelta(hours=121))
    assert request_of(group).state == "asked"
    assert counted(organisation, "request-lapsed") == 1


def test_a_starter_taken_out_is_told_and_her_calendar_is_cleared(
    organisation: Organisation, post: Post
) -> None:
    group = make.started(organisation)
    request = request_of(group)
    actions.withdraw_request(request=request, by=make.STAFF, now=NOW)
    [letter] = post.to(request.starter.email, "request_withdrawn")
    assert b"METHOD:CANCEL" in (calendar_of(letter) or b"")
    with pytest.raises(actions.RequestClosed):
        actions.withdraw_request(request=request, by=make.STAFF, now=NOW)


def test_a_second_starter_who_says_yes_late_gets_the_plan(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation)
    second = make.starter(organisation)
    answer(actions.ask_starter(group=group, starter=second, by=make.STAFF, now=NOW), True)
    assert len(post.to(second.email, "starter_meetings_planned")) == 1


def test_the_coordinator_may_start_with_four_and_never_with_three(organisation: Organisation) -> None:
    group = make.formed(organisation)
    make.starter_answers(group)
    offers = make.offers(group)
    for offer in offers[:3]:
        make.says_yes(offer)
    with pytest.raises(actions.TooFewToStart):
        actions.start_with(group=group, by=make.STAFF, now=NOW)
    make.says_yes(offers[3])
    actions.start_with(group=group, by=make.STAFF, now=NOW)
    actions.start_with(group=group, by=make.STAFF, now=NOW)
    assert make.fresh(group).state == "starting" and len(make.meetings(group)) == 5


def test_no_start_without_a_starter_unless_it_starts_by_itself(organisation: Organisation) -> None:
    group = make.formed(organisation)
    for offer in make.offers(group):
        make.says_yes(offer)
    with pytest.raises(actions.NoStarterYet):
        actions.start_with(group=group, by=make.STAFF, now=NOW)
    actions.start_by_itself(group=group, by=make.STAFF, now=NOW)
    assert make.fresh(group).state == "starting"


def test_starting_by_itself_can_be_switched_off(organisation: Organisation) -> None:
    group = make.formed(organisation)
    change_setting(organisation=organisation, key="self_start", value=False, by=make.STAFF, now=NOW)
    with pytest.raises(actions.SelfStartOff):
        actions.start_by_itself(group=group, by=make.STAFF, now=NOW)


def test_the_whole_plan_can_be_moved_before_the_first_meeting(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation)
    before = {m.id: m.series for m in make.meetings(group)}
    post.empty()
    actions.plan_meetings(group=group, first_on=date(2026, 4, 18), by=make.STAFF, now=NOW)
    after = make.meetings(group)
    assert {m.id: m.series for m in after} == before
    assert after[0].starts_at.astimezone(OSLO) == datetime(2026, 4, 21, 18, tzinfo=OSLO)
    assert {m.sequence for m in after} == {1}
    assert sorted(post.kinds()) == ["meetings_planned"] * 6 + ["starter_meetings_planned"]


def test_a_plan_from_today_is_refused_and_so_is_one_after_the_first_meeting(
    organisation: Organisation,
) -> None:
    group = make.started(organisation)
    with pytest.raises(actions.DateTooSoon):
        actions.plan_meetings(group=group, first_on=date(2026, 3, 2), by=make.STAFF, now=NOW)
    first = make.meetings(group)[0]
    actions.mark_held(meeting=first, by=make.STAFF, now=first.ends_at)
    with pytest.raises(actions.AlreadyMet):
        actions.plan_meetings(group=group, first_on=date(2026, 5, 1), by=make.STAFF, now=first.ends_at)


def test_planning_starts_a_forming_group_that_is_ready(organisation: Organisation) -> None:
    group = make.formed(organisation)
    with pytest.raises(actions.TooFewToStart):
        actions.plan_meetings(group=group, first_on=date(2026, 3, 9), by=make.STAFF, now=NOW)
    make.starter_answers(group)
    for offer in make.offers(group)[:4]:
        make.says_yes(offer)
    actions.plan_meetings(group=group, first_on=date(2026, 3, 9), by=make.STAFF, now=NOW)
    assert make.fresh(group).first_meeting_on == date(2026, 3, 10)


def test_giving_up_puts_everybody_back_and_frees_room_and_starter(
    organisation: Organisation, post: Post
) -> None:
    group = make.started(organisation)
    late = actions.offer_seat(group=group, signup=make.signup(organisation), by=make.STAFF, now=NOW)
    starter = request_of(group).starter
    actions.give_up_group(group=group, by=make.STAFF, now=NOW)
    actions.give_up_group(group=group, by=make.STAFF, now=NOW)
    group = make.fresh(group)
    assert (group.state, group.end_reason, group.ended_on) == ("ended", "not_started", date(2026, 3, 2))
    assert group.loan.state == "returned"
    assert make.people(group) == []
    with tenancy.scope(organisation.id):
        assert set(type(late.signup).objects.values_list("state", flat=True)) == {"waiting"}
        assert not group.seats.exists()
    assert {m.state for m in make.meetings(group)} == {"cancelled"}
    assert post.kinds().count("not_started") == 6
    assert post.kinds().count("offer_withdrawn") == 1
    assert len(post.to(starter.email, "request_withdrawn")) == 1
    make.formed(organisation, room_id=group.room_id)  # the room can be lent again


def test_a_group_that_has_met_is_not_given_up(organisation: Organisation) -> None:
    group = make.started(organisation)
    first = make.meetings(group)[0]
    actions.mark_held(meeting=first, by=make.STAFF, now=first.ends_at)
    with pytest.raises(actions.AlreadyMet):
        actions.give_up_group(group=group, by=make.STAFF, now=first.ends_at)

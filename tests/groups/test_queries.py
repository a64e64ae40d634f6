"""Who sees what: the public a word, a participant her own, the office little once a group leads itself."""

from dataclasses import asdict, fields
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from rundbord.groups import actions, queries
from rundbord.groups.models import Group
from rundbord.groups.rules import GroupFilters, GroupState, Newcomers, openness
from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation
from tests.factories import groups as make
from tests.factories.organisations import RoomFactory, VenueFactory, place

NOW = make.NOW
BY = make.STAFF


def bare(organisation: Organisation, **facts: Any) -> Group:
    """A group's row alone: enough for lists."""
    given: dict[str, Any] = {
        "focus": "mixed", "language": "no", "place": place(), "slot": 9,
        "created_at": NOW, "state_since": NOW,
    }  # fmt: skip
    with tenancy.scope(organisation.id):
        return Group.objects.create(organisation=organisation, **(given | facts))


def listed(**asked: Any) -> list[Group]:
    ids = [found.id for found in queries.public_list(GroupFilters(**asked))]
    with tenancy.everywhere("a test looks"):
        rows = Group.objects.in_bulk(ids)
    return [rows[id] for id in ids]


# --- the public ---


def test_the_public_list_spans_organisations_and_hides_what_is_not_to_be_found(
    organisation: Organisation, twin: Organisation
) -> None:
    forming = bare(organisation)
    theirs = bare(twin, state="self_led", newcomers="open", newcomer_places=1)
    starting = bare(organisation, state="starting")
    for hidden in ({"state": "ended"}, {"state": "paused"}, {"listed": False}):
        bare(organisation, **hidden)
    assert listed() == [theirs, forming, starting]
    assert [str(g.openness) for g in queries.public_list()] == ["open", "forming", "closed"]
    assert listed(openness="open") == [theirs]


def test_every_filter_narrows(organisation: Organisation) -> None:
    usual = bare(organisation, state="starting")
    other = bare(organisation, slot=10, focus="grief", language="en", digital=True, place=place("0301"))
    with tenancy.scope(organisation.id):
        room = RoomFactory(venue=VenueFactory(organisation=organisation, accessible=True))
        Group.objects.filter(pk=usual.pk).update(room=room)
    wanted = {
        "weekday": 1, "part_of_day": "evening", "focus": "mixed", "language": "no", "form": "room",
        "accessible": True, "place_code": "3107",
    }  # fmt: skip
    for name, value in wanted.items():
        assert listed(**{name: value}) == [usual], name
    assert listed(**wanted) == [usual]
    assert listed(weekday=2) == listed(form="digital") == listed(focus="grief") == [other]
    assert set(listed(place_code="3107", within_km=200)) == {usual, other}
    assert listed(place_code="nowhere") == []


def test_the_public_learns_no_numbers_and_no_names(organisation: Organisation) -> None:
    group = make.self_led(organisation)
    shown = queries.public_group(group.id)
    assert shown is not None
    names = {field.name for field in fields(shown)}
    assert not names & {"seats", "people", "participations", "newcomer_places", "ceiling", "room", "address"}
    words = str(asdict(shown))
    assert "Storgata" not in words and "Huset" not in words
    for person in make.people(group):
        assert person.signup.first_name not in words


def test_the_public_page_follows_a_group_that_started_anew(organisation: Organisation) -> None:
    group = make.self_led(organisation)
    new = actions.reopen(group=group, by=BY, now=make.meetings(group, kind="startup")[-1].ends_at)
    found = queries.public_group(group.id)
    assert found is not None and found.id == new.id
    actions.end_group(group=new, reason="finished", by=BY, now=NOW)
    assert queries.public_group(group.id) is None
    assert queries.public_group(new.id) is None


def test_the_public_list_costs_the_same_for_one_and_for_many(
    organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bare(organisation)
    with django_assert_num_queries(1):
        queries.public_list()
    for _ in range(12):
        bare(organisation)
    with django_assert_num_queries(1):
        assert len(queries.public_list()) == 13
    with django_assert_num_queries(3):
        queries.public_list(GroupFilters(place_code="3107"))


@pytest.mark.parametrize("is_listed", [True, False])
def test_the_database_and_the_rule_agree_on_the_public_word(
    organisation: Organisation, is_listed: bool
) -> None:
    for state, newcomers in product(GroupState, Newcomers):
        group = bare(organisation, state=state, newcomers=newcomers, listed=is_listed)
        found = queries.public_group(group.id)
        assert listed() == ([group] if found else [])
        if found:
            assert listed(openness=found.openness) == [group] and found.openness == openness(group)
        with tenancy.scope(organisation.id):
            group.delete()


def test_the_list_comes_in_pages_the_nearest_first(organisation: Organisation) -> None:
    here, near, far = place("3107"), place("3105"), place("3101")  # Fredrikstad, Sarpsborg, Halden
    groups = [bare(organisation, place=where, slot=slot) for where in (here, near, far) for slot in (4, 9)]
    bare(organisation, state="starting")  # closed: after those that take people
    asked = GroupFilters(place_code="3107", within_km=80)
    pages = [queries.public_list(asked, start=start, most=2) for start in (0, 2, 4)]
    assert [found.id for page in pages for found in page] == [group.id for group in groups]
    away = [page[0].away_m or 0 for page in pages]
    assert away[0] == 0 < away[1] < away[2]
    assert [found.away_m for found in queries.public_list()] == [None] * 7


def test_a_county_is_its_places(organisation: Organisation) -> None:
    ours = bare(organisation)
    bare(organisation, place=place("3201"))
    in_a_district = bare(organisation, place=place("030101"))
    assert listed(county_code="31") == [ours] and listed(county_code="03") == [in_a_district]
    assert listed(county_code="99") == []


def test_a_map_learns_where_and_the_best_word_never_how_many(
    organisation: Organisation, twin: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bare(organisation, state="starting")
    bare(twin, place=place("3105"), state="self_led", newcomers="waiting_list")
    bare(organisation, place=place("0301"), digital=True)
    bare(organisation, place=place("1101"), listed=False)
    before = queries.public_places()
    assert before == {"3107": "closed", "3105": "waiting_list"}
    for _ in range(5):
        bare(organisation, state="starting")
    with django_assert_num_queries(1):
        assert queries.public_places() == before
    bare(twin)
    assert queries.public_places()["3107"] == "forming"
    assert queries.public_places(GroupFilters(county_code="31", weekday=2)) == {}


def test_open_groups_are_those_of_ours_that_said_so(organisation: Organisation, twin: Organisation) -> None:
    said = bare(organisation, state="self_led", newcomers=Newcomers.OPEN, newcomer_places=2)
    bare(twin, state="self_led", newcomers=Newcomers.OPEN, newcomer_places=2)
    bare(organisation, state="self_led", newcomers=Newcomers.WAITING_LIST)
    bare(organisation, state="paused", newcomers=Newcomers.OPEN, newcomer_places=2)
    assert queries.open_groups(organisation.id) == [said]


# --- the office ---


def test_the_office_sees_exactly_its_own_groups(organisation: Organisation, twin: Organisation) -> None:
    mine = make.formed(organisation)
    theirs = make.formed(twin)
    assert [line.group for line in queries.office_list(organisation.id)] == [mine]
    assert queries.office_group(organisation.id, theirs.id) is None
    assert queries.get(organisation.id, theirs.id) is None


def test_a_forming_group_is_shown_with_answers_and_what_it_needs(organisation: Organisation) -> None:
    group = make.formed(organisation, reserves=2)
    offers = make.offers(group)
    make.says_yes(offers[0])
    actions.decline_offer(offer=offers[1], reason="time", by=BY, now=NOW)
    [line] = queries.office_list(organisation.id)
    assert (line.yes, line.unanswered, line.starters, line.needs) == (1, 5, (), ())
    page = queries.office_group(organisation.id, group.id)
    assert page is not None
    assert sorted(p.offer.state for p in page.people) == [
        "accepted",
        "declined",
        "open",
        "open",
        "open",
        "open",
        "open",
    ]
    assert {p.initial for p in page.people} == {"K"}
    assert page.reserves == 1 and len(page.requests) == 1
    assert [entry.verb for entry in page.history] == ["group-formed", "request-sent"]


def test_the_office_is_told_what_waits_for_it(organisation: Organisation) -> None:
    group = make.formed(organisation, people=4)
    make.starter_answers(group, yes=False)
    needs = lambda: queries.office_list(organisation.id)[0].needs  # noqa: E731
    assert needs() == ("starter", "people")
    for offer in make.offers(group):
        make.says_yes(offer)
    assert needs() == ("starter", "people")
    actions.ask_starter(group=group, starter=make.starter(organisation), by=BY, now=NOW)
    make.starter_answers(group)
    assert needs() == ("people", "start")
    actions.start_with(group=group, by=BY, now=NOW)
    assert needs() == ()
    make.hold_all(group)
    assert needs() == ("hand_over",)


def test_after_hand_over_the_office_sees_only_the_state_and_what_the_group_tells(
    organisation: Organisation,
) -> None:
    group = make.self_led(organisation)
    when = make.meetings(group, kind="startup")[-1].ends_at
    actions.set_newcomers(group=group, newcomers="open", places=1, by=BY, now=when)
    actions.agree_ground_rules(group=group, texts=["Vi lytter"], by=BY, now=when)
    page = queries.office_group(organisation.id, group.id)
    assert page is not None
    line = page.line
    assert (line.group.state, line.openness, line.places) == ("self_led", "open", 1)
    assert (line.yes, line.unanswered, line.starters, line.next_meeting) == (None, None, (), None)
    assert (page.people, page.requests, page.meetings, page.reserves) == ([], [], [], 0)
    assert [entry.verb for entry in page.history] == [
        "group-formed", "group-starting", "group-self-led", "newcomers-decided"
    ]  # fmt: skip


def test_ended_groups_are_shown_when_asked_for(organisation: Organisation) -> None:
    ended = bare(organisation, state="ended")
    assert queries.office_list(organisation.id) == []
    assert [line.group for line in queries.office_list(organisation.id, ended=True)] == [ended]


def test_office_lists_cost_the_same_for_one_and_for_many(
    organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    group = make.formed(organisation, people=4)
    with django_assert_num_queries(2):
        queries.office_list(organisation.id)
    with django_assert_num_queries(8):
        queries.office_group(organisation.id, group.id)
    bigger = make.formed(organisation, people=8)
    for _ in range(5):
        bare(organisation)
    with django_assert_num_queries(2):
        assert len(queries.office_list(organisation.id)) == 7
    with django_assert_num_queries(8):
        queries.office_group(organisation.id, bigger.id)


def test_open_offers_to_people_without_letters_are_listed_for_ringing(organisation: Organisation) -> None:
    silent = make.signup(organisation, contact_kind="ring_me", contact="+4790000000", first_name="Ola")
    actions.form_group(
        organisation=organisation,
        terms=make.terms(organisation),
        signups=[silent, *make.signups(organisation, 4)],
        reserves=[],
        by=BY,
        now=NOW,
    )
    [line] = queries.offers_by_voice(organisation.id)
    assert (line.offer.signup_id, line.initial, line.by_voice) == (silent.id, "O", True)


# --- a participant ---


def test_a_person_sees_her_offer_without_the_other_people(organisation: Organisation) -> None:
    group = make.formed(organisation)
    offer = make.offers(group)[0]
    place_ = queries.for_signup(offer.signup, NOW)
    assert place_.offered is not None and place_.mine is None
    assert place_.offered.offer == offer and place_.offered.starter_names == []
    make.starter_answers(group)
    again = queries.for_signup(offer.signup, NOW)
    assert again.offered is not None and again.offered.starter_names[0].startswith("Anne")


def test_a_participant_sees_her_group_and_who_cannot_come(organisation: Organisation) -> None:
    group = make.started(organisation)
    one, two = make.people(group)[:2]
    meeting = make.meetings(group)[0]
    actions.say_absent(meeting=meeting, participation=two, by=BY, now=NOW)
    actions.post_notice(group=group, text="Hei", participation=two, by=BY, now=NOW)
    mine = queries.for_signup(one.signup, NOW).mine
    assert mine is not None and mine.next_meeting is not None
    assert len(mine.names) == 6 and len(mine.meetings) == 5 and not mine.self_led
    assert mine.next_meeting.away == [two.signup.first_name] and not mine.next_meeting.absent
    assert [(n.notice.text, n.writer) for n in mine.notices] == [("Hei", two.signup.first_name)]
    theirs = queries.for_signup(two.signup, NOW).mine
    assert theirs is not None and theirs.next_meeting is not None and theirs.next_meeting.absent
    actions.leave_group(participation=two, by=BY, now=NOW)
    after = queries.for_signup(one.signup, NOW).mine
    assert after is not None and after.notices[0].writer == ""
    assert queries.for_signup(two.signup, NOW) == queries.MyPlace()


def test_a_person_reaches_only_meetings_and_offers_of_her_own(
    organisation: Organisation, twin: Organisation
) -> None:
    group, other = make.started(organisation), make.started(organisation)
    one = make.people(group)[0].signup
    assert queries.meeting_of(one, make.meetings(group)[0].id) == make.meetings(group)[0]
    for strange in (other, make.started(twin)):
        assert queries.meeting_of(one, make.meetings(strange)[0].id) is None
        assert queries.offer_of(one, make.offers(strange)[0].id) is None


def test_a_participants_page_costs_the_same_however_much_there_is(
    organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    group = make.started(organisation, people=5)
    one = make.people(group)[0]
    with django_assert_num_queries(8):
        queries.for_signup(one.signup, NOW)
    for person in make.people(group):
        actions.post_notice(group=group, text="Hei", participation=person, by=BY, now=NOW)
        actions.say_absent(meeting=make.meetings(group)[1], participation=person, by=BY, now=NOW)
    actions.agree_ground_rules(group=group, texts=["a", "b", "c"], by=BY, now=NOW)
    with django_assert_num_queries(8):
        queries.for_signup(one.signup, NOW)


# --- a starter ---


def test_a_starter_sees_requests_and_whom_to_ring(organisation: Organisation, twin: Organisation) -> None:
    anne = make.starter(organisation)
    asked = make.formed(organisation, starter_id=anne.id)
    group = make.started(organisation, starter_id=anne.id)
    make.started(twin)
    actions.record_call(participation=make.people(group)[0], by=BY, now=NOW)
    desk = queries.for_starter(anne)
    assert [request.group for request in desk.asked] == [asked]
    [start] = desk.starts
    assert start.group == group
    assert [call.called for call in start.calls] == [True] + [False] * 5
    assert start.calls[0].contact.endswith("@example.org")
    assert [m.number for m in start.meetings] == [1, 2, 3, 4, 5]
    assert start.next_meeting is not None and str(start.next_meeting.guide.title) == "We begin"
    assert start.leaves_on == make.meetings(group)[-1].starts_at.date()
    with tenancy.scope(organisation.id):
        assert queries.starts_in_progress([anne.id]) == {anne.id: 2}


def test_after_hand_over_the_starter_sees_only_the_visit(organisation: Organisation) -> None:
    anne = make.starter(organisation)
    group = make.self_led(organisation, starter_id=anne.id)
    start = queries.start_of(anne, group.id)
    assert start is not None
    assert (start.calls, start.meetings, start.next_meeting, start.leaves_on) == ([], [], None, None)
    assert start.visit_at == make.meetings(group, kind="visit")[0].starts_at
    with tenancy.scope(organisation.id):
        assert queries.starts_in_progress([anne.id]) == {}
    assert queries.start_of(make.starter(organisation), group.id) is None


def test_a_starters_page_costs_the_same_for_one_and_for_many(
    organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    anne = make.starter(organisation, concurrent_starts=3)
    make.started(organisation, people=5, starter_id=anne.id)
    with django_assert_num_queries(3):
        queries.for_starter(anne)
    make.started(organisation, people=5, starter_id=anne.id)
    make.formed(organisation, people=4, starter_id=anne.id)
    with django_assert_num_queries(3):
        assert len(queries.for_starter(anne).starts) == 2


@pytest.mark.parametrize("days", [0, 60])
def test_meetings_that_are_over_are_not_shown(organisation: Organisation, days: int) -> None:
    group = make.started(organisation)
    mine = queries.for_signup(make.people(group)[0].signup, NOW + timedelta(days=days)).mine
    assert mine is not None and len(mine.meetings) == (5 if days == 0 else 0)

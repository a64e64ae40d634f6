"""The link of a digital group: who sets it when, what is refused, and how everybody's calendar follows."""

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.groups import actions
from rundbord.groups.models import Group
from rundbord.groups.rules import GroupState
from rundbord.groups.rules.states import AFTER_HAND_OVER, BEFORE_HAND_OVER, may_set_link
from rundbord.kernel import tenancy, timeline
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.models import Organisation
from tests.factories import groups as make
from tests.groups.conftest import Post, calendar_of, text

NOW = make.NOW
LINK = "https://meet.example.org/rom/7f3a"
STARTER, PERSON, VENUE = (Actor(kind, make.STAFF.id) for kind in ("starter", "person", "venue"))


def link_of(group: Group) -> str | None:
    return make.fresh(group).meeting_link


def entry(calendar: bytes | None) -> icalendar.Event:
    assert calendar is not None
    return icalendar.Calendar.from_ical(calendar).walk("VEVENT")[0]


def test_every_calendar_follows_and_no_letter_holds_the_link(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation, digital=True)
    before = entry(calendar_of(post.letters("meetings_planned")[0]))
    assert "location" not in before and "url" not in before
    post.empty()
    actions.set_meeting_link(group=group, link=f" {LINK} ", by=STARTER, now=NOW)
    assert link_of(group) == LINK
    assert post.kinds() == ["link_changed"] * 7  # six who take part, and the starter
    for letter in post.letters():
        after = entry(calendar_of(letter))
        assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"] + 1)
        assert after["location"] == after["url"] == LINK
        assert LINK not in text(letter)


def test_the_same_link_again_is_no_news(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation, digital=True)
    actions.set_meeting_link(group=group, link=LINK, by=STARTER, now=NOW)
    post.empty()
    actions.set_meeting_link(group=group, link=LINK, by=make.STAFF, now=NOW)
    assert post.kinds() == []


def test_before_meetings_are_planned_it_is_kept_for_them(organisation: Organisation, post: Post) -> None:
    group = make.formed(organisation, digital=True)
    post.empty()
    actions.set_meeting_link(group=group, link=LINK, by=make.STAFF, now=NOW)
    assert post.kinds() == []
    make.starter_answers(group)
    for offer in make.offers(group):
        make.says_yes(offer)
    assert entry(calendar_of(post.letters("meetings_planned")[0]))["url"] == LINK


def test_the_return_visit_of_the_starter_follows_too(organisation: Organisation, post: Post) -> None:
    group = make.self_led(organisation, digital=True)
    when = make.meetings(group, kind="startup")[-1].ends_at
    post.empty()
    actions.set_meeting_link(group=group, link=LINK, by=PERSON, now=when)
    assert len(post.kinds()) == 7
    visits = [letter for letter in post.letters() if "anne" in str(letter["to"])]
    assert entry(calendar_of(visits[0]))["url"] == LINK


def test_who_leads_decides(organisation: Organisation) -> None:
    early = make.started(organisation, digital=True)
    with pytest.raises(actions.GroupNotThere):
        actions.set_meeting_link(group=early, link=LINK, by=PERSON, now=NOW)
    late = make.self_led(organisation, digital=True)
    for by in (STARTER, make.STAFF, VENUE, SYSTEM):
        with pytest.raises(actions.GroupNotThere):
            actions.set_meeting_link(group=late, link=LINK, by=by, now=NOW)
    alone = make.started(organisation, digital=True, starter_id=None)
    actions.set_meeting_link(group=alone, link=LINK, by=PERSON, now=NOW)
    assert (link_of(early), link_of(late), link_of(alone)) == (None, None, LINK)


@given(st.sampled_from(GroupState.values), st.sampled_from(["starter", "staff", "person"]), st.booleans())
def test_the_organisation_and_the_starter_decide_only_before_hand_over(
    state: str, kind: str, alone: bool
) -> None:
    if may_set_link(kind, state, alone):
        assert state in (AFTER_HAND_OVER if kind == "person" and not alone else BEFORE_HAND_OVER) or alone
        assert state != "ended"
        assert kind == "person" or state in BEFORE_HAND_OVER


@pytest.mark.parametrize(
    "link",
    [
        "",
        "meet.example.org",
        "http://meet.example.org/a",
        "javascript:alert(1)",
        "https://",
        "https://meet.example.org/a b",
        "https://meet.example.org/\r\nATTENDEE:x",
        "https://kari:secret@meet.example.org/a",
        "https://møte.example.org/a",
        "https://meet.example.org/" + "a" * 300,
        "a" * 10_000,
    ],
)
def test_what_is_no_link_is_refused_and_the_old_one_stays(organisation: Organisation, link: str) -> None:
    group = make.formed(organisation, digital=True)
    actions.set_meeting_link(group=group, link=LINK, by=STARTER, now=NOW)
    with pytest.raises(actions.LinkNotUsable):
        actions.set_meeting_link(group=group, link=link, by=STARTER, now=NOW)
    assert link_of(group) == LINK


def test_a_group_in_a_room_has_no_link_and_one_that_has_ended_gets_none(organisation: Organisation) -> None:
    with pytest.raises(actions.NotDigital):
        actions.set_meeting_link(group=make.formed(organisation), link=LINK, by=STARTER, now=NOW)
    over = make.self_led(organisation, digital=True)
    actions.end_group(group=over, reason="finished", by=PERSON, now=NOW)
    with pytest.raises(actions.GroupNotThere):
        actions.set_meeting_link(group=over, link=LINK, by=PERSON, now=NOW)


def test_the_story_tells_that_it_changed_and_never_what_it_is(organisation: Organisation) -> None:
    group = make.formed(organisation, digital=True)
    actions.set_meeting_link(group=group, link=LINK, by=STARTER, now=NOW)
    with tenancy.scope(organisation.id):
        lines = [line for line in timeline.history(group.id) if line.verb == "link-set"]
    assert len(lines) == 1 and "example" not in str(lines[0].data)

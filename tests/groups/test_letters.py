"""Letters: neutral, short, with a way on and a human to ring; in every language the same."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.utils import translation

from rundbord import groups as room
from rundbord.groups import actions
from rundbord.groups.actions import post as writing
from rundbord.groups.rules import DeclineReason
from rundbord.kernel import outtray
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from tests.factories import groups as make
from tests.groups.conftest import Post, calendar_of, text

NOW = make.NOW
FOLDER = Path(str(room.__path__[0])) / "templates/mail/groups"
KINDS = sorted(file.stem for file in FOLDER.glob("[a-z]*.txt") if not file.stem.endswith(".sms"))
FORBIDDEN = re.compile(
    r"self.?help|selvhjelp|sjølvhjelp|\bgroups?\b|grupp|topic|tema\b|health|helse|therap|terapi|anxiety|angst"
    r"|grief|sorg|depress|addict|\brus\b|support|round the table|rundt bordet|confidential|taushet|member",
    re.IGNORECASE,
)
CONTEXT: dict[str, Any] = {
    "name": "Kari",
    "link": "https://example.org/p/x",
    "organisation_phone": "69 00 00 00",
    "slot": "Tuesday at 18:00",
    "place": "Fredrikstad",
    "where": "Huset, Storgata 1",
    "first": "17 March 2026 18:00",
    "when": "17 March 2026 18:00",
    "answer_by": "5 March 2026 10:00",
    "number": 5,
}


def rendered(name: str, language: str, **changed: Any) -> str:
    with translation.override(language):
        return get_template(f"mail/groups/{name}.txt").render(CONTEXT | changed)


def test_every_kind_that_is_sent_has_its_words() -> None:
    code = "".join(file.read_text() for file in (Path(str(room.__path__[0])) / "actions").glob("*.py"))
    named = set(re.findall(r'"([a-z_]+)"', code)) & set(KINDS)
    assert named | {"offer_lapsed", "offer_withdrawn"} == set(KINDS)
    assert len(KINDS) == 21


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["", ".sms"])
def test_letters_give_nothing_away_and_always_a_way_on(kind: str, language: str, form: str) -> None:
    for changed in ({}, {"where": "", "place": ""}):
        words = rendered(kind + form, language, **changed)
        assert not FORBIDDEN.search(words), FORBIDDEN.search(words)
        assert CONTEXT["link"] in words and "Kari" in words
        assert form or CONTEXT["organisation_phone"] in words
        assert len(words.split()) <= 90
        assert "{{" not in words and "None" not in words


def test_without_a_phone_no_empty_line_is_offered() -> None:
    assert "Ring ." not in rendered("offer", "en", organisation_phone="")


@pytest.fixture
def much_post(organisation: Organisation, post: Post) -> Post:
    """All letters of a group's whole life, and of one that never started."""
    group = make.started(organisation)
    one = make.people(group)[0]
    meetings = make.meetings(group)
    actions.post_notice(group=group, text="hei", participation=one, by=make.STAFF, now=NOW)
    moved = meetings[1].starts_at.replace(minute=30)
    actions.move_meeting(meeting=meetings[1], starts_at=moved, by=make.STAFF, now=NOW)
    actions.cancel_meeting(meeting=meetings[2], by=make.STAFF, now=NOW)
    actions.leave_group(participation=one, by=make.STAFF, now=NOW)
    for meeting in make.meetings(group, state="planned"):
        actions.mark_held(meeting=meeting, by=make.STAFF, now=meeting.ends_at)
    when = make.meetings(group)[-1].ends_at
    actions.hand_over(group=group, by=make.STAFF, now=when)
    new = actions.reopen(group=group, by=make.STAFF, now=when)
    actions.pause_group(group=new, by=make.STAFF, now=when)
    actions.resume_group(group=new, by=make.STAFF, now=when)
    actions.end_group(group=new, reason="finished", by=make.STAFF, now=when)
    other = make.formed(organisation, reserves=1)
    first, second, third = make.offers(other)[:3]
    actions.decline_offer(offer=first, reason=DeclineReason.KIND, by=make.STAFF, now=NOW)
    actions.withdraw_offer(offer=second, by=make.STAFF, now=NOW)
    make.says_yes(third)
    actions.give_up_group(group=other, by=make.STAFF, now=NOW)
    return post


def test_real_letters_of_a_groups_whole_life_give_nothing_away(much_post: Post) -> None:
    assert len(set(much_post.kinds())) >= 17
    for letter in much_post.letters():
        everything = text(letter) + str(letter["subject"]) + str(letter["from"])
        everything += (calendar_of(letter) or b"").decode()
        assert not FORBIDDEN.search(everything), FORBIDDEN.search(everything)
        names = re.findall(r"\b(?:Kari|Anne)\d+", text(letter))
        assert len(set(names)) == 1  # the reader's own
    assert {str(letter["subject"]) for letter in much_post.letters()} == {"A message for you"}


def test_the_address_is_told_only_after_a_yes(much_post: Post) -> None:
    both = zip(much_post.rows(), much_post.letters(), strict=True)
    told = {row.kind for row, letter in both if "Storgata" in text(letter)}
    assert told
    assert not told & {"groups/offer", "groups/request", "groups/offer_lapsed", "groups/offer_withdrawn"}


def test_a_mobile_gets_a_short_text_and_no_calendar(
    organisation: Organisation, post: Post, settings: Any
) -> None:
    settings.RUNDBORD_SMS_GATEWAY = "{number}@sms.example.org"
    assert outtray.sms_available()
    group = make.formed(organisation, starter_id=None)
    phone = make.signup(organisation, contact_kind="mobile", contact="+4790000001")
    offer = actions.offer_seat(group=group, signup=phone, by=make.STAFF, now=NOW)
    for each in make.offers(group):
        make.says_yes(each)
    short = [row for row in post.rows() if row.subject == phone.id]
    assert {row.channel for row in short} == {"sms"}
    assert sorted(row.kind for row in short) == ["groups/meetings_planned", "groups/offer"]
    for letter in post.to("4790000001@sms.example.org"):
        assert calendar_of(letter) is None
        assert len(text(letter)) <= 160
    assert offer.signup == phone


def test_without_a_gateway_a_mobile_is_rung(organisation: Organisation, settings: Any) -> None:
    settings.RUNDBORD_SMS_GATEWAY = ""
    phone = make.signup(organisation, contact_kind="mobile", contact="+4790000001")
    if not outtray.sms_available():
        assert writing.participant(phone) is None


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_times_are_in_the_readers_language_and_zone(
    organisation: Organisation, post: Post, language: str
) -> None:
    group = make.formed(organisation)
    person = make.signup(organisation, ui_language=language)
    actions.offer_seat(group=group, signup=person, by=make.STAFF, now=NOW)
    words = text(post.to(person.contact)[0])
    assert ("Tuesday" in words) == (language == "en")
    assert ("tirsdag" in words.lower() or "tysdag" in words.lower()) == (language != "en")
    assert "10:00" in words or "10 a.m." in words or "10.00" in words  # 09:00 in Greenwich


def test_the_sender_has_the_name_the_organisation_wants(organisation: Organisation, post: Post) -> None:
    change_setting(organisation=organisation, key="sender_name", value="Kontoret", by=make.STAFF, now=NOW)
    make.formed(organisation)
    assert {letter["from"].addresses[0].display_name for letter in post.letters()} == {"Kontoret"}

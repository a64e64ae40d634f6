"""Leaving a wish: nobody can find out whether an address is known, and nobody is flooded."""

from collections import Counter as Tally
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter, OutgoingMessage
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.people import queries as doors
from rundbord.people.models import AccessCode, PrivateLink
from rundbord.signups import actions, queries, tasks
from rundbord.signups.models import MailPause, SignUp
from rundbord.signups.rules import LIVE, ContactKind, NotUsable, SignUpState, broken
from tests.factories.signups import SignUpFactory, wish_fields
from tests.signups.post import code_in, kinds, letters, text, token_in

pytestmark = pytest.mark.django_db
HERS, HIS = "browser-of-kari", "browser-of-somebody-else"
DAY = timedelta(days=1)


def leave(organisation: Organisation, now: datetime, browser: str = HERS, **changes: Any) -> SignUp | None:
    return actions.leave_wish(
        organisation=organisation, fields=wish_fields(**changes), browser=browser, now=now
    )


def rows(organisation: Organisation) -> list[SignUp]:
    with tenancy.scope(organisation.id):
        return list(SignUp.objects.order_by("created_at"))


def work(*args: Any, **kwargs: Any) -> Tally[str]:
    """What the database is asked for: how many reads, how many writes."""
    with CaptureQueriesContext(connection) as asked:
        leave(*args, **kwargs)
    words = [query["sql"].split() for query in asked if "SAVEPOINT" not in query["sql"]]
    return Tally("read" if word[0] == "SELECT" else "write" for word in words)


def test_a_wish_is_kept_and_asked_about(organisation: Organisation, now: datetime) -> None:
    left = leave(organisation, now, contact=" Kari@Example.ORG ", note=" Hei ", focus=["grief", "mixed"])
    assert left is not None
    (row,) = rows(organisation)
    assert row == left
    assert (row.state, row.contact, row.first_name, row.note) == (
        "unconfirmed", "kari@example.org", "Kari", "Hei",
    )  # fmt: skip
    assert (row.focus, row.slots, row.place.name) == (["grief", "mixed"], [4, 9], "Fredrikstad")
    assert broken(row) == []
    assert kinds() == ["confirm"]


def test_the_letter_holds_a_code_and_a_link_and_nothing_the_writer_chose(
    organisation: Organisation, now: datetime
) -> None:
    left = leave(organisation, now, first_name="Buy at spam.example", note="canary", focus=["grief"])
    (letter,) = letters()
    assert left is not None
    words = text(letter).lower()
    assert all(
        told not in words for told in ("spam.example", "canary", "grief", "sorg", organisation.name.lower())
    )
    assert organisation.phone in words and "/mine/not-me/" in words
    link = doors.find_link(token_in(letter), now)
    assert link is not None and link.subject == left.id
    assert people.use_code(kind="signup", subject=left.id, browser=HERS, code=code_in(letter), now=now)


def test_only_the_browser_that_wrote_is_known(organisation: Organisation, now: datetime) -> None:
    left = leave(organisation, now)
    assert left is not None
    assert doors.knows_browser(left.id, HERS)
    assert not doors.knows_browser(left.id, HIS)


@pytest.mark.parametrize("state", sorted(LIVE))
def test_a_known_address_keeps_its_wish(
    organisation: Organisation, now: datetime, state: SignUpState
) -> None:
    with tenancy.scope(organisation.id):
        known = SignUpFactory(organisation=organisation, contact="kari@example.org", state=state)
    left = leave(organisation, now, HIS, first_name="Mallory", slots=[0])
    assert left == known
    (row,) = rows(organisation)
    assert (row.first_name, row.slots, row.state) == (known.first_name, [4, 9], state)
    assert kinds() == ["known"]
    assert letters()[0].to == "kari@example.org"
    assert not doors.knows_browser(known.id, HIS)


@pytest.mark.parametrize("state", ["withdrawn", "sent_on", "lapsed", "finished"])
def test_who_has_left_is_welcome_back(organisation: Organisation, now: datetime, state: str) -> None:
    with tenancy.scope(organisation.id):
        old = SignUpFactory(organisation=organisation, contact="kari@example.org", state=state)
    left = leave(organisation, now)
    assert left is not None and left != old
    assert kinds() == ["confirm"]


def test_known_unknown_and_already_written_to_cost_the_same(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    with tenancy.scope(organisation.id):
        SignUpFactory(organisation=organisation, contact="known@example.org")
        SignUpFactory(organisation=organisation, contact="placed@example.org", state="placed")
    with tenancy.scope(twin.id):
        SignUpFactory(organisation=twin, contact="elsewhere@example.org")
    leave(organisation, now, contact="first-of-the-day@example.org")
    unknown = work(organisation, now, contact="unknown@example.org")
    again = now + timedelta(minutes=1)
    assert work(organisation, now, contact="known@example.org") == unknown
    assert work(organisation, now, contact="placed@example.org") == unknown
    assert work(organisation, now, contact="elsewhere@example.org") == unknown
    assert work(organisation, again, contact="known@example.org") == unknown
    assert work(organisation, again, contact="unknown@example.org") == unknown
    assert work(organisation, again, HIS, contact="unknown@example.org") == unknown
    assert unknown.total() < 25


def test_known_and_unknown_to_be_rung_cost_the_same(organisation: Organisation, now: datetime) -> None:
    ring = {"contact_kind": "ring_me"}
    with tenancy.scope(organisation.id):
        SignUpFactory(organisation=organisation, contact="+4791234567", contact_kind="ring_me")
    leave(organisation, now, contact="40000000", **ring)
    unknown = work(organisation, now, contact="40000001", **ring)
    assert work(organisation, now, contact="912 34 567", **ring) == unknown
    assert work(organisation, now, HIS, contact="40000001", **ring) == unknown


def test_one_mail_a_day_for_one_victim(organisation: Organisation, twin: Organisation, now: datetime) -> None:
    """Hundreds of wishes in her name, from many browsers, spellings and organisations: one mail."""
    for number in range(300):
        leave(
            (organisation, twin)[number % 2],
            now + timedelta(minutes=4 * number),
            browser=f"browser-{number}",
            contact=f"Victim+{number}@example.org" if number % 3 else "victim@example.org",
        )
    assert len(letters()) == 1
    with tenancy.everywhere("test"):
        assert OutgoingMessage.objects.count() == 1
        assert PrivateLink.objects.count() == AccessCode.objects.count() == 1
    leave(organisation, now + DAY, browser="next-day", contact="victim@example.org")
    assert len(letters()) == 2


def test_a_flood_does_not_fill_the_table(organisation: Organisation, now: datetime) -> None:
    for number in range(40):
        leave(organisation, now, browser=f"browser-{number}")
    assert len(rows(organisation)) == 3


def test_codes_that_were_never_sent_cannot_be_guessed(organisation: Organisation, now: datetime) -> None:
    """Else everybody could make a thousand codes for a known person and try five times each."""
    with tenancy.scope(organisation.id):
        known = SignUpFactory(organisation=organisation, contact="kari@example.org")
    for _number in range(20):
        leave(organisation, now, HIS)
    with tenancy.scope(organisation.id):
        assert AccessCode.objects.filter(subject=known.id).count() == 1


def test_the_owner_is_not_held_up_by_a_flood(organisation: Organisation, now: datetime) -> None:
    with tenancy.scope(organisation.id):
        known = SignUpFactory(organisation=organisation, contact="kari@example.org")
    for _number in range(20):
        leave(organisation, now, HIS)
    people.send_code(
        kind="signup",
        subject=known.id,
        organisation_id=organisation.id,
        browser=HERS,
        to="kari@example.org",
        channel="email",
        language="nb",
        now=now + timedelta(minutes=1),
    )


def test_a_second_tap_loses_nothing(organisation: Organisation, now: datetime) -> None:
    """The same browser sends again: one wish, the newest answers, and the first code still works."""
    first = leave(organisation, now, slots=[4])
    second = leave(organisation, now + timedelta(seconds=2), slots=[9, 14], note="Ring på kvelden")
    assert first == second and second is not None
    (row,) = rows(organisation)
    assert (row.slots, row.note, row.state) == ([9, 14], "Ring på kvelden", "unconfirmed")
    (letter,) = letters()
    assert people.use_code(kind="signup", subject=row.id, browser=HERS, code=code_in(letter), now=now)


def test_a_stranger_cannot_write_over_a_wish(organisation: Organisation, now: datetime) -> None:
    hers = leave(organisation, now, slots=[4])
    his = leave(organisation, now, HIS, slots=[34])
    assert hers is not None and his is not None and hers != his
    with tenancy.scope(organisation.id):
        assert SignUp.objects.get(id=hers.id).slots == [4]


def test_confirming_clears_what_strangers_left(organisation: Organisation, now: datetime) -> None:
    hers = leave(organisation, now)
    leave(organisation, now, HIS)
    leave(organisation, now, HIS, contact="other@example.org")
    assert hers is not None
    actions.confirm_wish(signup=hers, by=Actor("person", hers.id), now=now)
    left = {(row.contact, row.state) for row in rows(organisation)}
    assert left == {("kari@example.org", "waiting"), ("other@example.org", "unconfirmed")}


def test_the_same_person_in_two_organisations(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    with tenancy.scope(twin.id):
        SignUpFactory(organisation=twin, contact="kari@example.org")
    left = leave(organisation, now)
    assert left is not None and left.state == "unconfirmed"
    assert kinds() == ["confirm"]


def test_who_wants_to_be_rung_gets_no_letter(organisation: Organisation, now: datetime) -> None:
    assert leave(organisation, now, contact_kind="ring_me", contact="912 34 567") is None
    assert leave(organisation, now, HIS, contact_kind="ring_me", contact="+47 91 23 45 67") is None
    assert letters() == []
    (line,) = queries.to_ring(organisation.id)
    assert (line.initial, line.place.name, line.why) == ("K", "Fredrikstad", "confirm")


def test_a_mobile_gets_a_text_message(organisation: Organisation, now: datetime, settings: Any) -> None:
    settings.RUNDBORD_SMS_GATEWAY = "{number}@sms.example.org"
    left = leave(organisation, now, contact_kind="mobile", contact="912 34 567")
    (letter,) = letters()
    assert left is not None and (letter.channel, left.contact) == ("sms", "+4791234567")
    assert people.use_code(kind="signup", subject=left.id, browser=HERS, code=code_in(letter), now=now)


def test_a_mobile_is_rung_where_no_messages_can_be_sent(
    organisation: Organisation, now: datetime, settings: Any
) -> None:
    settings.RUNDBORD_MAIL = "smtp://127.0.0.1:1"
    assert leave(organisation, now, contact_kind="mobile", contact="912 34 567") is None
    assert [row.contact_kind for row in rows(organisation)] == [ContactKind.RING_ME]


def test_wrong_answers_are_named_and_nothing_is_kept(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(NotUsable) as refused:
        leave(organisation, now, contact="kari", slots=[])
    assert set(refused.value.wrong) == {"contact", "slots"}
    assert rows(organisation) == [] and letters() == []


def test_a_place_nobody_knows(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(actions.UnknownPlace):
        leave(organisation, now, place_code="9999")
    with tenancy.everywhere("test"):
        assert MailPause.objects.count() == 0


def test_a_wrong_course_code_does_not_lose_the_wish(organisation: Organisation, now: datetime) -> None:
    assert leave(organisation, now, course_code="nosuch") is not None
    (row,) = rows(organisation)
    assert row.course is None


def test_every_wish_is_counted_once(organisation: Organisation, now: datetime) -> None:
    for number in range(3):
        leave(organisation, now, contact=f"person{number}@example.org")
    with tenancy.scope(organisation.id):
        counted = Counter.objects.get(counter="wish-left")
    assert (counted.value, counted.detail) == (3, "email")


def test_what_is_known_of_an_address_is_gone_after_a_day(organisation: Organisation, now: datetime) -> None:
    leave(organisation, now)
    with tenancy.everywhere("test"):
        assert b"kari" not in bytes(MailPause.objects.get().address_index)
        tasks.tick(now + DAY)
        assert MailPause.objects.count() == 1
        tasks.tick(now + DAY + timedelta(seconds=1))
        assert MailPause.objects.count() == 0


def test_the_way_back_is_found_for_confirmed_wishes_only(
    organisation: Organisation, twin: Organisation, now: datetime, django_assert_num_queries: Any
) -> None:
    with tenancy.scope(twin.id):
        known = SignUpFactory(organisation=twin, contact="+4791234567", contact_kind="mobile")
    leave(organisation, now)
    for written, found in (("912 34 567", known), ("kari@example.org", None), ("x", None), ("a@b.no", None)):
        with django_assert_num_queries(2):
            assert queries.anywhere(written) == found
    assert queries.with_contact(twin.id, "0047 91234567") == known
    assert queries.with_contact(organisation.id, "0047 91234567") is None

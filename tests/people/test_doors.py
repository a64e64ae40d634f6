"""Private links, known browsers and codes."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rundbord.kernel import tenancy
from rundbord.kernel.ids import new_id
from rundbord.kernel.models import OutgoingMessage
from rundbord.organisations.models import Organisation
from rundbord.people import actions, queries, tasks
from rundbord.people.models import AccessCode, KnownBrowser, PrivateLink
from rundbord.people.rules import CODE_TRIES, SubjectKind

pytestmark = pytest.mark.django_db
HERS, HIS = "browser-of-kari", "browser-of-somebody-else"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def subject() -> UUID:
    return new_id()


def link(subject: UUID, organisation: Organisation, now: datetime, **more: int) -> str:
    return actions.issue_link(
        kind=SubjectKind.SIGN_UP, subject=subject, organisation_id=organisation.id, now=now, **more
    )


def code(subject: UUID, organisation: Organisation, now: datetime, browser: str = HERS) -> str:
    return actions.new_code(
        kind=SubjectKind.SIGN_UP,
        subject=subject,
        organisation_id=organisation.id,
        browser=browser,
        now=now,
    )


def use(subject: UUID, typed: str, now: datetime, browser: str = HERS) -> bool:
    return actions.use_code(kind=SubjectKind.SIGN_UP, subject=subject, browser=browser, code=typed, now=now)


def wrong(right: str) -> str:
    return f"{(int(right) + 1) % 1_000_000:06d}"


def send(subject: UUID, organisation: Organisation, now: datetime, browser: str = HERS) -> None:
    actions.send_code(
        kind=SubjectKind.SIGN_UP,
        subject=subject,
        organisation_id=organisation.id,
        browser=browser,
        to="kari@example.org",
        channel="email",
        language="nb",
        now=now,
    )


def test_a_link_says_whose_it_is(organisation: Organisation, subject: UUID, now: datetime) -> None:
    token = link(subject, organisation, now)
    found = queries.find_link(token, now)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
    assert found is not None
    assert (found.subject_kind, found.subject, found.organisation_id) == ("signup", subject, organisation.id)


def test_only_the_hash_of_a_link_is_stored(organisation: Organisation, subject: UUID, now: datetime) -> None:
    token = link(subject, organisation, now)
    with tenancy.everywhere("test"):
        stored = PrivateLink.objects.get()
    assert token.encode() not in bytes(stored.token_hash)
    assert len(bytes(stored.token_hash)) == 32


def test_a_link_ends(organisation: Organisation, subject: UUID, now: datetime) -> None:
    token = link(subject, organisation, now, days=2)
    assert queries.find_link(token, now + timedelta(days=2) - MINUTE)
    assert queries.find_link(token, now + timedelta(days=2)) is None


@pytest.mark.parametrize("token", ["", "x", "a" * 22, "a" * 10_000, "æøå", "\ud800", "' OR 1=1"])
def test_a_link_nobody_gave_opens_nothing(
    organisation: Organisation, subject: UUID, now: datetime, token: str
) -> None:
    link(subject, organisation, now)
    assert queries.find_link(token, now) is None


def test_looking_a_link_up_writes_nothing_and_spends_nothing(
    organisation: Organisation, subject: UUID, now: datetime
) -> None:
    token = link(subject, organisation, now)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for _scanner in range(20):
            assert queries.find_link(token, now)
            assert not queries.knows_browser(subject, HERS)
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}


def test_a_browser_is_known_for_one_person_only(
    organisation: Organisation, subject: UUID, now: datetime
) -> None:
    actions.remember_browser(
        kind="signup", subject=subject, organisation_id=organisation.id, browser=HERS, now=now
    )
    assert queries.knows_browser(subject, HERS)
    assert not queries.knows_browser(subject, HIS)
    assert not queries.knows_browser(new_id(), HERS)


def test_a_browser_is_remembered_once(organisation: Organisation, subject: UUID, now: datetime) -> None:
    for day in (0, 3):
        actions.remember_browser(
            kind="signup",
            subject=subject,
            organisation_id=organisation.id,
            browser=HERS,
            now=now + timedelta(days=day),
        )
    with tenancy.everywhere("test"):
        row = KnownBrowser.objects.get()
    assert (row.created_at, row.last_seen_at) == (now, now + timedelta(days=3))
    assert HERS.encode() not in bytes(row.token_hash)


def test_touching_never_makes_a_browser_known(
    organisation: Organisation, subject: UUID, now: datetime
) -> None:
    actions.touch_browser(subject=subject, organisation_id=organisation.id, browser=HIS, now=now)
    assert not queries.knows_browser(subject, HIS)


def test_the_right_code_is_good_once(organisation: Organisation, subject: UUID, now: datetime) -> None:
    digits = code(subject, organisation, now)
    assert re.fullmatch(r"[0-9]{6}", digits)
    assert use(subject, f" {digits[:3]} {digits[3:]} ", now + MINUTE)
    assert queries.knows_browser(subject, HERS)
    with pytest.raises(actions.CodeUsedUp):
        use(subject, digits, now + MINUTE)


def test_a_code_is_bound_to_the_browser_that_asked(
    organisation: Organisation, subject: UUID, now: datetime
) -> None:
    digits = code(subject, organisation, now)
    with pytest.raises(actions.CodeExpired):
        use(subject, digits, now, browser=HIS)
    assert not queries.knows_browser(subject, HIS)
    assert use(subject, digits, now)


def test_a_code_is_bound_to_the_person(organisation: Organisation, subject: UUID, now: datetime) -> None:
    digits, other = code(subject, organisation, now), new_id()
    code(other, organisation, now)
    with pytest.raises(actions.CodeExpired):
        use(new_id(), digits, now)
    assert not queries.knows_browser(other, HERS)


def test_a_code_lasts_ten_minutes(organisation: Organisation, subject: UUID, now: datetime) -> None:
    digits = code(subject, organisation, now)
    with pytest.raises(actions.CodeExpired):
        use(subject, digits, now + 10 * MINUTE)
    assert use(subject, digits, now + 9 * MINUTE)


def test_five_tries_and_not_one_more(organisation: Organisation, subject: UUID, now: datetime) -> None:
    digits = code(subject, organisation, now)
    assert [use(subject, wrong(digits), now) for _try in range(CODE_TRIES)] == [False] * 5
    with pytest.raises(actions.CodeUsedUp):
        use(subject, digits, now)
    assert not queries.knows_browser(subject, HERS)


@pytest.mark.parametrize("typed", ["", "abc", "٠٠٠٠٠٠", "\ud800", "1" * 10_000, "12345"])
def test_nonsense_is_a_wrong_code(
    organisation: Organisation, subject: UUID, now: datetime, typed: str
) -> None:
    digits = code(subject, organisation, now)
    assert not use(subject, typed, now)
    assert use(subject, digits, now)


def test_a_new_code_takes_over(organisation: Organisation, subject: UUID, now: datetime) -> None:
    first = code(subject, organisation, now)
    second = code(subject, organisation, now + MINUTE)
    assert use(subject, second, now + 2 * MINUTE)
    assert first == second or not queries.knows_browser(subject, HIS)


def test_codes_are_stored_under_a_key(organisation: Organisation, subject: UUID, now: datetime) -> None:
    """A plain hash of six digits is guessed in a second; this one also depends on person and browser."""
    stored = set()
    for somebody in (subject, new_id()):
        for browser in (HERS, HIS):
            with tenancy.scope(organisation.id):
                AccessCode.objects.all().delete()
            digits = code(somebody, organisation, now, browser)
            with tenancy.scope(organisation.id):
                row = AccessCode.objects.get()
            assert digits.encode() not in bytes(row.code_hash)
            stored.add(bytes(row.code_hash))
    assert len(stored) == 4


def test_a_sent_code_is_in_the_letter(organisation: Organisation, subject: UUID, now: datetime) -> None:
    send(subject, organisation, now)
    with tenancy.scope(organisation.id):
        letter = OutgoingMessage.objects.get()
    assert (letter.kind, letter.subject, letter.to) == ("people/code", subject, "kari@example.org")


def test_one_code_a_minute_and_five_an_hour(organisation: Organisation, subject: UUID, now: datetime) -> None:
    send(subject, organisation, now)
    with pytest.raises(actions.TooManyCodes):
        send(subject, organisation, now + timedelta(seconds=59), browser=HIS)
    for minute in (1, 2, 3, 4):
        send(subject, organisation, now + minute * MINUTE)
    with pytest.raises(actions.TooManyCodes):
        send(subject, organisation, now + 30 * MINUTE)
    send(subject, organisation, now + 61 * MINUTE)
    with tenancy.scope(organisation.id):
        assert OutgoingMessage.objects.count() == 6


def test_another_person_is_not_held_up(organisation: Organisation, subject: UUID, now: datetime) -> None:
    send(subject, organisation, now)
    send(new_id(), organisation, now)


def test_revoking_shuts_every_door_at_once(organisation: Organisation, subject: UUID, now: datetime) -> None:
    other = new_id()
    token, others = link(subject, organisation, now), link(other, organisation, now)
    digits = code(subject, organisation, now)
    for person in (subject, other):
        actions.remember_browser(
            kind="signup", subject=person, organisation_id=organisation.id, browser=HERS, now=now
        )
    actions.revoke_access(subject=subject, now=now)
    assert queries.find_link(token, now) is None
    assert not queries.still_allowed(subject, HERS)
    with pytest.raises(actions.CodeExpired):
        use(subject, digits, now)
    assert queries.find_link(others, now) and queries.still_allowed(other, HERS)


def test_what_opens_nothing_any_more_is_erased(
    organisation: Organisation, twin: Organisation, subject: UUID, now: datetime
) -> None:
    kept = link(subject, organisation, now, days=60)
    for owner in (organisation, twin):
        link(subject, owner, now, days=1)
        code(subject, owner, now)
    actions.remember_browser(
        kind="signup", subject=subject, organisation_id=organisation.id, browser=HERS, now=now
    )
    tasks.tick(now + timedelta(days=1))
    with tenancy.everywhere("test"):
        assert PrivateLink.objects.count() == 1
        assert AccessCode.objects.count() == 0
        assert KnownBrowser.objects.count() == 1
    assert queries.find_link(kept, now + timedelta(days=1))
    tasks.tick(now + timedelta(days=181))
    with tenancy.everywhere("test"):
        assert KnownBrowser.objects.count() == PrivateLink.objects.count() == 0


def test_codes_of_the_last_hour_stay_to_be_counted(
    organisation: Organisation, subject: UUID, now: datetime
) -> None:
    for minute in range(5):
        send(subject, organisation, now + minute * MINUTE)
    tasks.tick(now + 30 * MINUTE)
    with pytest.raises(actions.TooManyCodes):
        send(subject, organisation, now + 31 * MINUTE)


def test_browsers_of_several_people_in_one_query(
    organisation: Organisation, subject: UUID, now: datetime, django_assert_num_queries: object
) -> None:
    others = [new_id() for _number in range(5)]
    actions.remember_browser(
        kind="signup", subject=subject, organisation_id=organisation.id, browser=HERS, now=now
    )
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.browsers_known_to([subject, *others], HERS) == {subject}

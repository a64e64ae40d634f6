"""The clock: what lapses, what is asked, what is erased, each organisation with its own limits."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from rundbord.signups import actions, queries, tasks
from rundbord.signups.models import SignUp
from rundbord.signups.rules import broken
from tests.factories.signups import SignUpFactory
from tests.signups.post import kinds

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def wish(organisation: Organisation, **facts: Any) -> SignUp:
    with tenancy.scope(organisation.id):
        return SignUpFactory(organisation=organisation, **facts)


def state(signup: SignUp) -> str | None:
    row = queries.get(signup.organisation_id, signup.id)
    return row.state if row else None


def test_nobody_confirmed_for_two_days(organisation: Organisation, now: datetime) -> None:
    signup = wish(organisation, state="unconfirmed", created_at=now)
    tasks.tick(now + days(2) - SECOND)
    assert state(signup) == "unconfirmed"
    tasks.tick(now + days(2))
    assert state(signup) is None


def test_who_asked_to_be_rung_is_kept_until_somebody_can(organisation: Organisation, now: datetime) -> None:
    signup = wish(organisation, state="unconfirmed", contact_kind="ring_me", created_at=now)
    tasks.tick(now + days(29))
    assert state(signup) == "unconfirmed"
    tasks.tick(now + days(30))
    assert state(signup) is None


@pytest.mark.parametrize(
    ("closed", "limit"), [("withdrawn", 14), ("sent_on", 14), ("lapsed", 14), ("finished", 30)]
)
def test_what_is_closed_is_erased(organisation: Organisation, now: datetime, closed: str, limit: int) -> None:
    signup = wish(organisation, state=closed, state_since=now)
    tasks.tick(now + days(limit) - SECOND)
    assert state(signup) == closed
    tasks.tick(now + days(limit))
    assert state(signup) is None


@pytest.mark.parametrize("kept", ["talk", "waiting", "offered", "placed"])
def test_nobody_is_erased_while_it_lasts(organisation: Organisation, now: datetime, kept: str) -> None:
    signup = wish(organisation, state=kept, heard_at=now + days(300), state_since=now)
    tasks.tick(now + days(300))
    assert state(signup) == kept


def test_each_organisation_has_its_own_limits(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    change_setting(organisation=twin, key="retention_closed_days", value=3, by=SYSTEM, now=now)
    ours = wish(organisation, state="withdrawn", state_since=now)
    theirs = wish(twin, state="withdrawn", state_since=now)
    tasks.tick(now + days(5))
    assert (state(ours), state(theirs)) == ("withdrawn", None)


def test_a_closed_organisation_erases_too(organisation: Organisation, now: datetime) -> None:
    organisation.active = False
    organisation.save()
    signup = wish(organisation, state="withdrawn", state_since=now)
    tasks.tick(now + days(15))
    assert state(signup) is None


def test_asked_at_sixty_days_and_out_at_ninety(organisation: Organisation, now: datetime) -> None:
    signup = wish(organisation, heard_at=now, waiting_since=now)
    tasks.tick(now + days(60) - SECOND)
    assert kinds() == []
    tasks.tick(now + days(60))
    assert kinds() == ["still_waiting"]
    tasks.tick(now + days(75))
    assert kinds() == ["still_waiting"] and state(signup) == "waiting"
    tasks.tick(now + days(90))
    assert state(signup) == "lapsed"
    assert kinds() == ["lapsed", "still_waiting"]
    tasks.tick(now + days(104))
    assert state(signup) is None


def test_an_answer_starts_the_clock_anew(organisation: Organisation, now: datetime, herself: Actor) -> None:
    signup = wish(organisation, heard_at=now, waiting_since=now)
    tasks.tick(now + days(60))
    actions.still_waiting(signup=signup, by=herself, now=now + days(61))
    tasks.tick(now + days(120))
    assert state(signup) == "waiting" and kinds() == ["still_waiting"]
    tasks.tick(now + days(121))
    assert kinds() == ["still_waiting", "still_waiting"]
    row = queries.get(organisation.id, signup.id)
    assert row is not None and row.waiting_since == now


def test_a_late_clock_still_gives_time_to_answer(organisation: Organisation, now: datetime) -> None:
    """The worker stood still for half a year: nobody is thrown out unasked."""
    signup = wish(organisation, heard_at=now)
    tasks.tick(now + days(180))
    assert state(signup) == "waiting" and kinds() == ["still_waiting"]
    tasks.tick(now + days(209))
    assert state(signup) == "waiting"
    tasks.tick(now + days(210))
    assert state(signup) == "lapsed"


def test_who_can_only_be_rung_is_asked_by_phone(organisation: Organisation, now: datetime) -> None:
    signup = wish(organisation, heard_at=now, contact_kind="ring_me", contact="+4791234567")
    tasks.tick(now + days(60))
    assert kinds() == []
    assert [(line.id, line.why) for line in queries.to_ring(organisation.id)] == [
        (signup.id, "still_waiting")
    ]


def test_the_note_goes_after_thirty_days_and_the_warning_stays(
    organisation: Organisation, now: datetime
) -> None:
    signup = wish(organisation, note="Hei", note_at=now, not_with="Ola", heard_at=now)
    tasks.tick(now + days(30) - SECOND)
    row = queries.get(organisation.id, signup.id)
    assert row is not None and row.note == "Hei"
    tasks.tick(now + days(30))
    row = queries.get(organisation.id, signup.id)
    assert row is not None
    assert (row.note, row.note_at, row.not_with, row.focus) == (None, None, "Ola", ["mixed"])


def test_a_pause_ends_on_its_day(organisation: Organisation, now: datetime, herself: Actor) -> None:
    signup = wish(organisation)
    actions.pause(signup=signup, until=date(2026, 4, 1), by=herself, now=now)
    tasks.tick(datetime.fromisoformat("2026-03-31T21:59:00+00:00"))  # 23:59 where the groups meet
    assert state(signup) == "paused"
    tasks.tick(datetime.fromisoformat("2026-03-31T22:01:00+00:00"))  # the day has begun
    assert state(signup) == "waiting" and kinds() == ["pause_over"]


def test_a_pause_without_a_day_is_asked_about(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    signup = wish(organisation)
    actions.pause(signup=signup, until=None, by=herself, now=now)
    tasks.tick(now + days(89))
    assert state(signup) == "paused"
    tasks.tick(now + days(90))
    assert state(signup) == "waiting" and kinds() == ["pause_over"]
    tasks.tick(now + days(120))
    assert state(signup) == "lapsed"


def test_ticking_twice_does_nothing_twice(organisation: Organisation, now: datetime) -> None:
    for number in range(3):
        wish(organisation, heard_at=now, contact=f"person{number}@example.org")
    for _again in range(3):
        tasks.tick(now + days(61))
    assert kinds() == ["still_waiting"] * 3
    with tenancy.scope(organisation.id):
        assert Counter.objects.get(counter="still-asked").value == 3


def test_every_wish_keeps_its_promises_through_a_year(organisation: Organisation, now: datetime) -> None:
    for number, begin in enumerate(("unconfirmed", "talk", "waiting", "paused", "offered", "placed")):
        wish(organisation, state=begin, heard_at=now, created_at=now, contact=f"p{number}@example.org")
    for week in range(52):
        tasks.tick(now + timedelta(weeks=week))
        with tenancy.scope(organisation.id):
            for row in SignUp.objects.all():
                assert broken(row) == []
    with tenancy.scope(organisation.id):
        assert sorted(SignUp.objects.values_list("state", flat=True)) == ["offered", "placed"]

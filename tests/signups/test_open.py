"""Opening a person: logged before anything is read, seen by the person, refused when the log fails."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from rundbord.kernel import tenancy
from rundbord.kernel.encryption import Sealed
from rundbord.kernel.timeline import ANONYMOUS, SYSTEM, Actor
from rundbord.organisations.models import Organisation
from rundbord.signups import actions, queries
from rundbord.signups.models import SignUp
from rundbord.signups.rules import OpenReason, told
from tests.factories.signups import SignUpFactory

SEALED = ("first_name", "contact", "note", "not_with", "focus", "gender")


def person(organisation: Organisation) -> SignUp:
    """As a page loads her: nothing is read yet."""
    with tenancy.scope(organisation.id):
        made = SignUpFactory(
            organisation=organisation,
            first_name="Kari",
            contact="kari@example.org",
            note="Hei",
            not_with="Ola",
            gender="f",
            focus=["grief"],
        )
    found = queries.get(organisation.id, made.id)
    assert found is not None
    return found


def unread(signup: SignUp) -> bool:
    """Whether every personal column is still sealed in memory."""
    return all(isinstance(signup.__dict__[name], Sealed) for name in SEALED)


@pytest.mark.django_db
def test_the_person_is_read_after_the_log(organisation: Organisation, now: datetime, staff: Actor) -> None:
    signup = person(organisation)
    with tenancy.scope(organisation.id):
        opened = actions.open_person(signup=signup, reason="ring", by=staff, now=now)
    assert (opened.first_name, opened.contact, opened.contact_kind) == ("Kari", "kari@example.org", "email")
    assert (opened.note, opened.not_with, opened.focus, opened.gender) == ("Hei", "Ola", ["grief"], "f")


@pytest.mark.django_db
def test_the_person_sees_who_when_and_why(
    organisation: Organisation, twin: Organisation, now: datetime, staff: Actor
) -> None:
    signup, other = person(organisation), person(twin)
    with tenancy.scope(organisation.id):
        actions.open_person(signup=signup, reason=OpenReason.HELP, by=staff, now=now)
    (look,) = queries.looks(signup)
    assert (look.at, look.account) == (now, staff.id)
    assert look.reason == str(OpenReason.HELP.label)
    assert look.reason in told("person-opened", {"reason": "help"})
    assert queries.looks(other) == []


@pytest.mark.django_db
def test_every_look_is_a_line(organisation: Organisation, now: datetime, staff: Actor) -> None:
    signup = person(organisation)
    with tenancy.scope(organisation.id):
        for reason in OpenReason:
            actions.open_person(signup=signup, reason=reason, by=staff, now=now)
    assert [look.reason for look in queries.looks(signup)] == [str(reason.label) for reason in OpenReason]


@pytest.mark.django_db
def test_without_a_reason_nothing_opens(organisation: Organisation, now: datetime, staff: Actor) -> None:
    signup = person(organisation)
    with tenancy.scope(organisation.id), pytest.raises(ValueError, match="curious"):
        actions.open_person(signup=signup, reason="curious", by=staff, now=now)
    assert queries.looks(signup) == [] and unread(signup)


@pytest.mark.django_db
@pytest.mark.parametrize("by", [ANONYMOUS, SYSTEM, Actor("staff"), Actor("starter")])
def test_nobody_without_a_name_opens_a_person(organisation: Organisation, now: datetime, by: Actor) -> None:
    signup = person(organisation)
    with tenancy.scope(organisation.id), pytest.raises(actions.NotLogged):
        actions.open_person(signup=signup, reason="ring", by=by, now=now)
    assert unread(signup)


@pytest.mark.django_db
def test_a_log_outside_every_scope_refuses(organisation: Organisation, now: datetime, staff: Actor) -> None:
    signup = person(organisation)
    with pytest.raises(actions.NotLogged):
        actions.open_person(signup=signup, reason="ring", by=staff, now=now)
    assert queries.looks(signup) == [] and unread(signup)


@pytest.mark.django_db
def test_another_organisation_opens_nobody(
    organisation: Organisation, twin: Organisation, now: datetime, staff: Actor
) -> None:
    signup = person(organisation)
    with tenancy.scope(twin.id), pytest.raises(actions.NotLogged):
        actions.open_person(signup=signup, reason="ring", by=staff, now=now)
    assert queries.looks(signup) == [] and unread(signup)


@pytest.mark.django_db(transaction=True)
def test_a_log_that_could_be_taken_back_refuses(
    organisation: Organisation, now: datetime, staff: Actor
) -> None:
    signup = person(organisation)
    with tenancy.scope(organisation.id), transaction.atomic(), pytest.raises(actions.NotLogged):
        actions.open_person(signup=signup, reason="ring", by=staff, now=now)
    assert queries.looks(signup) == [] and unread(signup)


@pytest.mark.django_db(transaction=True)
def test_a_broken_log_refuses(organisation: Organisation, now: datetime, staff: Actor) -> None:
    """The log's table is really gone; what the person wrote stays sealed."""
    signup = person(organisation)
    _rename("kernel_timelineentry", "away")
    try:
        with tenancy.scope(organisation.id), pytest.raises(actions.NotLogged) as refused:
            actions.open_person(signup=signup, reason="ring", by=staff, now=now)
    finally:
        _rename("away", "kernel_timelineentry")
    assert refused.value.say() and "Kari" not in str(refused.value.__cause__)
    assert queries.looks(signup) == [] and unread(signup)


def _rename(table: str, to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {to}")


@pytest.mark.django_db(transaction=True)
def test_the_line_is_committed_before_anything_is_read(
    organisation: Organisation, now: datetime, staff: Actor
) -> None:
    signup = person(organisation)
    with tenancy.scope(organisation.id), CaptureQueriesContext(connection) as asked:
        actions.open_person(signup=signup, reason="ring", by=staff, now=now)
    statements = [query["sql"].split()[0].upper() for query in asked]
    assert statements[0] == "BEGIN" and statements[-1] == "COMMIT"
    assert not unread(signup)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 8])
def test_lists_show_an_initial_and_read_nothing_else(
    organisation: Organisation, twin: Organisation, now: datetime, count: int, django_assert_num_queries: Any
) -> None:
    with tenancy.scope(organisation.id):
        ours = [
            SignUpFactory(organisation=organisation, first_name=f" {letter}", women_only=letter == "a")
            for letter in "abcdefgh"[:count]
        ]
        SignUpFactory(organisation=organisation, state="placed")
        SignUpFactory(organisation=organisation, state="unconfirmed")
    with tenancy.scope(twin.id):
        SignUpFactory(organisation=twin)
    with django_assert_num_queries(1):
        lines = queries.waiting(organisation.id, now)
    assert {line.id for line in lines} == {row.id for row in ours}
    assert sorted(line.initial for line in lines) == list("ABCDEFGH"[:count])
    assert {(line.weeks, line.place.name, line.state) for line in lines} == {(4, "Fredrikstad", "waiting")}
    assert [line.flags for line in lines if line.initial == "A"] == [["women_only"]]
    assert not any(hasattr(line, "contact") for line in lines)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 6])
def test_other_lists_cost_one_query_too(
    organisation: Organisation, twin: Organisation, count: int, django_assert_num_queries: Any
) -> None:
    with tenancy.scope(organisation.id):
        waits = [SignUpFactory(organisation=organisation) for _number in range(count)]
        rung = [
            SignUpFactory(organisation=organisation, contact_kind="ring_me", state="unconfirmed")
            for _number in range(count)
        ]
        talks = [SignUpFactory(organisation=organisation, state="talk") for _number in range(count)]
    with tenancy.scope(twin.id):
        for state in ("waiting", "unconfirmed", "talk"):
            SignUpFactory(organisation=twin, contact_kind="ring_me", state=state)
    with django_assert_num_queries(1):
        assert {row.place.name for row in queries.to_place(organisation.id)} == {"Fredrikstad"}
    with django_assert_num_queries(1):
        assert {line.id for line in queries.to_ring(organisation.id)} == {row.id for row in rung}
    with django_assert_num_queries(1):
        assert {row.id for row in queries.talks_wanted(organisation.id)} == {row.id for row in talks}
    with django_assert_num_queries(1):
        found = queries.named(organisation.id, [row.id for row in [*waits, *talks]])
    assert {row.id for row in found} == {row.id for row in [*waits, *talks]}

"""What somebody writes is nowhere in the database in the clear, nor in stories and counts."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from rundbord.kernel import tenancy
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.people.models import Starter
from rundbord.people.rules import StarterFields
from rundbord.signups import actions, tasks
from rundbord.signups.models import SignUp
from tests.factories.signups import SignUpFactory, wish_fields
from tests.signups.post import code_in, letters, token_in

pytestmark = pytest.mark.django_db
CANARIES = ("Kanarifugl", "kanari@example.org", "Kanarinotat", "Kanarifiende", "eating_disorder", "91919191")


def everything(*, but: str = "") -> bytes:
    """Every cell of every table of the kernel and these rooms, as the database keeps it."""
    found = []
    for label in ("kernel", "people", "signups"):
        for model in apps.get_app_config(label).get_models():
            if model._meta.db_table != but:
                found.append(_table(model._meta.db_table))
    return b"\n".join(found)


def _table(name: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")
        return b"\n".join(_bytes(cell) for row in cursor.fetchall() for cell in row)


def _bytes(cell: Any) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def leave(organisation: Organisation, now: datetime) -> SignUp:
    fields = wish_fields(
        first_name="Kanarifugl",
        contact="kanari@example.org",
        note="Kanarinotat",
        not_with="Kanarifiende",
        focus=["eating_disorder"],
        gender="f",
    )
    left = actions.leave_wish(organisation=organisation, fields=fields, browser="kanari-browser", now=now)
    assert left is not None
    return left


def assert_unseen() -> None:
    kept = everything()
    for canary in CANARIES:
        assert canary.encode() not in kept, canary


def test_the_search_would_find_one(organisation: Organisation, now: datetime) -> None:
    """The test can fail: what is not sealed is found."""
    with tenancy.scope(organisation.id):
        SignUpFactory(organisation=organisation, postal_code="1606", age_band="Kanari")
    assert b"Kanari" in everything() and b"1606" in everything()


def test_a_whole_life_leaves_no_word_in_the_clear(
    organisation: Organisation, now: datetime, staff: Actor
) -> None:
    signup = leave(organisation, now)
    assert_unseen()
    herself = Actor("person", signup.id)
    actions.confirm_wish(signup=signup, by=herself, now=now)
    with tenancy.scope(organisation.id):
        actions.open_person(signup=signup, reason="match", by=staff, now=now)
    actions.pause(signup=signup, until=None, by=herself, now=now)
    actions.resume(signup=signup, by=herself, now=now)
    actions.mark_offered(signup, now)
    assert_unseen()
    actions.mark_placed(signup, now)
    actions.mark_finished(signup, now)
    assert_unseen()


def test_links_codes_and_browsers_are_not_in_the_clear(organisation: Organisation, now: datetime) -> None:
    leave(organisation, now)
    (letter,) = letters()
    kept = everything()
    for secret in (token_in(letter), code_in(letter), "kanari-browser"):
        assert secret.encode() not in kept


def test_nothing_of_an_erased_person_is_left(organisation: Organisation, now: datetime) -> None:
    signup = leave(organisation, now)
    actions.confirm_wish(signup=signup, by=Actor("person", signup.id), now=now)
    actions.withdraw(signup=signup, by=Actor("person", signup.id), now=now)
    with tenancy.scope(organisation.id):
        sealed = [bytes(signup_cell) for signup_cell in _sealed(signup)]
    assert any(cell in everything() for cell in sealed)
    tasks.tick(now + timedelta(days=14))
    with tenancy.scope(organisation.id):
        assert SignUp.objects.count() == 0
    kept = everything(but="kernel_outgoingmessage")
    for cell in sealed:
        assert cell not in kept
    assert_unseen()


def _sealed(signup: SignUp) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT first_name, contact, contact_index FROM signups_signup")
        return [bytes(cell) for cell in cursor.fetchone()]


def test_equal_words_do_not_look_alike(organisation: Organisation, twin: Organisation) -> None:
    """Neither within an organisation, nor by the index across organisations."""
    with tenancy.scope(organisation.id):
        for _number in range(2):
            SignUpFactory(organisation=organisation, first_name="Kari", contact="kari@example.org")
    with tenancy.scope(twin.id):
        SignUpFactory(organisation=twin, first_name="Kari", contact="kari@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT first_name, contact, contact_index FROM signups_signup")
        names, contacts, indexes = zip(*[map(bytes, row) for row in cursor.fetchall()], strict=True)
    assert len(set(names)) == len(set(contacts)) == 3
    assert len(set(indexes)) == 2


def test_a_starter_is_sealed_too(organisation: Organisation, now: datetime, staff: Actor) -> None:
    fields = StarterFields(
        first_name="Kanarifugl",
        surname="Kanarinotat",
        email="kanari@example.org",
        phone="919 19 191",
        place_code="3107",
    )
    made = people.add_starter(organisation=organisation, fields=fields, by=staff, now=now)
    people.set_starter_active(starter=made, active=False, by=staff, now=now)
    with tenancy.scope(organisation.id):
        assert Starter.objects.get().phone == "+4791919191"
    assert_unseen()

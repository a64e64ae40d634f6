"""The very first page with anything in it: nothing breaks, nothing is half made, and what was typed stays."""

import pytest
from django.contrib.auth import get_user
from django.test import Client
from hypothesis import given

from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.people.models import StaffAccount
from tests.surfaces.hostile import complaints, examples, lost, read, refused, said
from tests.surfaces.office.addresses import to

COVERED = {"office:first_run"}
REAL = {
    "name": "LINK Elvebyen",
    "kind": "clearinghouse",
    "places": "Fredrikstad",
    "phone": "69 00 00 00",
    "your_name": "Marit",
    "email": "marit@example.org",
    "password": " et langt og rolig passord ",
}
FIELDS = " ".join(REAL)


def made():
    return Organisation.objects.count(), StaffAccount.objects.count()


@examples(0.4)
@given(posted=said(FIELDS, **REAL))
def test_anything_at_all(db, posted):
    refused(Client(), to("first_run"), posted)
    assert made() == (0, 0)


@examples(0.4)
@given(posted=said(FIELDS))
def test_one_thing_wrong_among_much_that_is_right(db, posted):
    refused(Client(), to("first_run"), REAL | posted)


# A form can take an address that no mail server does: its name is too long once it is spelt for machines.
NO_ADDRESSES = [f"kari@{'æ' * 62}.no", f"{'ﷺ' * 60}@example.org", "a" * 255 + "@example.org"]


@pytest.mark.parametrize("email", NO_ADDRESSES)
def test_an_address_that_cannot_be_is_said_beside_it(db, email):
    typed = REAL | {"email": email}
    answer = Client().post(to("first_run"), typed)
    assert read(answer).by_id("id_email_error").text.strip()
    assert lost(answer, typed) == []
    assert made() == (0, 0)


def test_an_account_that_is_there_already_is_told_so(db):
    people.make_account(email=REAL["email"], name="Marit", password="noe ganske annet her")
    answer = Client().post(to("first_run"), REAL)
    assert any("alreadyanaccount" in sentence for sentence in complaints(read(answer)))
    assert made() == (0, 1)


def test_the_password_is_the_one_that_was_typed(db):
    Client().post(to("first_run"), REAL)
    again = Client()
    StaffAccount.objects.update(last_login="2026-01-01T00:00Z")
    again.post("/en/konto/login/", {"login": REAL["email"], "password": REAL["password"]})
    assert get_user(again).is_authenticated

"""Where the office begins: nobody has begun, somebody has; and who must show once more that it is she."""

import time

import pytest
from django.test import Client

from rundbord.kernel import tenancy
from rundbord.organisations import queries as organisations
from rundbord.organisations.models import Organisation, OrganisationKind
from rundbord.people.models import Role, StaffAccount
from tests.surfaces.office.addresses import PLAIN, to
from tests.surfaces.office.conftest import account_with, page, signed_in
from tests.surfaces.office.test_office_itself import BEGIN

NEW = {"name": "Ola", "email": "ola@example.org", "role": "coordinator", "password": "en-lang-nok-setning"}


def told(answer):
    return answer.content.decode()


@pytest.mark.parametrize("name", PLAIN)
def test_where_nobody_has_begun_every_way_leads_to_the_beginning(name):
    assert Client().get(to(name)).url == to("first_run")


def test_where_somebody_has_begun_one_signs_in(organisation):
    assert Client().get(to("today")).url == f"/en/konto/login/?next={to('today')}"


def test_who_comes_late_is_told_kindly_where_to_go(organisation):
    for ask in (Client().get, lambda path: Client().post(path, BEGIN)):
        answer = ask(to("first_run"))
        assert answer.status_code == 404
        assert "Somebody has already begun here" in told(answer)
        assert f'href="{to("today")}"' in told(answer)
    assert Organisation.objects.count() == 1
    assert StaffAccount.objects.count() == 0


def test_every_kind_of_office_can_begin(db):
    OrganisationKind.objects.create(
        code="own", names={"nb": "Vårt slag", "nn": "Vårt slag", "en": "Our kind"}, rank=99
    )
    first = page(Client(), to("first_run"))
    assert "Our kind" in first
    assert all(f'value="{kind.code}"' in first for kind in organisations.kinds())
    assert Client().post(to("first_run"), BEGIN | {"kind": "own"}).url == to("today")
    assert Organisation.objects.get().kind_id == "own"


def test_a_kind_that_does_not_exist_begins_nothing(db):
    assert Client().post(to("first_run"), BEGIN | {"kind": "kingdom"}).status_code == 200
    assert not Organisation.objects.exists()


@pytest.fixture
def with_password(organisation):
    account = account_with(organisation, "manager")
    account.set_password("en-lang-nok-setning")
    account.save()
    return account


def long_ago(client, minutes):
    session = client.session
    session["shown_at"] = time.time() - 60 * minutes
    session.save()
    return client


def test_just_after_the_first_start_roles_are_given_at_once(db):
    browser = Client()
    browser.post(to("first_run"), BEGIN)
    assert "Ola can now sign in." in told(browser.post(to("staff"), NEW, follow=True))


@pytest.mark.parametrize("minutes", [16, 60])
def test_later_one_shows_once_more_who_one_is(minutes, with_password):
    browser = long_ago(signed_in(with_password), minutes)
    for answer in (browser.get(to("staff")), browser.post(to("staff"), NEW)):
        assert answer.url.startswith("/en/konto/reauthenticate/?next=")
    assert not StaffAccount.objects.filter(email=NEW["email"]).exists()


def test_with_the_password_one_goes_on(with_password):
    browser = long_ago(signed_in(with_password), 60)
    door = browser.get(to("staff")).url
    assert "The password is not right." in told(browser.post(door, {"password": "feil"}))
    assert browser.post(door, {"password": "en-lang-nok-setning"}).url == to("staff")
    assert "Ola can now sign in." in told(browser.post(to("staff"), NEW, follow=True))


def test_a_role_is_not_taken_away_either(with_password, organisation):
    browser = long_ago(signed_in(with_password), 60)
    with tenancy.scope(organisation.id):
        role = Role.objects.get()
    assert "/konto/reauthenticate/" in browser.post(to("role_take", role.id)).url
    with tenancy.scope(organisation.id):
        assert Role.objects.filter(id=role.id).exists()


def test_what_was_typed_is_not_kept_in_the_session(with_password):
    browser = long_ago(signed_in(with_password), 60)
    browser.post(to("staff"), NEW)
    assert NEW["password"] not in str(dict(browser.session))


def test_who_signs_in_elsewhere_only_is_let_in(organisation):
    account = account_with(organisation, "manager")
    account.set_unusable_password()
    account.save()
    assert "Add a colleague" in page(long_ago(signed_in(account), 60), to("staff"))

"""Whoever tries again and again is held back, in words, and nobody else is."""

import pytest
from django.core.cache import cache

from rundbord.people import actions as people

pytestmark = pytest.mark.django_db
PASSWORD = "en-lang-nok-setning"
LOGIN, RESET = "/en/konto/login/", "/en/konto/password/reset/"


@pytest.fixture(autouse=True)
def forgotten_tries():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def accounts():
    return [
        people.make_account(email=f"{name}@example.org", name=name, password=PASSWORD)
        for name in ("kari", "ola")
    ]


def tried(client, email, password):
    return client.post(LOGIN, {"login": email, "password": password}).content.decode()


def test_a_password_is_not_guessed(client, accounts, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    answers = [tried(client, "kari@example.org", f"wrong {n}") for n in range(4)]
    assert ["Too many tries" in answer for answer in answers] == [False, False, False, True]
    assert "Too many tries" in tried(client, "kari@example.org", PASSWORD)
    assert tried(client, "ola@example.org", PASSWORD) == ""  # let in


def test_an_address_that_nobody_has_is_held_back_just_the_same(client, accounts, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    answers = [tried(client, "nobody@example.org", f"wrong {n}") for n in range(4)]
    assert ["Too many tries" in answer for answer in answers] == [False, False, False, True]


def test_the_page_of_too_many_tries_is_ours(client, accounts, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "2/m/ip"}
    answers = [client.post(RESET, {"email": "kari@example.org"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    text = answers[-1].content.decode()
    assert "Please wait a few minutes and try again." in text
    assert "tel:116123" in text
    assert answers[-1]["Cache-Control"] == "no-store"


def test_in_use_tries_are_counted(client, accounts, settings):
    del settings.ACCOUNT_RATE_LIMITS  # only the tests' own settings switch it off
    answers = [tried(client, "kari@example.org", f"wrong {n}") for n in range(11)]
    assert "Too many tries" in answers[-1]

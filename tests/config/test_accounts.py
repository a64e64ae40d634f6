"""The addresses of sign-in that exist, and those that do not; letters, first passwords, passkeys' names."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.urls import NoReverseMatch, get_resolver, reverse

from rundbord.config.accounts.routes import urlpatterns
from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage
from rundbord.people import actions as people
from tests.factories.people import RoleFactory
from tests.shell.pages import Page

pytestmark = pytest.mark.django_db
PASSWORD, OWN = "en-lang-nok-setning", "en helt annen setning"
ENGLISH = "/en/konto/"
FIRST = ENGLISH + "password/first/"


@pytest.fixture
def kari(organisation):
    account = people.make_account(email="kari@example.org", name="Kari", password=PASSWORD)
    with tenancy.scope(organisation.id):
        RoleFactory(organisation=organisation, account=account, kind="manager")
    return account


@pytest.fixture
def known(client, kari):
    """Kari has signed in before, and is in now."""
    client.force_login(kari, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def type_password(client, password=PASSWORD, **about):
    said = {"login": "kari@example.org", "password": password}
    return client.post(ENGLISH + "login/", said | about)


def signed_in(client):
    return get_user(client).is_authenticated


def told(answer):
    return answer.content.decode()


def letters():
    with tenancy.everywhere("tests look at every letter"):
        return list(OutgoingMessage.objects.all())


@pytest.mark.parametrize(
    "path",
    [
        "signup/", "email/", "confirm-email/", "confirm-email/abc/", "phone/verify/", "phone/change/",
        "login/code/", "login/code/confirm/", "3rdparty/", "3rdparty/signup/", "social/connections/",
        "sessions/", "2fa/webauthn/signup/", "2fa/trust/",
        "oidc/nobody/login/", "oidc/nobody/login/callback/",
    ],
)  # fmt: skip
def test_what_makes_no_sense_here_does_not_exist(path, known):
    assert known.get(ENGLISH + path).status_code == 404
    assert known.post(ENGLISH + path).status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_connections"])
def test_it_has_no_name_either(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_every_address_of_sign_in_is_of_ours():
    mounted = next(
        part for part in get_resolver().url_patterns[0].url_patterns if "konto" in str(part.pattern)
    )
    assert mounted.url_patterns is urlpatterns


OPEN = [
    "login/",
    "inactive/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "login/cancelled/",
]
OWN_PAGES = [
    "logout/", "reauthenticate/", "password/change/", "2fa/", "2fa/reauthenticate/", "2fa/webauthn/",
    "2fa/webauthn/reauthenticate/", "2fa/recovery-codes/generate/", "2fa/totp/activate/", "2fa/webauthn/add/",
]  # fmt: skip


def is_our_page(answer):
    page = Page(told(answer))
    assert answer.status_code == 200
    assert page.unbalanced == []
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert [a for a in page.all("a") if a.attrs.get("href") == "tel:116123"]
    inline = [
        s for s in page.all("script") if "src" not in s.attrs and s.attrs.get("type") != "application/json"
    ]
    assert inline == []
    assert "data:image" not in told(answer)
    assert [e for e in page.all("input") if e.attrs.get("placeholder")] == []


@pytest.mark.parametrize("path", OPEN)
def test_pages_for_anyone_stand_on_the_shell(path, client):
    is_our_page(client.get(ENGLISH + path))


@pytest.mark.parametrize("path", OWN_PAGES)
def test_pages_of_one_s_own_account_stand_on_the_shell(path, known):
    answer = known.get(ENGLISH + path, follow=True)
    is_our_page(answer)


@pytest.mark.parametrize("path", OWN_PAGES)
def test_they_ask_a_stranger_to_sign_in(path, client, kari):
    answer = client.get(ENGLISH + path, follow=True)
    assert answer.redirect_chain[-1][0].startswith((ENGLISH + "login/", "/en/"))
    assert "kari" not in told(answer)


def test_a_first_password_opens_nothing_but_the_choice_of_another(client, kari):
    answer = type_password(client)
    assert answer["Location"] == FIRST
    assert not signed_in(client)
    assert "/konto/login/" in client.get("/en/kontor/")["Location"]


def test_her_own_password_lets_her_in_and_the_first_one_is_gone(client, kari):
    type_password(client)
    client.post(FIRST, {"password": OWN})
    assert signed_in(client)
    kari.refresh_from_db()
    assert kari.check_password(OWN)
    client.logout()
    assert "/kontor/" in type_password(client, OWN)["Location"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (PASSWORD, "Please choose another one than you were given."),
        ("", "Please fill this in."),
        ("kort", "too short"),
        ("kari@example.org", "too similar"),
        ("x" * 10_000, "at most 200"),
        ("\x00" * 20, "Null characters"),
    ],
)
def test_a_password_that_will_not_do_is_said_and_changes_nothing(client, kari, typed, sentence):
    type_password(client)
    answer = client.post(FIRST, {"password": typed})
    assert sentence in told(answer)
    assert not signed_in(client)
    kari.refresh_from_db()
    assert kari.check_password(PASSWORD)


def test_nobody_chooses_a_password_for_her_without_the_first_one(client, kari):
    answer = client.post(FIRST, {"password": OWN})
    assert answer["Location"].endswith("/konto/login/")
    kari.refresh_from_db()
    assert kari.check_password(PASSWORD)


def test_who_has_been_here_before_is_not_asked(client, known, kari):
    known.logout()
    assert "/kontor/" in type_password(client)["Location"]


def test_one_comes_where_one_was_going(client, kari):
    type_password(client, next="/en/kontor/venter/")
    answer = client.post(FIRST, {"password": OWN})
    assert answer["Location"] == "/en/kontor/venter/"


def test_the_letter_goes_by_the_out_tray_and_says_nothing_of_what_this_is(client, kari):
    client.post(ENGLISH + "password/reset/", {"email": "Kari@Example.org"})
    [letter] = letters()
    assert (letter.to, letter.kind, letter.language) == ("kari@example.org", "accounts/password", "en")
    assert "/en/konto/password/reset/key/" in letter.message
    assert "group" not in letter.message.lower()


@pytest.mark.parametrize("address", ["nobody@example.org", "out@example.org", "closed@example.org"])
def test_others_get_the_same_answer_and_no_letter(client, kari, address, organisation):
    people.make_account(email="out@example.org", name="Without a role")
    closed = people.make_account(email="closed@example.org", name="Closed")
    people.set_account_active(account=closed, active=False)
    answers = [
        client.post(ENGLISH + "password/reset/", {"email": who}) for who in (address, "kari@example.org")
    ]
    assert len({(a.status_code, a["Location"], a.content) for a in answers}) == 1
    assert [letter.to for letter in letters()] == ["kari@example.org"]


def test_a_link_for_a_new_password_works_once_and_only_with_a_button(client, kari):
    client.post(ENGLISH + "password/reset/", {"email": "kari@example.org"})
    plain = letters()[0].message.replace("=\r\n", "")
    path = re.search(r"https?://[^/]+(/en/konto/password/reset/key/\S+)", plain).group(1)
    for _ in range(3):
        form = client.get(path, follow=True)
    kari.refresh_from_db()
    assert kari.check_password(PASSWORD)
    client.post(form.redirect_chain[-1][0], {"password1": OWN, "password2": OWN})
    kari.refresh_from_db()
    assert kari.check_password(OWN)
    assert not signed_in(client)
    assert "This link does not work any more" in told(type(client)().get(path, follow=True))


def test_no_other_letter_leaves(caplog, rf):
    with context.request_context(rf.get("/")):
        get_adapter().send_mail("account/email/unknown_account", "kari@example.org", {})
    assert letters() == []
    assert "kari@example.org" not in caplog.text
    assert "unknown_account" in caplog.text


def test_passkeys_are_numbered_for_each_account(kari):
    other = people.make_account(email="ola@example.org", name="Ola")
    for owner in (kari, kari, other):
        Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data={})
    assert get_mfa_adapter().generate_authenticator_name(kari, Authenticator.Type.WEBAUTHN).endswith("3")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"login": "x" * 10_000, "password": "y" * 10_000},
        {"login": "\x00", "password": "\x00"},
        {"login": "مدينة@example.org", "password": "مدينة"},
    ],
)
def test_odd_answers_on_the_sign_in_page_are_said_in_words(client, kari, said):
    answer = client.post(ENGLISH + "login/", said)
    assert answer.status_code == 200
    assert 'role="alert"' in told(answer)

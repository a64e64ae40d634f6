"""Every form of sign-in with anything in it: nothing breaks, nobody comes in, and what was typed stays."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.test import Client
from hypothesis import given

from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage
from tests.config.passkeys import EMAIL, PASSWORD, type_password
from tests.config.provider import providing
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import RoleFactory
from tests.shell.pages import Page
from tests.surfaces.hostile import examples, refused, said
from tests.surfaces.mine.people import at

pytestmark = pytest.mark.django_db
TARGETS = {"next": "/en/kontor/venter/"}

ANYBODY = {
    "account_login": "login password remember next",
    "account_reset_password": "email next",
    "mfa_login_webauthn": "credential next",
}
BY_LINK = {"account_reset_password_from_key": "password1 password2 next"}
FIRST_TIME = {"account_first_password": "password"}
SECOND_STEP = {"mfa_authenticate": "code credential"}
SIGNED_IN = {
    "account_reauthenticate": "password next",
    "account_change_password": "oldpassword password1 password2 next",
    "mfa_reauthenticate": "code next",
    "mfa_reauthenticate_webauthn": "credential next",
    "mfa_add_webauthn": "name passwordless credential",
    "mfa_edit_webauthn": "name next",
    "mfa_remove_webauthn": "next",
    "mfa_deactivate_totp": "x",
    "mfa_generate_recovery_codes": "x",
    "account_logout": "next",
}
WITHOUT_SECOND_STEP = {"mfa_activate_totp": "code"}
WITHOUT_PASSWORD = {"account_set_password": "password1 password2 next"}
PROVIDER = {"openid_connect_login": "process next", "openid_connect_callback": "code state error"}
GROUPS = (
    ANYBODY, BY_LINK, FIRST_TIME, SECOND_STEP, SIGNED_IN, WITHOUT_SECOND_STEP, WITHOUT_PASSWORD, PROVIDER
)  # fmt: skip
COVERED = {route for group in GROUPS for route in group}
# These do what they are for whatever is in the form: they ask nothing.
ASK_NOTHING = {"mfa_remove_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "account_logout"}


def address(route):
    """Where the form is; a passkey's has its number in it."""
    keys = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    return (
        at(route, *keys.values_list("pk", flat=True))
        if route in {"mfa_edit_webauthn", "mfa_remove_webauthn"}
        else at(route)
    )


def is_in(client):
    return get_user(client).is_authenticated


def goes(routes, client, posted):
    """Each form takes it: it complains and keeps, or leads on."""
    for route, names in routes.items():
        told = {name: value for name, value in posted.items() if name in names.split() or name == "token"}
        answer = refused(client, address(route), told)
        if answer.status_code == 302 and route not in ASK_NOTHING | {"account_reset_password"}:
            assert not answer["Location"].startswith("//")


def fields(routes):
    return said(" ".join(routes.values()), **TARGETS)


@examples(0.5)
@given(posted=fields(ANYBODY))
def test_forms_for_anybody(kari, posted):
    client = Client()
    goes(ANYBODY, client, posted)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("login", "sentence"),
    [("", "Please fill this in."), ("kari", "name@example.org"), ("k" * 10_000, "at most")],
)
def test_what_is_wrong_with_an_address_is_said_as_everywhere(kari, login, sentence):
    for route, name in (("account_login", "login"), ("account_reset_password", "email")):
        page = Page(Client().post(at(route), {name: login, "password": ""}).content.decode())
        assert any(
            sentence in each.text for each in page.elements if each.attrs.get("id") == f"id_{name}_error"
        ), route


@pytest.fixture
def link(kari):
    """A browser that has opened a link for a new password, and where its form is."""
    organisation = OrganisationFactory()
    with tenancy.scope(organisation.id):
        RoleFactory(organisation=organisation, account=kari, kind="manager")
    client = Client()
    client.post(at("account_reset_password"), {"email": EMAIL})
    with tenancy.everywhere("test"):
        letter = OutgoingMessage.objects.get().message.replace("=\r\n", "")
    path = re.search(r"https?://[^/]+(/\S+/password/reset/key/\S+)", letter)[1]
    return client, client.get(path)["Location"]


@examples(0.25)
@given(posted=fields(BY_LINK))
def test_a_new_password_by_a_link(kari, link, posted):
    client, form = link
    refused(client, form, posted)
    kari.refresh_from_db()
    assert kari.check_password(PASSWORD)


@pytest.mark.parametrize(
    "wrong", ["x-y", "0-" + "x" * 5_000, "zzz-%00", "1-%ff", "set-password", "9" * 400 + "-set-password"]
)
def test_a_link_that_nobody_sent_is_told_so(kari, wrong):
    for method in ("get", "post"):
        answer = getattr(Client(), method)(at("account_reset_password") + f"key/{wrong}/", {"password1": "x"})
        assert answer.status_code in (200, 404)


@examples(0.25)
@given(posted=fields(FIRST_TIME))
def test_a_first_password(kari, posted):
    type(kari).objects.update(last_login=None)
    client = Client()
    type_password(client)
    goes(FIRST_TIME, client, posted)
    assert not is_in(client)


@examples(0.25)
@given(posted=fields(SECOND_STEP))
def test_a_second_step(phone, posted):
    client = Client()
    type_password(client)
    goes(SECOND_STEP, client, posted)
    assert not is_in(client)


@examples(0.25)
@given(posted=fields(SIGNED_IN))
def test_forms_of_one_s_own_account(phone, office, posted):
    goes(SIGNED_IN, office, posted)


@examples(0.25)
@given(posted=fields(SIGNED_IN))
def test_forms_of_one_s_own_account_long_afterwards(phone, kari, posted):
    """Who it is is asked first; what was posted goes on afterwards, and is no better for it."""
    client = Client()
    client.force_login(kari, backend="allauth.account.auth_backends.AuthenticationBackend")
    for route in ("mfa_add_webauthn", "mfa_edit_webauthn", "mfa_generate_recovery_codes"):
        there = address(route)
        asked = client.post(there, posted)
        assert asked.status_code == 302
        answer = client.post(asked["Location"], {"password": PASSWORD, "next": there})
        assert answer.status_code in (200, 302)
        client.logout()
        client.force_login(kari, backend="allauth.account.auth_backends.AuthenticationBackend")


@examples(0.25)
@given(posted=fields(WITHOUT_SECOND_STEP))
def test_an_app_is_not_switched_on_by_anything(office, kari, posted):
    goes(WITHOUT_SECOND_STEP, office, posted)
    assert not Authenticator.objects.filter(user=kari).exists()


@examples(0.25)
@given(posted=fields(WITHOUT_PASSWORD))
def test_a_password_where_there_was_none(kari, posted):
    kari.set_unusable_password()
    kari.save()
    client = Client()
    client.force_login(kari, backend="allauth.account.auth_backends.AuthenticationBackend")
    goes(WITHOUT_PASSWORD, client, posted)


@pytest.fixture(scope="module")
def provider():
    with providing(sub="17", email=EMAIL, email_verified=True) as found:
        yield found


@examples(0.25)
@given(posted=fields(PROVIDER))
def test_the_way_by_a_provider(kari, provider, settings, posted):
    settings.SOCIALACCOUNT_PROVIDERS = provider.app()
    client = Client()
    for route in PROVIDER:
        for method in ("post", "get"):
            answer = getattr(client, method)(at(route, "oidc"), posted)
            assert answer.status_code in (200, 302, 401), answer.status_code
    assert not is_in(client)

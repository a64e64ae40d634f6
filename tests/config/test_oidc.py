"""Sign-in by OpenID Connect, against a provider that is real: it opens accounts, and makes none."""

from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth import get_user

from rundbord.people import actions as people
from rundbord.people.models import StaffAccount
from tests.config.provider import providing

pytestmark = pytest.mark.django_db
LOGIN = "/en/konto/oidc/oidc/login/"


@pytest.fixture
def kari():
    return people.make_account(email="kari@example.org", name="Kari", password="et langt og rolig passord")


@pytest.fixture
def provider(settings):
    with providing(sub="17", email="kari@example.org", email_verified=True, pid="01017000000") as found:
        settings.SOCIALACCOUNT_PROVIDERS = found.app()
        yield found


def way_back(client, address=LOGIN):
    """Where the provider sends the browser, as a path of ours."""
    away = client.get(address)
    assert away.status_code == 302
    back = urlsplit(requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(client, address=LOGIN):
    return client.get(way_back(client, address), follow=True)


def signed_in(client):
    account = get_user(client)
    return account.email if account.is_authenticated else None


def told(answer):
    return answer.content.decode()


def test_an_existing_account_is_signed_in(client, kari, provider):
    sign_in(client)
    assert signed_in(client) == "kari@example.org"


def test_the_provider_is_asked_with_proof_and_state(client, kari, provider):
    sign_in(client)
    [asked] = provider.asked
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 16
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}


def test_nothing_the_provider_tells_is_kept(client, kari, provider):
    sign_in(client)
    assert SocialAccount.objects.count() == SocialToken.objects.count() == 0


def test_the_password_still_works_afterwards(client, kari, provider):
    sign_in(client)
    kari.refresh_from_db()
    assert kari.check_password("et langt og rolig passord")


def test_whoever_came_from_the_provider_is_not_asked_for_a_password_of_her_own(client, kari, provider):
    assert "/password/first/" not in [url for url, _ in sign_in(client).redirect_chain]


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email_verified": None},
        {"email": ""},
        {"email": "kari@example.org.evil.example"},
    ],
)
def test_others_are_refused_kindly_and_no_account_is_made(client, kari, provider, claims):
    provider.claims |= claims
    assert "You have no account here" in told(sign_in(client))
    assert signed_in(client) is None
    assert list(StaffAccount.objects.values_list("email", flat=True)) == ["kari@example.org"]


def test_an_office_may_trust_the_addresses_of_its_provider(client, kari, provider, settings):
    provider.claims["email_verified"] = None
    [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    app["settings"]["verified_email"] = True
    sign_in(client)
    assert signed_in(client) == "kari@example.org"


def test_a_closed_account_stays_closed(client, kari, provider):
    people.set_account_active(account=kari, active=False)
    assert "The account is closed" in told(sign_in(client))
    assert signed_in(client) is None


def test_whoever_changes_her_mind_is_told_so(client, kari, provider):
    provider.refuses = "access_denied"
    assert "Sign-in was stopped" in told(sign_in(client))


@pytest.mark.parametrize("trouble", ["server_error", "temporarily_unavailable"])
def test_trouble_at_the_provider_is_said_in_words(client, kari, provider, trouble):
    provider.refuses = trouble
    assert "Sign-in did not work" in told(sign_in(client))


def test_a_provider_that_is_gone_is_said_in_words(client, kari, settings):
    with providing(sub="17") as gone:
        settings.SOCIALACCOUNT_PROVIDERS = gone.app()
    assert "Sign-in did not work" in told(client.get(LOGIN))


def test_an_answer_nobody_asked_for_opens_nothing(client, kari, provider):
    address = way_back(client)
    stranger = type(client)()
    assert "Sign-in did not work" in told(stranger.get(address, follow=True))
    assert signed_in(stranger) is None
    altered = address.replace("state=", "state=x")
    assert "Sign-in did not work" in told(client.get(altered, follow=True))


def test_an_answer_counts_once(client, kari, provider):
    address = way_back(client)
    client.get(address)
    client.logout()
    client.get(address)
    assert signed_in(client) is None


def test_accounts_are_not_tied_to_the_provider(client, kari, provider):
    provider.claims["email"] = "somebody.else@example.org"
    client.force_login(kari, backend="allauth.account.auth_backends.AuthenticationBackend")
    sign_in(client, LOGIN + "?process=connect")
    assert SocialAccount.objects.count() == 0


def test_the_sign_in_page_offers_it(client, provider):
    assert f'href="{LOGIN}' in told(client.get("/en/konto/login/"))


def test_without_a_provider_there_is_no_such_address(client):
    assert client.get(LOGIN).status_code == 404
    assert "/oidc/" not in told(client.get("/en/konto/login/"))

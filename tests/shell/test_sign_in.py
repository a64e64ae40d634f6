"""The staff's sign-in pages, which allauth makes, stand on the shell like every other page."""

import pytest
from django.contrib.auth import get_user_model

from tests.shell.pages import Page, words

pytestmark = pytest.mark.urls("tests.shell.urls")


@pytest.mark.django_db
def test_the_sign_in_page_has_help_and_a_form(client):
    page = Page(client.get("/en/konto/login/").content.decode())
    assert page.unbalanced == []
    assert words(page.one("h1").text) == "Sign in to the office"
    assert {"login", "password"} <= {e.attrs.get("name") for e in page.all("input")}
    assert [e for e in page.all("a") if e.attrs["href"] == "tel:116117"]
    assert [
        s for s in page.all("script") if "src" not in s.attrs and s.attrs.get("type") != "application/json"
    ] == []


@pytest.mark.django_db
def test_a_wrong_password_keeps_the_address_and_says_so(client):
    response = client.post("/en/konto/login/", {"login": "kari@example.org", "password": "wrong"})
    page = Page(response.content.decode())
    assert page.one("input", name="login").attrs["value"] == "kari@example.org"
    assert "value" not in page.one("input", name="password").attrs
    assert page.one("div", role="alert")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/konto/logout/", "/konto/2fa/", "/konto/password/change/"])
def test_pages_of_one_s_own_account_stand_on_the_shell(client, path):
    client.force_login(get_user_model().objects.create(email="kari@example.org"))
    response = client.get(path)
    page = Page(response.content.decode())
    assert response.status_code in {200, 302}
    if response.status_code == 200:
        assert len(page.all("main")) == len(page.all("h1")) == 1
        assert page.unbalanced == []

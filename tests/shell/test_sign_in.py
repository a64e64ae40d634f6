"""The staff's sign-in pages, which allauth makes, stand on the shell like every other page."""

import pytest
from django.contrib.auth import get_user_model
from django.template import Context, Origin, Template

from tests.shell.pages import Page, words

pytestmark = pytest.mark.urls("tests.shell.urls")


def element(markup, **context):
    """What one of allauth's elements draws, as a page."""
    origin = Origin("page.html", template_name="page.html")
    return Page(Template("{% load allauth %}" + markup, origin=origin).render(Context(context)))


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


def test_a_button_is_ours_and_a_dangerous_one_says_so():
    tag = "{% element button type='submit' tags='danger,delete' name='a' value='<' %}Go{% endelement %}"
    button = element(tag).one("button")
    assert button.attrs["class"] == "ds-button"
    assert (button.attrs["data-color"], button.attrs["value"], words(button.text)) == ("danger", "<", "Go")


def test_a_button_with_an_address_is_a_link():
    link = element("{% element button href='/x/' %}Go{% endelement %}").one("a")
    assert (link.attrs["href"], words(link.text)) == ("/x/", "Go")


def test_a_field_keeps_its_value_and_is_tied_to_its_help():
    page = element(
        "{% element field id='f' type='text' value=v disabled=True %}{% slot label %}Key{% endslot %}"
        "{% slot help_text %}Keep it.{% endslot %}{% endelement %}",
        v='"><b>',
    )
    assert page.by_id("f").attrs["value"] == '"><b>'
    assert page.by_id(page.by_id("f").attrs["aria-describedby"]).text == "Keep it."
    assert page.one("label").attrs["for"] == "f"

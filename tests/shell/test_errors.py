"""Error pages: help on each, in the language of the page, and something to read even when all else fails."""

import pytest
from django.template import engines
from django.test import Client

from rundbord.shell import errors, last_resort
from tests.shell.pages import Page, words

pytestmark = pytest.mark.urls("tests.shell.urls")

HELP = {"113", "116117", "116123", "22400040"}
WAYS = [("/nowhere/", 404), ("/crash/", 500), ("/refuse/", 403), ("/suspect/", 400), ("/closed/", 503)]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def dialled(page):
    """The numbers one can tap on a page."""
    return {
        e.attrs["href"].removeprefix("tel:")
        for e in page.all("a")
        if e.attrs.get("href", "").startswith("tel:")
    }


@pytest.mark.parametrize(("path", "status"), WAYS)
@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_each_trouble_has_its_page_with_help_in_the_language(client, path, status, language):
    response = client.get(language + path)
    page = Page(response.content.decode())
    assert response.status_code == status
    assert dialled(page) >= HELP
    assert page.one("html").attrs["lang"] == (language or "/nb")[1:]
    assert page.one("h1").text
    assert page.unbalanced == []


@pytest.mark.parametrize(("path", "status"), WAYS)
def test_trouble_is_never_kept_and_never_found(client, path, status):
    response = client.get(path)
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize(("path", "status"), WAYS)
def test_no_trouble_tells_what_went_wrong_inside(client, path, status):
    text = client.get(path).content.decode()
    assert "kari@example.org" not in text
    assert "Traceback" not in text and "ZeroDivision" not in text


def test_a_form_left_open_too_long_says_that_nothing_was_sent():
    response = Client(enforce_csrf_checks=True).post("/en/form/", {"x": "1"})
    page = Page(response.content.decode())
    assert response.status_code == 403
    assert "Nothing was sent" in words(page.one("main").text)
    assert dialled(page) >= HELP


def test_maintenance_says_when_to_come_back(client):
    assert client.get("/closed/")["Retry-After"] == "600"


def test_unknown_pages_look_alike_whatever_their_address(client):
    one, two = client.get("/en/nowhere/"), client.get("/en/elsewhere/")
    assert one.content == two.content
    assert dict(one.headers) == dict(two.headers)


def test_fixed_text_stands_in_when_the_templates_are_broken(client, monkeypatch):
    loaders = engines["django"].engine.template_loaders
    monkeypatch.setattr(engines["django"].engine, "template_loaders", [])
    for loader in loaders:
        if hasattr(loader, "reset"):
            loader.reset()
    response = client.get("/crash/")
    page = Page(response.content.decode())
    assert response.status_code == 500
    assert dialled(page) == HELP
    assert page.one("h1").text == "Noe gikk galt hos oss"
    assert page.unbalanced == []


def test_a_crash_page_asks_no_database(client):
    # No database is allowed in this test: a query would fail it.
    assert client.get("/crash/").status_code == 500


def test_the_fixed_text_needs_no_style_and_no_script():
    page = Page(last_resort.page(500))
    assert not {"style", "script", "link", "img"} & {e.name for e in page.elements}


def test_every_trouble_says_something_to_do():
    troubles = [t for t in vars(errors).values() if isinstance(t, errors.Trouble)]
    assert len(troubles) == 7
    assert all(str(t.heading) and str(t.text).endswith(".") for t in troubles)

"""What stands on every page: help, languages, a way out; and nothing from anywhere else."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from rundbord.shell.gallery import BASES
from tests.shell.pages import Page, words

pytestmark = pytest.mark.urls("tests.shell.urls")

HELP = {"113", "116117", "116123", "22400040"}
KINDS = list(BASES)


def page_of(client, kind, query="", language=""):
    """The gallery on one base, as a page."""
    response = client.get(f"{language}/gallery/{kind}/{query}")
    assert response.status_code == 200
    return Page(response.content.decode())


@pytest.mark.parametrize("kind", KINDS)
def test_every_base_shows_the_help_lines_and_a_human(client, kind):
    numbers = {
        e.attrs["href"].removeprefix("tel:")
        for e in page_of(client, kind).all("a")
        if "tel:" in e.attrs["href"]
    }
    assert numbers == HELP | {"35000000"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["", "?wrong=1"])
def test_every_base_is_well_formed_with_one_of_each_landmark(client, kind, query):
    page = page_of(client, kind, query)
    assert page.unbalanced == []
    assert (
        len(page.all("main"))
        == len(page.all("h1"))
        == len(page.all("header"))
        == len(page.all("footer"))
        == 1
    )
    assert len(page.ids()) == len(set(page.ids()))
    assert page.one("a", class_="ds-skip-link").attrs["href"] == "#" + page.one("main").attrs["id"]


NAMED_ONLY = {"canonical", "alternate"}  # the page's own addresses, which no browser goes to


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_fetched_from_anywhere_else(client, kind):
    page = page_of(client, kind)
    fetched = [
        e.attrs.get("src") or e.attrs.get("href")
        for e in page.elements
        if e.name in {"link", "script", "img"} and e.attrs.get("rel") not in NAMED_ONLY
    ]
    assert fetched
    assert [address for address in fetched if not address.startswith("/static/")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_style_and_no_script_inside_the_page(client, kind):
    page = page_of(client, kind)
    assert page.all("style") == []
    assert [s for s in page.all("script") if s.text.strip() or "src" not in s.attrs] == []
    assert [e for e in page.elements if "style" in e.attrs or any(a.startswith("on") for a in e.attrs)] == []


def test_a_public_page_is_named_and_may_be_found(client):
    page = page_of(client, "public")
    assert page.all("title")[0].text == "Gallery – Rundbord"
    assert page.all("meta", name="robots") == []


def test_a_private_page_never_says_its_own_name(client):
    with translation.override("en"):
        page = page_of(client, "private", language="/en")
    assert page.all("title")[0].text == "My page – Rundbord"
    assert page.one("meta", name="robots").attrs["content"] == "noindex, nofollow, noarchive"


def test_office_pages_stay_out_of_search_and_bring_htmx_without_styles(client):
    page = page_of(client, "office")
    assert "noindex" in page.one("meta", name="robots").attrs["content"]
    assert '"includeIndicatorStyles": false' in page.one("meta", name="htmx-config").attrs["content"]
    assert [s for s in page.all("script") if "htmx" in s.attrs["src"]]


@pytest.mark.parametrize("kind", ["public", "private"])
def test_pages_for_people_carry_no_htmx(client, kind):
    assert [s for s in page_of(client, kind).all("script") if "htmx" in s.attrs["src"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_out_works_without_scripts_and_tells_nothing(client, kind):
    (leave,) = [e for e in page_of(client, kind).all("a") if "data-leave" in e.attrs]
    assert leave.attrs["href"].startswith("https://")
    assert "noreferrer" in leave.attrs["rel"]


@pytest.mark.parametrize(("language", "code"), [("", "nb"), ("/nn", "nn"), ("/en", "en")])
def test_the_language_switch_keeps_the_page_and_the_query(client, language, code):
    page = page_of(client, "private", "?wrong=1&x=a%20b", language)
    links = {e.attrs["hreflang"]: e.attrs for e in page.all("a") if "hreflang" in e.attrs}
    assert {c: a["href"] for c, a in links.items()} == {
        "nb": "/gallery/private/?wrong=1&x=a%20b",
        "nn": "/nn/gallery/private/?wrong=1&x=a%20b",
        "en": "/en/gallery/private/?wrong=1&x=a%20b",
    }
    assert [c for c, a in links.items() if "aria-current" in a] == [code]
    assert all(client.get(a["href"]).status_code == 200 for a in links.values())
    assert page.one("html").attrs["lang"] == code


def test_a_language_read_from_the_right_turns_the_page(client, settings):
    with translation.override("ar"):
        html = Template('{% extends "shell/base.html" %}').render(Context({}))
    assert Page(html).one("html").attrs["dir"] == "rtl"


def test_without_a_phone_only_the_help_lines_stand(settings, client):
    settings.RUNDBORD_HELP_PHONE = ""
    page = Page(client.get("/nowhere/").content.decode())
    assert {e.attrs["href"].removeprefix("tel:") for e in page.all("a") if "tel:" in e.attrs["href"]} == HELP


def test_routes_that_are_not_there_are_left_out(client):
    page = page_of(client, "public")
    assert [e for e in page.all("a") if "footer" in e.inside] == []
    assert page.one("a", class_="rb-brand").attrs["href"] == "/"


def test_messages_are_told_once_in_a_place_that_is_listened_to():
    request = RequestFactory().get("/")
    told = [{"level_tag": "error", "text": "<b>No</b>"}]
    html = Template('{% extends "shell/base.html" %}').render(Context({"messages": told, "request": request}))
    page = Page(html)
    place = page.one("div", class_="rb-messages")
    assert (place.attrs["role"], place.attrs["aria-live"]) == ("status", "polite")
    assert page.all("div", class_="ds-alert")[0].attrs["data-color"] == "danger"
    assert "<b>No</b>" in words(place.text)

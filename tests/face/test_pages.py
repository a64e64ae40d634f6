"""What holds for every page open to anyone: it opens, help stands on it, nothing comes from others."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest

from rundbord.shell.help_lines import HELP_LINES
from rundbord.surfaces.public.forms import STEPS
from tests.face.pages import LANGUAGES

pytestmark = pytest.mark.django_db
FETCHED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "use": "href", "form": "action"}
NOT_FETCHED = {"canonical", "alternate", "author", "license"}


class Fetches(HTMLParser):
    """Addresses a browser asks by itself, or sends a form to; and the numbers one can ring."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.numbers: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if about.get("href", "").startswith("tel:"):
            self.numbers.add(about["href"].removeprefix("tel:"))
        if NOT_FETCHED & set(about.get("rel", "").split()):
            return
        if about.get(FETCHED.get(tag, "")):
            self.found.append(about[FETCHED[tag]])


def test_there_are_pages_in_each_language(shown: Any) -> None:
    """The first and the last of what has to be read are there; the list itself comes from the addresses."""
    routes = {language: {page.route for page in shown if page.language == language} for language in LANGUAGES}
    assert routes["nb"] >= {"public:front", "public:find", "public:group", "public:wish", "public:offices"}
    assert routes["nb"] == routes["nn"] == routes["en"]


def test_every_page_opens(shown: Any) -> None:
    assert [page.path for page in shown if page.status >= 500 and page.route] == []


def test_a_number_to_ring_stands_on_every_page(shown: Any) -> None:
    lines = {line.number for line in HELP_LINES}
    told = {}
    for page in shown:
        missing = {number.replace(" ", "") for number in lines} - Fetches(page.text).numbers
        if missing:
            told[page.language, page.name] = missing
    assert told == {}


def test_no_page_fetches_anything_from_others(shown: Any) -> None:
    told = {}
    for page in shown:
        strange = {each for each in Fetches(page.text).found if urlsplit(each).netloc}
        if strange:
            told[page.language, page.name] = strange
    assert told == {}


def test_a_place_costs_five_answers_at_most_and_a_yes() -> None:
    asked = {name for screen in STEPS for name in screen({}).errors}
    assert len(asked - {"consent"}) <= 5, asked
    assert {"contact", "consent"} <= asked

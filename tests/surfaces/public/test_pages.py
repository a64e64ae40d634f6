"""Pages to read."""

import re

import pytest

from rundbord.shell.help_lines import HELP_LINES
from tests.surfaces.mine.people import at, browser, page

TEXTS = [
    *("public:front", "public:find", "public:wish", "public:received", "public:what_is_it"),
    *("public:ground_rules", "public:help_lines", "public:privacy", "public:accessibility"),
    *("public:leave_page", "public:offices", "public:coverage"),
]
LANGUAGES = ["nb", "nn", "en"]


class TestTexts:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("route", TEXTS)
    def test_every_page_answers_in_every_language(self, organisation, route, language):
        answer = browser().get(at(route, language=language))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in text
        assert len(re.findall(r"<h1\b", text)) == 1
        assert all(line.number in text for line in HELP_LINES)
        assert at("public:leave_page", language=language) in text

    @pytest.mark.parametrize("route", sorted(set(TEXTS) - {"public:wish"}))
    def test_reading_leaves_no_cookie_and_may_be_kept(self, organisation, route):
        answer = browser().get(at(route))
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize("route", TEXTS)
    def test_nothing_comes_from_elsewhere(self, organisation, route):
        text = browser().get(at(route)).content.decode()
        # No browser goes where a page names its own address and its sisters in other languages.
        text = re.sub(r'<link rel="(?:canonical|alternate)"[^>]*>', "", text)
        loaded = re.findall(r'<(?:link|script|img|iframe|source)\b[^>]*?(?:href|src)="([^"]+)"', text)
        assert loaded and all(address.startswith("/") and not address.startswith("//") for address in loaded)

    def test_the_front_page_answers_five_questions_in_order(self, organisation):
        said = page(browser(), "public:front")
        questions = [
            "What is it?",
            "What happens when",
            "How often do",
            "Is it for me?",
            "What does it cost?",
        ]
        where = [said.index(question, said.index("What people ask first")) for question in questions]
        assert where == sorted(where)

    def test_the_front_page_leads_to_three_next_steps(self, organisation):
        text = browser().get(at("public:front")).content.decode()
        for route in ("public:find", "public:wish", "public:offices", "mine:again"):
            assert f'href="{at(route)}"' in text

    def test_offices_show_their_phone_and_kind(self, organisation, twin):
        said = page(browser(), "public:offices")
        assert organisation.name in said and twin.name in said and "69 00 00 00" in said

    def test_no_office_yet(self, db):
        assert "No office has begun here yet." in page(browser(), "public:offices")

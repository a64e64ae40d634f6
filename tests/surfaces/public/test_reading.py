"""The texts as pages: every one in every language, with the easy-read switch in the address."""

import re
from html import unescape

import pytest

from rundbord.content import queries as content
from rundbord.shell.help_lines import HELP_LINES, MORE_LINES
from rundbord.surfaces.public.reading import READINGS
from rundbord.topics.catalogue import Topic
from tests.surfaces.mine.people import at, browser, words

LANGUAGES = ["nb", "nn", "en"]
OTHERS = ["reading", "topics", "help_lines"]
EASY = [one for one in READINGS if content.text(one.slug, "nb").easy]
NAMES = [*(one.name for one in READINGS), *OTHERS]


def opened(name, language="en", **query):
    answer = browser().get(at(f"public:{name}", language=language), query)
    assert answer.status_code == 200
    return answer.content.decode()


class TestEveryPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", NAMES)
    def test_it_answers_without_asking_the_database(self, name, language, django_assert_num_queries):
        browser().get(at("public:leave_page"))
        with django_assert_num_queries(0):
            page = opened(name, language)
        assert len(re.findall(r"<h1\b", page)) == 1
        assert re.search(r'<meta name="description" content="[^"]{20,}">', page)
        assert re.search(r"<title>[^<]{3,} – Rundbord</title>", page)
        assert "page:" not in page

    @pytest.mark.parametrize("name", NAMES)
    def test_no_place_on_a_page_has_the_name_of_another(self, name):
        places = re.findall(r'\sid="([^"]+)"', opened(name, alle="1"))
        assert len(places) == len(set(places))

    @pytest.mark.parametrize("name", NAMES)
    def test_what_it_points_to_on_the_page_is_there(self, name):
        page = opened(name)
        wanted = set(re.findall(r'href="#([^"]+)"', page)) | set(
            re.findall(r'aria-labelledby="([^"]+)"', page)
        )
        assert wanted <= set(re.findall(r'\sid="([^"]+)"', page))

    def test_every_link_leads_somewhere(self, organisation):
        inside = [opened(name).split("<main")[1].split("</main>")[0] for name in NAMES]
        links = {unescape(found) for page in inside for found in re.findall(r'href="(/[^"#]*)', page)}
        assert len(links) > len(NAMES)
        client = browser()
        assert [link for link in links if client.get(link).status_code != 200] == []


class TestText:
    def test_title_lead_and_body_are_those_of_the_file(self):
        page = opened("what_is_it", "nn")
        text = content.text("what-it-is", "nn")
        assert text.title in page and text.lead in page
        assert all(f'<h2 id="{each.anchor}">{each.words}</h2>' in page for each in text.headings)

    def test_a_long_text_shows_its_contents_and_a_short_one_does_not(self):
        text = content.text("what-it-is", "en")
        assert all(f'<a href="#{each.anchor}">' in opened("what_is_it") for each in text.headings)
        assert 'href="#part-1"' not in opened("what_is_it", lett="1")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("reading", EASY, ids=lambda reading: reading.slug)
    def test_easy_words_have_an_address_of_their_own(self, reading, language):
        whole, easy = opened(reading.name, language), opened(reading.name, language, lett="1")
        text = content.text(reading.slug, language)
        here = at(f"public:{reading.name}", language=language)
        assert f'href="{here}?lett=1"' in whole and text.html[:80] in whole.replace("&#x27;", "'")
        assert text.easy.lead in unescape(easy) and text.lead not in unescape(easy)
        assert f'href="{here}"' in easy.split("<main")[1]

    def test_the_other_languages_keep_the_easy_words(self):
        assert f'href="{at("public:what_is_it", language="nn")}?lett=1"' in opened("what_is_it", lett="1")

    def test_nothing_is_remembered(self):
        answer = browser().get(at("public:what_is_it"), {"lett": "1"})
        assert not answer.cookies

    def test_no_easy_words_and_none_are_offered(self):
        plain = next(one for one in READINGS if one not in EASY)
        assert "lett=1" not in opened(plain.name).split("<main")[1]
        assert content.text(plain.slug, "en").lead in unescape(opened(plain.name, lett="1"))


class TestOverview:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_leads_to_every_text(self, language):
        page = opened("reading", language)
        for reading in READINGS:
            assert f'href="{at(f"public:{reading.name}", language=language)}"' in page.split("<main")[1]
            assert content.text(reading.slug, language).title in unescape(page)

    def test_every_page_leads_to_it(self):
        assert f'href="{at("public:reading")}"' in opened("help_lines").split("<main")[0]


class TestTopics:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_all_stand_on_one_page_folded(self, language):
        page = opened("topics", language)
        assert page.count("<details") == len(Topic) and not re.search(r"<details[^>]*\sopen", page)
        for topic in Topic:
            text = content.text(f"topics/{topic.value}", language)
            assert text.title in unescape(page) and text.lead in unescape(page)

    def test_they_can_all_be_unfolded(self):
        page = opened("topics", alle="1")
        assert len(re.findall(r"<details[^>]*\sopen", page)) == len(Topic)

    def test_no_address_tells_which_one_is_read(self):
        page = opened("topics").split("<main")[1].split("</main>")[0]
        told = re.findall(r'(?:href|id|name)="([^"]*)"', page)
        assert not [found for found in told for topic in Topic if topic.value in found]
        assert browser().get(at("public:topics") + "grief/").status_code == 404


class TestHelpLines:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_number_with_the_day_it_was_checked(self, language):
        page = opened("help_lines", language)
        for line in (*HELP_LINES, *MORE_LINES):
            assert f'href="tel:{line.number.replace(" ", "")}"' in page.split("<main")[1].split("</main>")[0]
        assert words(browser().get(at("public:help_lines"))).count("Checked on Nov. 28, 2026") == len(
            (*HELP_LINES, *MORE_LINES)
        )

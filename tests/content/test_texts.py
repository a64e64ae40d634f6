"""What the texts are held to: plain words, the same in each language, and no word that wrongs people."""

import re
from html import unescape

import pytest

from rundbord.content.queries import slugs, text
from rundbord.content.rules import Text
from rundbord.topics.catalogue import Topic
from tests.content.lix import lix, plain_words

LANGUAGES = ["nb", "nn", "en"]
SLUGS = sorted(slugs("nb"))
WITH_EASY = [
    *("what-it-is", "first-meeting", "mixed-or-topic"),
    *("ground-rules", "digital-groups", "privacy"),
]
MOST = {"whole": 35, "easy": 25}
# Verbs are not meant: "gruppa leder seg selv", "gruppa bruker en videotjeneste".
WRONGS = {
    "nb": r"brukere?n|brukerne|en bruker|pasient\w*|klient\w*|medlem\w*|fasilitator\w*"
    r"|ledere?n|lederne|lederløs\w*|(?:en|ingen|har|være|blir) leder",
    "nn": r"brukar\w*|pasient\w*|klient\w*|medlem\w*|fasilitator\w*|leiar\w*",
    "en": r"users?|patients?|clients?|members?|facilitators?|leaders?",
}


def both(slug: str, language: str) -> list[tuple[str, Text]]:
    """The text and, where there is one, its easy-read variant."""
    whole = text(slug, language)
    return [("whole", whole), *([("easy", whole.easy)] if whole.easy else [])]


def plain(shown: Text) -> str:
    """Everything a reader reads, one heading, paragraph or list item a line."""
    return "\n".join([shown.title, shown.lead, unescape(plain_words(shown.html))])


def shape(shown: Text) -> list[str]:
    """The headings, paragraphs and list items in order, and where the text leads."""
    return [*re.findall(r"<(h[2-6]|p|li|ol|ul|strong)\b", shown.html), *sorted(shown.pages)]


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("slug", SLUGS)
def test_plain_enough_for_a_tired_evening(slug, language):
    for kind, shown in both(slug, language):
        assert lix(plain(shown)) <= MOST[kind], (kind, lix(plain(shown)))


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("slug", SLUGS)
def test_no_sentence_is_long(slug, language):
    for _kind, shown in both(slug, language):
        said = re.split(r"[.!?:](?=\s|$|»)|\n", plain(shown))
        assert [one for one in said if len(one.split()) > 20] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_texts_in_each_language(language):
    assert slugs(language) == slugs("nb")
    assert {slug for slug in SLUGS if text(slug, language).easy} == set(WITH_EASY)
    assert {f"topics/{topic.value}" for topic in Topic} <= slugs(language)


@pytest.mark.parametrize("language", ["nn", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_same_parts_in_each_language(slug, language):
    for (_, mine), (_, theirs) in zip(both(slug, language), both(slug, "nb"), strict=True):
        assert shape(mine) == shape(theirs)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_language_has_words_of_its_own(slug):
    assert len({text(slug, language).html for language in LANGUAGES}) == len(LANGUAGES)
    assert all(text(slug, language).checked_by is None for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_nobody_is_called_what_she_is_not(slug, language):
    for _kind, shown in both(slug, language):
        assert re.findall(rf"\b(?:{WRONGS[language]})\b", plain(shown), re.IGNORECASE) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_no_html_and_no_markdown_is_left_to_read(slug, language):
    for _kind, shown in both(slug, language):
        assert not re.search(r"&lt;|\*\*|\]\(|^#|^- ", shown.html, re.MULTILINE)


class TestLix:
    def test_words_a_sentence_and_long_words(self):
        # 8 words, 2 sentences, 2 long words: 8/2 + 100 * 2/8
        assert lix("Samtalen er verktøyet i gruppa. Du sier lite.") == pytest.approx(4 + 25)

    def test_a_heading_and_a_list_item_end_as_sentences_do(self):
        html = "<h2>Slik er det</h2>\n<ul>\n<li>Det er <b>fritt</b></li>\n<li>Du er her</li>\n</ul>"
        assert lix(plain_words(html)) == pytest.approx(3)

    def test_heavy_words_weigh(self):
        assert lix("Kompetanseutvikling forutsetter tverrsektoriell samhandling.") > 100

    def test_nothing_weighs_nothing(self):
        assert lix("") == 0

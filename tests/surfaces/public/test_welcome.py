"""The welcome pages: seven texts each in five languages, and honesty about who has read them."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from rundbord.content import queries
from rundbord.shell.help_lines import HELP_LINES
from rundbord.shell.languages import OWN_NAMES, WELCOME
from rundbord.surfaces.public.views import welcome
from tests.surfaces.mine.people import at, browser

UNCHECKED = "Ingen som har dette språket som morsmål, har lest teksten ennå."
# What stands in Latin letters in any language: Norwegian words and names.
LETTERS = {
    "uk": r"[А-ЯҐЄІЇа-яґєії]",
    "ar": r"[\u0621-\u064a]",
    "pl": r"[a-zżźćńółęąś]",
    "se": r"[a-záčđŋšŧž]",
    "so": r"[a-z]",
}
OWN = {"uk": "їєі", "ar": "ةىؤ", "pl": "ąęł", "se": "đŋá", "so": "’"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def phone(settings):
    """A phone to a human, known without asking anybody."""
    settings.RUNDBORD_HELP_PHONE = "69 00 00 00"


def shown(language, prefix="nb"):
    """The page as it is sent; `prefix` is the language of what surrounds it."""
    answer = browser().get(at("public:welcome", language, language=prefix))
    assert answer.status_code == 200
    return answer.content.decode()


def said(html):
    """The words of the page's own part, without the frame round it."""
    main = html.split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def marked_checked(monkeypatch, names):
    """Lets `names` have read the texts: a name for each slug in it."""

    def text(slug, language):
        return replace(queries.text(slug, language), checked_by=names.get(slug, ""))

    monkeypatch.setattr(welcome, "text", text)


@pytest.mark.parametrize("language", WELCOME)
class TestPage:
    def test_it_says_its_language_and_direction(self, language):
        html = shown(language)
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
        assert len(re.findall(r"<h1\b", html)) == 1

    def test_all_seven_texts_are_reached_from_the_contents(self, language):
        html = shown(language)
        contents = html.split('class="rb-contents')[1].split("</nav>")[0]
        for number, slug in enumerate(welcome.CORE, 1):
            text = queries.text(slug, language)
            assert f'<a href="#part-{number}">{text.title}</a>' in contents
            assert f'<h2 id="part-{number}">{text.title}</h2>' in html
            assert text.lead in said(html)

    def test_it_leads_to_the_wish_and_to_the_groups(self, language):
        html = shown(language)
        main = html.split("<main")[1].split("</main>")[0]
        assert f'href="{at("public:wish", language="nb")}"' in main
        assert f'href="{at("public:find", language="nb")}"' in main
        assert queries.words(language)["norwegian"] in main

    def test_each_number_stands_in_the_text_and_in_the_frame(self, language):
        html = shown(language)
        for line in HELP_LINES:
            href = f"tel:{line.number.replace(' ', '')}"
            assert f'<a href="{href}" dir="ltr">{line.number}</a>' in html.split("</main>")[0]
            assert f'<a class="rb-phone" href="{href}"><bdi dir="ltr">{line.number}</bdi></a>' in html

    def test_a_human_can_be_rung(self, language):
        words = queries.words(language)
        main, below = shown(language).split("</main>")
        for part in (main, below):
            assert 'href="tel:69000000"' in part and words["phone_text"] in part

    def test_leaving_and_the_frame_are_said_in_the_language(self, language):
        words = queries.words(language)
        html = shown(language)
        for word in ("leave", "skip", "find", "wish", "help"):
            assert words[word] in html
        assert 'class="rb-footer" lang="nb" dir="ltr"' in html
        assert "Forlat siden" not in html.split("rb-footer")[0]

    def test_norwegian_words_are_marked_as_norwegian(self, language):
        html = shown(language)
        assert '<em lang="nb">igangsetter</em>' in html and '<em lang="nb">legevakt</em>' in html
        assert "<em>" not in html

    def test_nobody_has_read_it_yet_and_that_is_said_twice(self, language):
        html = shown(language)
        assert queries.words(language)["unchecked"] in html
        assert f'lang="nb" dir="ltr">{UNCHECKED}' in html
        assert queries.words(language)["checked_by"] not in html

    def test_who_has_read_it_is_said_at_each_text(self, language, monkeypatch):
        marked_checked(monkeypatch, dict.fromkeys(welcome.CORE, "Ida Prøve"))
        html = shown(language)
        assert html.count(f"{queries.words(language)['checked_by']} <bdi>Ida Prøve</bdi>") == 7
        assert queries.words(language)["unchecked"] not in html and UNCHECKED not in html

    def test_one_text_nobody_has_read_is_enough_to_say_so(self, language, monkeypatch):
        marked_checked(monkeypatch, dict.fromkeys(welcome.CORE[1:], "Ida Prøve"))
        html = shown(language)
        assert UNCHECKED in html and html.count("Ida Prøve") == 6

    def test_no_database_is_asked(self, language, django_assert_num_queries):
        with django_assert_num_queries(0):
            shown(language)

    def test_it_may_be_kept_and_leaves_no_cookie(self, language):
        answer = browser().get(at("public:welcome", language))
        assert answer.headers["Cache-Control"] == "no-cache" and not answer.cookies

    def test_the_letters_are_those_of_the_language(self, language):
        texts = [queries.text(slug, language) for slug in welcome.CORE]
        words = re.sub(r"<em>.*?</em>|<[^>]*>", " ", " ".join(text.html for text in texts))
        letters = [letter for letter in words.lower() if letter.isalpha()]
        ours = [letter for letter in letters if re.match(LETTERS[language], letter)]
        assert len(ours) / len(letters) > 0.95
        assert all(letter in words for letter in OWN[language])

    def test_the_surroundings_say_they_are_nynorsk_or_english(self, language):
        for prefix in ("nn", "en"):
            assert f'class="rb-footer" lang="{prefix}"' in shown(language, prefix)


@pytest.mark.parametrize("language", ["nb", "en", "xx", "AR", "ar.easy", "..%2Fnb", "words"])
def test_a_language_we_have_no_texts_in(language):
    answer = browser().get(reverse("public:welcome", args=["ar"]).replace("/ar/", f"/{language}/"))
    assert answer.status_code == 404


@pytest.mark.parametrize("slug", welcome.CORE)
def test_every_language_says_the_same_in_the_same_order(slug):
    texts = [queries.text(slug, language) for language in WELCOME]
    assert len({len(text.headings) for text in texts}) == 1
    assert len({tuple(re.findall(r"tel:\d+|<li>|page:\w+", text.html)) for text in texts}) == 1
    for text in texts:
        length = len(re.sub(r"<[^>]*>", " ", f"{text.lead} {text.html}").split())
        assert 80 <= length <= 190, f"{text.language}/{text.slug}: {length} words"


def test_no_language_has_more_texts_or_other_words_than_the_rest():
    assert {queries.slugs(language) for language in WELCOME} == {frozenset(welcome.CORE)}
    spoken = [queries.words(language) for language in WELCOME]
    assert len({tuple(sorted(words)) for words in spoken}) == 1
    for words in spoken:
        assert list(words["lines"]) == [line.number for line in HELP_LINES]
        assert all(
            word.strip() for word in (*words["lines"].values(), words["unchecked"], words["checked_by"])
        )


@pytest.mark.parametrize("language", ["nb", "xx", "../nb"])
def test_words_that_are_not_there(language):
    with pytest.raises(queries.NoSuchText):
        queries.words(language)


def test_every_page_leads_to_the_five_languages():
    footer = browser().get(at("public:privacy", language="en")).content.decode().split("<footer")[1]
    for language in WELCOME:
        url = at("public:welcome", language, language="en")
        assert f'<a href="{url}" lang="{language}" hreflang="{language}">{OWN_NAMES[language]}</a>' in footer


def test_other_pages_keep_their_language_and_their_words():
    html = browser().get(at("public:privacy", language="nb")).content.decode()
    assert '<html lang="nb" dir="ltr"' in html and '<footer class="rb-footer">' in html
    assert "noto-sans-arabic" not in html and "welcome/" not in html

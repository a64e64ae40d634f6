"""The small things on a page, with ordinary and with odd content."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel import week
from rundbord.kernel.ids import new_id
from rundbord.kernel.ids import pid as public
from rundbord.shell import icons, states
from rundbord.shell.arc import Step
from tests.shell.pages import Page, words

pytestmark = pytest.mark.urls("tests.shell.urls")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def drawn(tag, **context):
    """What a piece of template draws, as a page."""
    return Page(Template("{% load shell %}" + tag).render(Context(context)))


def text(tag, **context):
    """What a piece of template draws, as text."""
    return words(Template("{% load shell %}" + tag).render(Context(context)))


# Filters


def test_a_public_id_or_nothing():
    row = new_id()
    assert text("{{ row|pid }}", row=row) == public(row)
    assert text("{{ row|pid }}", row=None) == text("{{ row|pid }}", row="x") == ""


@pytest.mark.parametrize("odd", [None, -1, 35, "9", 4.5])
def test_what_is_no_slot_has_no_label(odd):
    assert text("{{ slot|slot_label }}{{ slot|slot_short }}", slot=odd) == ""


def test_slots_are_said_as_the_week_says_them():
    assert text("{{ slot|slot_label }}", slot=9) == week.label(9)
    assert text("{{ slot|slot_short }}", slot=0) == week.short_label(0)


# The arc


def steps():
    return [
        Step("Your <wish>", "done", when=date(2027, 1, 4)),
        Step("A talk", "skipped"),
        Step("Waiting", "here", "We lack a <starter>."),
        Step("An offer", "ahead", when=datetime(2027, 1, 11, 23, 30, tzinfo=UTC)),
    ]


def test_the_arc_is_an_ordered_list_with_one_you_are_here():
    page = drawn("{% arc steps %}", steps=steps())
    assert len(page.one("ol").text) > 0
    items = page.all("li")
    assert [item.attrs.get("aria-current") for item in items] == [None, None, "step", None]
    assert "You are here" in items[2].text
    assert page.unbalanced == []


def test_each_step_says_in_words_where_it_stands():
    said = [words(item.text) for item in drawn("{% arc steps %}", steps=steps()).all("li")]
    assert said[0].startswith("Your <wish> (done)")
    assert said[1] == "A talk (skipped)"
    assert said[2] == "Waiting You are here We lack a <starter>."
    assert said[3].startswith("An offer Tuesday 12 January")


def test_an_arc_without_steps_is_nothing():
    assert text("{% arc steps %}", steps=None) == text("{% arc steps %}", steps=[]) == ""


# States


@pytest.mark.parametrize("code", list(states.STATES))
def test_every_known_state_has_words_and_a_colour(code):
    tag = drawn("{% state_tag code %}", code=code).one("span")
    assert words(tag.text)
    assert tag.attrs["data-color"] in {"success", "warning", "info", "neutral", "danger"}


def test_a_state_nobody_knows_is_shown_as_words():
    assert text("{{ x }}{% state_tag 'on_the_moon' %}").endswith(">On the moon</span>")


def test_the_words_of_an_organisation_win():
    tag = drawn("{% state_tag 'open' label 'warning' %}", label="<Ledig>").one("span")
    assert (tag.text, tag.attrs["data-color"]) == ("<Ledig>", "warning")


@given(st.text(max_size=20))
def test_any_code_is_drawn_safely(code):
    page = drawn("{% state_tag code %}", code=code)
    assert [e.name for e in page.elements] == ["span"]


# Bars


@pytest.mark.parametrize(
    ("share", "value"), [(0, "0"), (0.4, "40"), (1, "100"), (7, "100"), (-1, "0"), (None, None), (1e-9, "0")]
)
def test_progress_stays_between_nothing_and_all(share, value):
    page = drawn("{% progress share 'Reading' %}", share=share)
    bar = page.one("progress")
    assert bar.attrs.get("value") == value
    assert bar.attrs["aria-label"] == "Reading"
    assert page.one("p", role="status").text == "Reading"


@pytest.mark.parametrize(
    ("value", "whole", "width"),
    [(7, 10, "70"), (0, 10, "0"), (3, 0, "0"), (None, 5, "0"), (9, 3, "100"), (-2, 4, "0")],
)
def test_a_meter_says_in_words_what_it_draws(value, whole, width):
    page = drawn("{% meter value whole '7 of 10' %}", value=value, whole=whole)
    assert page.one("rect", class_="rb-meter-part").attrs["width"] == width
    assert "7 of 10" in page.elements[0].text
    assert page.one("svg").attrs["aria-hidden"] == "true"


def test_the_stepper_says_where_one_is():
    page = drawn("{% stepper 2 5 %}")
    assert words(page.one("p").text) == "Step 2 of 5"
    assert len(page.all("span", class_="rb-seat-taken")) == 2
    assert len(page.all("span")) == 5


# Boxes


def test_a_card_with_an_address_is_one_link_in_its_heading():
    page = drawn("{% card heading=h level=3 href='/x/' %}<p>{{ h }}</p>{% endcard %}", h="Hol & <Gol>")
    assert page.one("a").attrs["href"] == "/x/"
    assert page.one("h3").text == page.one("p").text == "Hol & <Gol>"


@pytest.mark.parametrize(("tone", "colour"), [("", None), ("tinted", None), ("warm", "brand1")])
def test_the_tone_of_a_card(tone, colour):
    card = drawn("{% card tone=tone %}x{% endcard %}", tone=tone).one("div")
    assert card.attrs.get("data-color") == colour
    assert ("data-variant" in card.attrs) == bool(tone)


def test_a_notice_keeps_the_page_s_own_escaping():
    page = drawn("{% notice tone='danger' heading=h %}{{ h }}<b>x</b>{% endnotice %}", h="<i>")
    assert page.one("div").attrs["data-color"] == "danger"
    assert page.all("i") == [] and len(page.all("b")) == 1
    assert page.one("h2").text == "<i>"


def test_facts_without_a_value_are_left_out():
    page = drawn(
        "{% fact_list facts %}", facts=[("Where", "<Hol>"), ("When", ""), ("Who", None), ("Seats", 0)]
    )
    assert [e.text for e in page.all("dt")] == ["Where", "Seats"]
    assert [e.text for e in page.all("dd")] == ["<Hol>", "0"]


@pytest.mark.parametrize("facts", [None, [], [("x", "")]])
def test_no_facts_no_list(facts):
    assert text("{% fact_list facts %}", facts=facts) == ""


def test_an_empty_place_says_what_to_do_next():
    page = drawn("{% empty 'No one.' '/x/' 'Register' %}")
    assert page.one("p").text == "No one."
    assert (page.one("a").attrs["href"], page.one("a").text) == ("/x/", "Register")
    assert drawn("{% empty 'No one.' %}").all("a") == []


# Icons and buttons


@pytest.mark.parametrize("name", icons.names())
def test_an_icon_is_hidden_from_those_who_listen(name):
    svg = drawn("{% icon name %}", name=name).one("svg")
    assert svg.attrs["aria-hidden"] == "true"
    assert "style" not in svg.attrs


def test_an_icon_that_is_not_there_is_a_mistake_in_the_page():
    with pytest.raises(KeyError):
        text("{% icon 'unicorn' %}")


def test_a_post_button_sends_the_token_and_its_value():
    page = drawn(
        "{% post_button '/x/?a=1&b=2' label 'secondary' 'danger' name='answer' value=v %}",
        label="<Yes>", v='"', csrf_token="secret",
    )  # fmt: skip
    form, button = page.one("form"), page.one("button")
    assert (form.attrs["method"], form.attrs["action"]) == ("post", "/x/?a=1&b=2")
    assert page.one("input").attrs["value"] == "secret"
    assert (button.attrs["name"], button.attrs["value"], button.text) == ("answer", '"', "<Yes>")
    assert (button.attrs["data-variant"], button.attrs["data-color"]) == ("secondary", "danger")


def test_a_link_button_is_a_link():
    link = drawn("{% link_button '/x/' 'Go' icon='next' %}").one("a")
    assert (link.attrs["href"], link.text) == ("/x/", "Go")
    assert "data-variant" not in link.attrs


# Lists of pages


def request_at(path):
    return RequestFactory().get(path)


def test_pages_keep_the_other_questions_of_the_address():
    page = drawn(
        "{% pagination page %}",
        page=Paginator(range(50), 10).page(3),
        request=request_at("/x/?sted=Hol&side=3&a=%26"),
    )
    assert page.one("a", rel="prev").attrs["href"] == "?sted=Hol&side=2&a=%26"
    assert page.one("a", rel="next").attrs["href"] == "?sted=Hol&side=4&a=%26"
    assert "Page 3 of 5" in words(page.one("nav").text)


def test_the_first_and_the_last_page_have_one_neighbour():
    pages = Paginator(range(20), 10)
    assert [a.attrs["rel"] for a in drawn("{% pagination p %}", p=pages.page(1)).all("a")] == ["next"]
    assert [a.attrs["rel"] for a in drawn("{% pagination p %}", p=pages.page(2)).all("a")] == ["prev"]


def test_a_single_page_needs_no_paging():
    assert text("{% pagination p %}", p=Paginator([], 10).page(1)) == ""


def test_the_open_tab_is_marked():
    tabs = [("One", "/one/"), ("<Two>", "/two/", 0), ("Three", "/three/", 12)]
    page = drawn("{% tabs tabs %}", tabs=tabs, request=request_at("/two/?x=1"))
    assert [link.attrs.get("aria-current") for link in page.all("a")] == [None, "page", None]
    assert [words(link.text) for link in page.all("a")] == ["One", "<Two> 0", "Three 12"]


def test_a_table_keeps_its_meaning_when_it_turns_into_cards():
    page = drawn(
        "{% data_table columns rows 'Waiting' %}",
        columns=["Who", "<Where>"],
        rows=[["K.", "<Hol>"], ["M.", mark_safe("<a href='/x/'>Gol</a>")]],
    )
    assert page.one("caption").text == "Waiting"
    assert page.one("table").attrs["role"] == "table"
    assert [(e.attrs["scope"], e.attrs["role"]) for e in page.all("th") if "tbody" in e.inside] == [
        ("row", "rowheader")
    ] * 2
    assert [(e.text, e.attrs["data-label"]) for e in page.all("td")] == [
        ("<Hol>", "<Where>"),
        ("Gol", "<Where>"),
    ]
    assert page.unbalanced == []


def test_a_table_without_rows_has_heads_only():
    page = drawn("{% data_table columns rows %}", columns=["Who"], rows=[])
    assert len(page.all("th")) == 1 and page.all("td") == []


# Finding one's way


def test_a_way_that_is_not_there_leaves_nothing():
    assert text("{% nav_link 'public:moon' 'The moon' %}") == ""
    assert text("{% nav_link 'gallery_kind' 'No kind given' %}") == ""


def test_the_page_one_is_on_is_marked():
    page = drawn(
        "{% nav_link 'plain' here %}{% nav_link 'gallery_kind' 'There' kind='office' %}",
        here="<Here>",
        request=request_at("/en/plain/"),
    )
    here, there = page.all("a")
    assert (here.text, here.attrs.get("aria-current")) == ("<Here>", "page")
    assert (there.attrs["href"], "aria-current" in there.attrs) == ("/en/gallery/office/", False)


def test_a_card_must_be_closed():
    with pytest.raises(TemplateSyntaxError):
        text("{% card heading='x' %}")

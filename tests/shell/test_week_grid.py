"""The week grid: a real table of real checkboxes, each with its own words."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from rundbord.kernel import week
from rundbord.shell.forms import SlotsField
from tests.shell.pages import Page, words


class Form(forms.Form):
    """Only the grid."""

    slots = SlotsField(label="When can you come?", help_text="Two hours.", required=False)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def grid(form, tag="week_grid"):
    """The grid as a page."""
    return Page(Template("{% load shell %}{% " + tag + " bound %}").render(Context({"bound": form["slots"]})))


def test_seven_days_of_five_starts_each_once():
    boxes = grid(Form()).all("input", type="checkbox", name="slots")
    assert [int(box.attrs["value"]) for box in boxes] == list(week.SLOTS)
    assert len({box.attrs["id"] for box in boxes}) == 35


def test_each_box_says_its_day_and_time():
    page = grid(Form())
    said = {label.attrs["for"]: words(label.text) for label in page.all("label")}
    assert said == {f"id_slots_{slot}": week.label(slot) for slot in week.SLOTS}


def test_it_is_a_table_with_heads_for_days_and_starts():
    page = grid(Form())
    assert len(page.all("th", scope="col")) == 5
    days = [words(head.text) for head in page.all("th", scope="row")]
    assert len(days) == 7
    assert days[0].startswith("Monday") and days[6].startswith("Sunday")
    assert page.unbalanced == []


def test_the_table_is_one_question_with_a_hint():
    page = grid(Form())
    question = page.one("fieldset")
    assert words(page.one("legend").text) == "When can you come? (you can skip this)"
    assert page.by_id(question.attrs["aria-describedby"]).text == "Two hours."


def test_what_was_chosen_stays_chosen():
    chosen = [
        b.attrs["value"] for b in grid(Form({"slots": ["0", "9", "34"]})).all("input") if "checked" in b.attrs
    ]
    assert chosen == ["0", "9", "34"]
    initial = grid(Form(initial={"slots": [4]})).all("input")
    assert [b.attrs["value"] for b in initial if "checked" in b.attrs] == ["4"]


def test_rubbish_is_refused_and_the_rest_kept():
    page = grid(Form({"slots": ["9", "99", "<b>"]}))
    assert [b.attrs["value"] for b in page.all("input") if "checked" in b.attrs] == ["9"]
    assert "Please choose times in the table." in page.by_id("id_slots_error").text
    assert page.all("b") == []


def test_without_scripts_no_helper_is_shown():
    page = grid(Form())
    (helpers,) = [e for e in page.elements if "data-week-helpers" in e.attrs]
    assert "hidden" in helpers.attrs
    assert all(button.attrs["type"] == "button" for button in page.all("button"))


def test_the_helpers_choose_what_they_say():
    page = grid(Form())
    picks = {
        b.text: b.attrs["data-week-pick"].split() for b in page.all("button") if "data-week-pick" in b.attrs
    }
    assert {int(slot) % 5 for slot in picks["All evenings"]} == {4}
    assert len(picks["All evenings"]) == 7
    assert {week.weekday(int(slot)) for slot in picks["Daytime on weekdays"]} == {0, 1, 2, 3, 4}
    assert {week.weekday(int(slot)) for slot in picks["Weekends"]} == {5, 6}
    assert len(picks["Weekends"]) == 10


def test_the_plain_field_tag_draws_the_same_grid():
    assert len(grid(Form(), tag="field").all("input")) == 35


def test_days_and_times_follow_the_language():
    with translation.override("nb"):
        page = grid(Form())
        assert words(page.all("th", scope="row")[1].text).startswith("Tirsdag")
        assert words(page.by_id("id_slots_9").text or page.all("label")[9].text) == week.label(9)

"""A field on a page: its label, hint and error are tied to it, and what was typed is kept and harmless."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from rundbord.shell.forms import (
    ChoiceField,
    ChoicesField,
    CleanCharField,
    DayField,
    EmailField,
    PhoneField,
    SelectField,
    TickField,
)
from tests.shell.pages import Page, words


class Form(forms.Form):
    """One of each kind, all required."""

    name = CleanCharField(label="Name", max_length=5, help_text="Only <those> you meet see it.")
    mail = EmailField(label="E-mail")
    phone = PhoneField(label="Mobile", required=False)
    day = DayField(label="From")
    story = CleanCharField(label="More", multiline=True, max_length=9)
    place = SelectField(label="Where", choices=[("", "Choose"), ("a", "Hol"), ("b", "Gol & Ål")])
    focus = ChoiceField(label="Which", choices=[("m", "Mixed"), ("t", "A <topic>")], help_text="One.")
    ways = ChoicesField(label="How", choices=[("r", "In a room"), ("d", "On a screen")], required=False)
    agreed = TickField(label="Yes", help_text="You can change your mind.")


TYPED = {
    "name": '"><b>Kari</b>',
    "mail": "kari@",
    "phone": "12",
    "day": "31.02.2027",
    "story": "</textarea><script>x",
    "place": "b",
    "focus": "<t>",
    "ways": ["d", "x"],
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def drawn(form, name, options=""):
    """The field as a page, drawn by the tag."""
    text = Template("{% load shell %}{% field bound " + options + " %}").render(
        Context({"bound": form[name]})
    )
    return Page(text)


@pytest.mark.parametrize("name", ["name", "mail", "phone", "day", "story", "place"])
def test_a_label_belongs_to_its_field(name):
    page = drawn(Form(), name)
    label = page.one("label")
    assert page.by_id(label.attrs["for"]).attrs["name"] == name
    assert page.unbalanced == []


@pytest.mark.parametrize("name", list(Form.base_fields))
def test_every_description_named_is_on_the_page(name):
    page = drawn(Form(TYPED), name)
    named = [i for e in page.elements for i in e.attrs.get("aria-describedby", "").split()]
    assert set(named) <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


@pytest.mark.parametrize("name", ["name", "mail", "day", "story", "place", "agreed"])
def test_an_error_is_tied_to_the_field_it_is_about(name):
    page = drawn(Form({}), name)
    control = page.by_id(f"id_{name}")
    assert control.attrs["aria-invalid"] == "true"
    assert f"id_{name}_error" in control.attrs["aria-describedby"].split()
    assert words(page.by_id(f"id_{name}_error").text).startswith("Look at this: Please")


@pytest.mark.parametrize("name", ["focus"])
def test_an_error_of_a_choice_is_tied_to_the_whole_question(name):
    page = drawn(Form({}), name)
    assert page.one("fieldset").attrs["aria-describedby"] == f"id_{name}_helptext id_{name}_error"


def test_hint_comes_before_error_and_both_before_the_field():
    order = drawn(Form({"name": ""}), "name").ids()
    assert order == ["id_name_helptext", "id_name_error", "id_name"]


@pytest.mark.parametrize("name", ["name", "mail", "phone", "day"])
def test_what_was_typed_is_kept_and_harmless(name):
    page = drawn(Form(TYPED), name)
    assert page.by_id(f"id_{name}").attrs["value"] == TYPED[name]
    assert page.all("b") == []


def test_long_text_is_kept_and_harmless():
    page = drawn(Form(TYPED), "story")
    assert page.one("textarea").text.strip() == TYPED["story"]
    assert page.all("script") == []


def test_a_picked_choice_stays_picked():
    assert [o.attrs["value"] for o in drawn(Form(TYPED), "place").all("option") if "selected" in o.attrs] == [
        "b"
    ]
    boxes = drawn(Form(TYPED), "ways").all("input")
    assert [b.attrs["value"] for b in boxes if "checked" in b.attrs] == ["d"]


def test_nothing_is_picked_beforehand():
    for name in ("focus", "ways", "agreed"):
        assert not [e for e in drawn(Form(), name).all("input") if "checked" in e.attrs]


def test_choices_are_a_group_with_a_name_and_escaped_words():
    page = drawn(Form(), "focus")
    assert words(page.one("legend").text) == "Which"
    assert [words(label.text) for label in page.all("label")] == ["Mixed", "A <topic>"]
    assert page.one("fieldset").attrs["role"] == "radiogroup"
    assert [i.attrs["type"] for i in page.all("input")] == ["radio", "radio"]


def test_a_date_that_cannot_be_read_is_not_handed_to_a_date_picker():
    assert drawn(Form(), "day").by_id("id_day").attrs["type"] == "date"
    assert drawn(Form(TYPED), "day").by_id("id_day").attrs["type"] == "text"
    assert drawn(Form(), "day").by_id("id_day").attrs["type"] == "date"


def test_a_field_one_can_skip_says_so_unless_told_not_to():
    assert "(you can skip this)" in drawn(Form(), "phone").one("label").text
    assert "skip" not in drawn(Form(), "phone", "optional=False").one("label").text
    assert "skip" not in drawn(Form(), "name").one("label").text


def test_the_page_may_give_its_own_words_and_attributes():
    page = drawn(Form(), "phone", 'label="Ring me" hint="At night?" autocomplete="tel" inputmode="tel"')
    control = page.by_id("id_phone")
    assert words(page.one("label").text).startswith("Ring me")
    assert page.by_id(control.attrs["aria-describedby"]).text == "At night?"
    assert (control.attrs["autocomplete"], control.attrs["inputmode"]) == ("tel", "tel")


def test_a_question_may_be_the_heading_of_its_page():
    page = drawn(Form(), "focus", "heading=True")
    assert words(page.one("h1").text) == "Which"
    assert "legend" in page.one("h1").inside


def test_forms_with_a_prefix_keep_their_ids_apart():
    page = drawn(Form({}, prefix="one"), "focus")
    assert {i.attrs["name"] for i in page.all("input")} == {"one-focus"}
    assert {label.attrs["for"] for label in page.all("label")} <= set(page.ids())


def summary(*shown):
    """The error summary of some forms, as a page."""
    names = " ".join(f"f{n}" for n in range(len(shown)))
    context = Context({f"f{n}": form for n, form in enumerate(shown)})
    return Page(Template("{% load shell %}{% error_summary " + names + " %}").render(context))


def test_no_summary_when_all_is_well():
    assert summary(Form()).elements == []
    assert summary(None).elements == []
    assert summary().elements == []


def test_every_error_has_a_line_that_leads_to_its_field():
    form = Form(TYPED)
    page = summary(form)
    targets = [link.attrs["href"] for link in page.all("a")]
    drawn_ids = {i for name in form.fields for i in drawn(form, name).ids()}
    assert targets == [
        "#id_name", "#id_mail", "#id_phone", "#id_day", "#id_story",
        "#id_focus_0", "#id_ways_0", "#id_agreed",
    ]  # fmt: skip
    assert {target[1:] for target in targets} <= drawn_ids


def test_the_summary_can_be_focused_and_has_a_name():
    page = summary(Form({}))
    box = page.one("div", role="alert")
    assert box.attrs["tabindex"] == "-1"
    assert page.by_id(box.attrs["aria-labelledby"]).name == "h2"


def test_errors_of_the_whole_form_come_first_without_a_link():
    form = Form({"name": ""})
    form.is_valid()
    form.add_error(None, "Both <cannot> be.")
    page = summary(form)
    first = page.all("li")[0]
    assert words(first.text) == "Both <cannot> be."
    assert "li" not in page.all("a")[0].inside or page.all("a")[0].text == "Name"


def test_two_forms_have_one_summary():
    one, two = Form({}, prefix="one"), Form({}, prefix="two")
    links = [link.attrs["href"] for link in summary(one, two).all("a")]
    assert "#id_one-name" in links and "#id_two-name" in links

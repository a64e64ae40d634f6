"""A whole form in one tag: the token, what went wrong, every field, the button and a way back."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from rundbord.shell.forms import CleanCharField
from tests.shell.pages import Page, words


class Form(forms.Form):
    """Two fields to see and one to carry along."""

    name = CleanCharField(label="Name", max_length=5)
    more = CleanCharField(label="More", required=False)
    kept = forms.CharField(widget=forms.HiddenInput, initial="<kept>")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def drawn(tag, **context):
    """What a piece of template draws, as a page."""
    return Page(Template("{% load shell %}" + tag).render(Context({"csrf_token": "secret", **context})))


def test_a_whole_form_asks_every_field_and_carries_what_is_hidden():
    page = drawn("{% plain_form form 'Save' %}", form=Form())
    assert [label.text.split(" (")[0] for label in page.all("label")] == ["Name", "More"]
    assert page.one("input", name="csrfmiddlewaretoken").attrs["value"] == "secret"
    assert page.one("input", name="kept").attrs["value"] == "<kept>"
    assert (page.one("form").attrs["method"], "action" in page.one("form").attrs) == ("post", False)
    assert page.unbalanced == []


def test_it_says_what_went_wrong_before_the_fields():
    page = drawn("{% plain_form form 'Save' %}", form=Form({"name": "much too long"}))
    named = [link.attrs["href"] for link in page.all("a")]
    assert "#id_name" in named
    assert page.by_id("id_name").attrs["value"] == "much too long"


@pytest.mark.parametrize(("options", "said"), [("", True), ("optional=False", False)])
def test_whether_a_field_says_that_it_may_be_skipped(options, said):
    page = drawn("{% plain_form form 'Save' " + options + " %}", form=Form())
    assert ("you can skip this" in words(page.one("form").text)) is said


def test_the_button_and_the_way_back():
    page = drawn("{% plain_form None 'Leave' to='/x/' back='/b/' back_label='No' tone='danger' %}")
    button, back = page.one("button"), page.one("a")
    assert (button.text, button.attrs["data-color"]) == ("Leave", "danger")
    assert (back.text, back.attrs["href"]) == ("No", "/b/")
    assert page.one("form").attrs["action"] == "/x/"
    assert page.all("label") == []


def test_without_a_way_back_there_is_none():
    assert drawn("{% plain_form form 'Save' %}", form=Form()).all("a") == []

"""What people type: any script, any length, any rubbish; an answer or a clear sentence, never a crash."""

import unicodedata
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel import week
from rundbord.shell.forms import (
    ChoiceField,
    ChoicesField,
    CleanCharField,
    DayField,
    EmailField,
    PhoneField,
    SelectField,
    SlotsField,
    TickField,
    normal_phone,
)

ANYTHING = st.text(st.characters(), max_size=300)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def sentence(field, value):
    """The one sentence with which a field refuses a value."""
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)
    (text,) = refusal.value.messages
    return text


@pytest.mark.parametrize("text", ["Kárášjohka", "أمل", "李雷", "Zoë 🌻", "می‌خواهم", "O'Hara-Ødegård"])
def test_any_script_is_kept_as_it_is(text):
    assert CleanCharField().clean(text) == text


def test_what_cannot_be_seen_is_taken_out():
    assert CleanCharField().clean(" \x00Ka\x07ri\u202e\u200b\ufeff ") == "Kari"


def test_one_line_stays_one_line():
    assert CleanCharField().clean("Kari\r\nNordmann\tHol") == "Kari Nordmann Hol"


def test_lines_are_kept_where_lines_are_asked_for():
    assert CleanCharField(multiline=True).clean("one\r\ntwo\rthree") == "one\ntwo\nthree"


def test_two_ways_of_writing_a_letter_are_one():
    assert CleanCharField().clean("A\u030a") == "Å"


def test_too_long_says_how_long_it_may_be_and_how_long_it_is():
    told = sentence(CleanCharField(max_length=40), "x" * 10_000)
    assert told == "This can be at most 40 characters long. You have written 10000."


def test_length_is_counted_after_cleaning():
    assert CleanCharField(max_length=4).clean(" \x00Kari \u200b") == "Kari"


def test_only_invisible_signs_count_as_nothing_written():
    assert sentence(CleanCharField(), "\x00\u200b ") == "Please fill this in."
    assert CleanCharField(required=False).clean("\x00") == ""


def test_the_browser_is_not_told_to_cut_text_off():
    class Form(forms.Form):
        name = CleanCharField(max_length=5)

    assert "maxlength" not in str(Form()["name"])


@given(ANYTHING)
def test_cleaned_text_holds_no_control_signs(text):
    try:
        cleaned = CleanCharField(required=False, max_length=1000, multiline=True).clean(text)
    except ValidationError:
        return
    assert not [sign for sign in cleaned if unicodedata.category(sign) == "Cc" and sign not in "\n\t"]
    assert cleaned == cleaned.strip()


def test_an_address_is_lower_cased_after_the_at_sign_only():
    assert EmailField().clean(" Kari.N@Example.ORG ") == "Kari.N@example.org"


@pytest.mark.parametrize(
    "text", ["kari", "kari@", "@example.org", "a b@example.org", "kari@example.org, ola@example.org"]
)
def test_what_is_no_address_gets_an_example(text):
    assert sentence(EmailField(), text).endswith("An example: name@example.org")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("41 23 45 67", "+4741234567"),
        ("+47 412 34 567", "+4741234567"),
        ("0047-41234567", "+4741234567"),
        ("(22) 40.00.40", "+4722400040"),
        ("+46 70 123 45 67", "+46701234567"),
        ("+380 (50) 123-4567", "+380501234567"),
        ("٤١٢٣٤٥٦٧", "+4741234567"),
    ],
)
def test_phone_numbers_as_people_write_them(typed, number):
    assert PhoneField().clean(typed) == number


@pytest.mark.parametrize(
    "typed", ["12", "113", "abc", "+0123456789", "41 23 45 6", "+" + "1" * 16, "412345678"]
)
def test_what_is_no_phone_number_says_what_to_write(typed):
    assert "Write eight digits" in sentence(PhoneField(), typed)


@given(ANYTHING)
def test_a_phone_number_is_plus_and_digits_or_a_refusal(text):
    try:
        number = normal_phone(text)
    except ValidationError:
        return
    assert number[0] == "+" and number[1:].isascii() and number[1:].isdigit()
    assert normal_phone(number) == number


@pytest.mark.parametrize("typed", ["2027-01-14", "14.01.2027", "14.1.2027", "14.1.27", "14/1/2027"])
def test_dates_as_people_write_them(typed):
    assert DayField().clean(typed) == date(2027, 1, 14)


@pytest.mark.parametrize("typed", ["31.02.2027", "tomorrow", "2027-13-01", "\x00", "9" * 10_000])
def test_what_is_no_date_says_how_to_write_one(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


@given(st.lists(st.integers(0, 34), min_size=1))
def test_slots_come_back_sorted_and_once(slots):
    assert SlotsField().clean([str(slot) for slot in slots]) == sorted(set(slots))


@pytest.mark.parametrize("value", [["35"], ["-1"], ["x"], "4", [""], ["4.0"], ["0" * 5000]])
def test_what_is_no_slot_is_refused_in_words(value):
    assert sentence(SlotsField(), value) == "Please choose times in the table."


def test_no_time_at_all_may_be_an_answer():
    assert SlotsField(required=False).clean([]) == []
    assert sentence(SlotsField(), []) == "Please choose at least one time."


def test_slot_choices_are_told_in_the_language_of_the_page():
    field = SlotsField()
    with translation.override("nb"):
        assert dict(field.choices)["9"] == week.label(9)
        assert dict(field.choices)["9"].startswith("tirsdag")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (ChoiceField(choices=[("a", "A")]), "", "Please choose one."),
        (SelectField(choices=[("a", "A")]), "b", "Please choose one of the answers in the list."),
        (ChoicesField(choices=[("a", "A")]), [], "Please choose at least one."),
        (ChoicesField(choices=[("a", "A")]), ["a", "<b>"], "Please choose one of the answers in the list."),
        (TickField(), "", "Please tick this to go on."),
    ],
)
def test_choices_refuse_in_plain_words(field, value, told):
    assert sentence(field, value) == told


def test_a_field_may_have_its_own_sentence():
    field = CleanCharField(error_messages={"required": "We need a name to call you by."})
    assert sentence(field, "") == "We need a name to call you by."

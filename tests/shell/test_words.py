"""Days, times, distances and numbers in words."""

import re
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from rundbord.shell import words

TUESDAY = datetime(2027, 1, 12, 17, 0, tzinfo=UTC)  # 18:00 in Oslo
SUMMER = datetime(2027, 7, 13, 16, 30, tzinfo=UTC)  # 18:30 in Oslo


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"), time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC), tick=False):
        yield


def test_a_day_this_year_has_no_year():
    assert words.plain_date(date(2027, 1, 12)) == "Tuesday 12 January"


def test_a_day_of_another_year_says_which():
    assert words.plain_date(date(2028, 2, 29)) == "Tuesday 29 February 2028"


def test_a_moment_is_told_in_local_wall_time():
    assert words.plain_moment(TUESDAY) == "Tuesday 12 January at 18:00"
    assert words.plain_moment(SUMMER) == "Tuesday 13 July at 18:30"


def test_the_day_of_a_moment_is_the_local_day():
    just_after_midnight = datetime(2027, 1, 11, 23, 30, tzinfo=UTC)
    assert words.plain_date(just_after_midnight) == "Tuesday 12 January"
    assert words.plain_time(just_after_midnight) == "0:30"


def test_weekdays_and_months_follow_the_language():
    with translation.override("nb"):
        assert "tirsdag" in words.plain_date(date(2027, 1, 12))
        assert "januar" in words.plain_date(date(2027, 1, 12))


def test_a_bare_time_is_told_as_it_stands():
    assert words.plain_time(time(11, 30)) == "11:30"


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ([], ""),
        ([9], "Tuesday at 18:00"),
        ([14, 9], "Tuesday at 18:00, Wednesday at 18:00"),
        ([9, 5, 6, 14], "Tuesday at 9:00, 11:30 and 18:00; Wednesday at 18:00"),
    ],
)
def test_times_of_the_week_are_told_day_by_day(slots, said):
    assert words.plain_times(slots) == said


@pytest.mark.parametrize("tell", [words.plain_date, words.plain_time, words.plain_moment, words.km])
def test_nothing_is_told_as_nothing(tell):
    assert tell(None) == ""


@pytest.mark.parametrize(
    ("distance", "told"),
    [(0, "less than 1 km"), (0.99, "less than 1 km"), (1.2, "1 km"), (12.4, "12 km"), (12.6, "13 km")],
)
def test_distances_are_rounded_as_one_says_them(distance, told):
    assert words.km(distance) == told


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("116 117", "tel:116117"),
        ("22 40 00 40", "tel:22400040"),
        (" +47 22-40", "tel:+472240"),
        ("(0047) 1", "tel:00471"),
        ("", ""),
        ("+", ""),
        ("ask us", ""),
        (None, ""),
    ],
)
def test_a_number_to_dial_is_an_address_of_digits(written, dialled):
    assert words.phone_href(written) == dialled


@given(st.text())
def test_nothing_but_digits_and_a_leading_plus_reaches_a_tel_address(text):
    assert re.fullmatch(r"(tel:\+?[0-9]+)?", words.phone_href(text), re.ASCII)

"""The waiting list: initials and facts, narrowed, with why each waits; never the neighbour's people."""

import pytest

from rundbord.kernel import tenancy
from tests.factories.matching import county, people, room
from tests.factories.organisations import place
from tests.factories.signups import SignUpFactory
from tests.surfaces.office.addresses import to
from tests.surfaces.office.conftest import page


@pytest.fixture
def three(organisation, twin):
    """Three who wait here, and a twin of each next door."""
    for office, letters in ((organisation, "ABC"), (twin, "XYZ")):
        with tenancy.scope(office.id):
            one, two, three = letters
            SignUpFactory(organisation=office, first_name=f"{one}nna", slots=[4], place=place("3107"))
            SignUpFactory(organisation=office, first_name=f"{two}jarne", slots=[0], place=place("3105"))
            SignUpFactory(organisation=office, first_name=f"{three}lara", slots=[34], state="paused")


def initials(shown):
    return {letter for letter in "ABCXYZ" if f">{letter}, " in shown}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "ABC"),
        ({"place": "fredrikstad"}, "AC"),
        ({"place": "SARPS"}, "B"),
        ({"place": "3105"}, "B"),
        ({"place": "Tromsø"}, ""),
        ({"weekday": "0"}, "AB"),
        ({"weekday": "6"}, "C"),
        ({"part": "evening"}, "AC"),
        ({"part": "morning", "weekday": "0"}, "B"),
        ({"state": "paused"}, "C"),
        ({"state": "offered"}, ""),
        ({"state": "nonsense", "weekday": "x", "part": "?"}, "ABC"),
    ],
)
def test_the_list_is_narrowed_by_place_time_and_state(asked, found, three, office):
    assert initials(page(office, to("waiting"), **asked)) == set(found)


def test_names_and_contacts_are_not_in_the_list(three, office):
    shown = page(office, to("waiting"))
    assert "Anna" not in shown
    assert "@example.org" not in shown


def test_nobody_fits_says_how_to_see_all(three, office):
    shown = page(office, to("waiting"), place="Tromsø")
    assert "Nobody fits this." in shown
    assert "Show all" in shown


def test_an_empty_list_is_said_kindly(office):
    assert "Nobody waits now." in page(office, to("waiting"))


def test_each_says_why_after_a_search(organisation, office, search):
    county(organisation, 3)
    search(organisation)
    assert page(office, to("waiting")).count("Too few others can come at the same times.") == 3


def test_what_would_help_is_said(organisation, office, search):
    room(organisation)
    people(organisation, 6)
    search(organisation)
    assert "We lack a starter on" in page(office, to("waiting"))
    assert "would give a place." in page(office, to("waiting"))


def test_who_is_in_a_proposal_leads_to_it(proposal, office):
    assert page(office, to("waiting")).count(to("proposal", proposal.id)) == 8


def test_a_long_list_has_pages_that_keep_the_filter(organisation, office):
    people(organisation, 30)
    first = page(office, to("waiting"), weekday="1")
    assert "30 people wait." in first
    assert "weekday=1&amp;side=2" in first
    assert page(office, to("waiting"), weekday="1", side="2").count('role="rowheader"') == 5
    assert page(office, to("waiting"), side="hundred").count('role="rowheader"') == 25


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00", "'; drop table", "مدينة", "%", "🌻" * 300])
def test_odd_words_in_the_filter_find_nobody_and_break_nothing(text, three, office):
    shown = page(office, to("waiting"), place=text)
    assert "X, " not in shown

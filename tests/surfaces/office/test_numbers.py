"""The numbers: what happened in a period, small numbers hidden, never the neighbour's."""

from datetime import date

import pytest

from rundbord.kernel import tenancy, timeline
from rundbord.surfaces.office.pages.numbers import chapters
from tests.conftest import NOW
from tests.surfaces.office.addresses import to
from tests.surfaces.office.conftest import page


def counted(organisation, counter, by, detail="", now=NOW):
    with tenancy.scope(organisation.id):
        timeline.count(organisation_id=organisation.id, counter=counter, now=now, detail=detail, by=by)


def bars(organisation, year=2026):
    found = chapters(organisation.id, date(year, 1, 1), date(year, 12, 31))
    return {str(count.total.label): count for chapter in found for count in chapter.counts}


def test_what_happened_is_told_and_small_numbers_are_not(organisation, twin, office):
    counted(organisation, "wish-left", 20, "email")
    counted(organisation, "wish-left", 3, "mobile")
    counted(organisation, "group-formed", 3)
    counted(twin, "group-ended", 500)
    shown = page(office, to("numbers"))
    assert "500" not in shown
    assert ">hidden<" in shown
    told = bars(organisation)
    assert told["Groups formed"].total.number is None
    assert told["Groups ended"].total.number == 0


def test_a_counter_is_told_with_what_it_is_made_of(organisation):
    counted(organisation, "enquiry", 20, "phone")
    counted(organisation, "enquiry", 10, "visit")
    enquiries = bars(organisation)["Enquiries"]
    assert (enquiries.total.number, enquiries.total.width) == (30, 100)
    assert {str(part.label): part.number for part in enquiries.parts} == {"Phone": 20, "Visit": 10}


def test_the_bar_of_the_most_is_the_longest(organisation):
    counted(organisation, "offer-sent", 40)
    counted(organisation, "offer-accepted", 10)
    told = bars(organisation)
    assert [told[name].total.width for name in ("Offers sent", "Yes to an offer")] == [100, 25]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({}, "2026-01-01", "2026-12-31"),
        ({"year": "2025", "part": "1"}, "2025-01-01", "2025-03-31"),
        ({"part": "2"}, "2026-01-01", "2026-06-30"),
        ({"year": "1066", "part": "x"}, "2026-01-01", "2026-12-31"),
        ({"year": "x" * 10_000}, "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_is_a_year_or_the_beginning_of_one(asked, first, last, office):
    answer = office.get(to("numbers"), asked)
    assert (str(answer.context["since"]), str(answer.context["until"])) == (first, last)


def test_nothing_at_all_is_told_as_zeros(organisation, office):
    assert {count.total.number for count in bars(organisation).values()} == {0}
    assert ">hidden<" not in page(office, to("numbers"))


def test_every_detail_that_is_counted_has_words(organisation):
    """The same code may mean two things: a visit to the office, and the return visit to a group."""
    counted(organisation, "meeting-held", 10, "visit")
    counted(organisation, "meeting-held", 10, "startup")
    told = bars(organisation)["Meetings held"]
    assert {str(part.label) for part in told.parts} == {"Return visit", "Startup meeting"}

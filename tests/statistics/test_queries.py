"""Counts come from the counters, of one organisation, within the period."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from rundbord.kernel import tenancy, timeline
from rundbord.statistics import queries
from rundbord.statistics.rules import PeriodNotWhole, Table

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def happened(organisation, counter, times, detail="", at=datetime(2026, 3, 2, 9, tzinfo=UTC)):
    with tenancy.scope(organisation.id):
        timeline.count(organisation_id=organisation.id, counter=counter, now=at, detail=detail, by=times)


def test_counts_by_detail(organisation, twin):
    happened(organisation, "wishes", 20, "email")
    happened(organisation, "wishes", 11, "mobile")
    happened(twin, "wishes", 500, "email")
    assert queries.counts(organisation.id, *YEAR) == {"wishes": Table(30, {"email": 20, "mobile": 10})}


def test_days_of_a_year_are_added_and_other_years_are_not(organisation):
    happened(organisation, "wishes", 3, at=datetime(2026, 1, 1, 12, tzinfo=UTC))
    happened(organisation, "wishes", 4, at=datetime(2026, 12, 31, 12, tzinfo=UTC))
    happened(organisation, "wishes", 90, at=datetime(2025, 12, 31, 12, tzinfo=UTC))
    assert queries.counts(organisation.id, *YEAR)["wishes"].total == 5


def test_the_day_is_the_local_one(organisation):
    happened(organisation, "wishes", 10, at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    assert queries.counts(organisation.id, *YEAR)["wishes"].total == 10


def test_small_numbers_are_hidden(organisation):
    happened(organisation, "offers", 2, "declined")
    happened(organisation, "offers", 14, "accepted")
    assert queries.counts(organisation.id, *YEAR)["offers"] == Table(15, {"declined": None, "accepted": None})


def test_freely_chosen_days_are_refused(organisation):
    with pytest.raises(PeriodNotWhole):
        queries.counts(organisation.id, date(2026, 2, 1), date(2026, 2, 28))


def test_several_offices_add_what_each_may_tell(organisation, twin):
    happened(organisation, "wishes", 12)
    happened(twin, "wishes", 3)
    assert queries.counts_over([organisation.id], *YEAR)["wishes"].total == 10
    assert queries.counts_over([organisation.id, twin.id], *YEAR)["wishes"] == Table(None, {"": 10})


@pytest.mark.parametrize("counters", [1, 40])
def test_one_query_a_year(organisation, counters, django_assert_num_queries):
    for number in range(counters):
        happened(organisation, f"counter-{number}", 9)
    with django_assert_num_queries(2):
        assert len(queries.counts(organisation.id, date(2025, 1, 1), YEAR[1])) == counters


@pytest.mark.parametrize("seed", range(6))
def test_what_is_told_is_near_what_happened_and_nothing_small_is_told(organisation, twin, seed):
    """Days, counters and details at random, against a plain sum."""
    chance, true = Random(seed), defaultdict(Counter)
    for _ in range(60):
        counter, detail = chance.choice(["wishes", "offers", "talks"]), chance.choice(["a", "b", "c", ""])
        times, day = chance.choice([1, 2, 3, 7, 20]), chance.randint(1, 365)
        at = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day - 1)
        happened(organisation, counter, times, detail, at)
        happened(twin, counter, 100, detail, at)
        true[counter][detail] += times
    told = queries.counts(organisation.id, *YEAR)
    assert told.keys() == true.keys()
    for counter, table in told.items():
        assert table.total is None or abs(table.total - true[counter].total()) <= 2
        for detail, number in table.cells.items():
            assert number is None or (number >= 5 and abs(number - true[counter][detail]) <= 2)
            assert number is None or true[counter][detail] >= 5


@pytest.mark.parametrize("end", [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)])
def test_an_edition_ends_with_its_quarter(organisation, end):
    happened(organisation, "wishes", 10, at=datetime(end.year, end.month, end.day, 12, tzinfo=UTC))
    day_after = datetime(end.year, end.month, end.day, 12, tzinfo=UTC) + timedelta(days=1)
    happened(organisation, "wishes", 50, at=day_after)
    assert queries.counts(organisation.id, YEAR[0], end)["wishes"].total == 10


def test_two_years_are_told_apart_and_added(organisation):
    happened(organisation, "wishes", 6, "a", datetime(2025, 5, 1, 12, tzinfo=UTC))
    happened(organisation, "wishes", 6, "b", datetime(2025, 5, 1, 12, tzinfo=UTC))
    happened(organisation, "wishes", 21, "a", datetime(2026, 5, 1, 12, tzinfo=UTC))
    told = queries.counts(organisation.id, date(2025, 1, 1), YEAR[1])
    assert told["wishes"] == Table(30, {"a": 25, "b": 5})


def test_nothing_has_happened_is_an_empty_book(organisation):
    assert queries.counts(organisation.id, *YEAR) == {}
    assert queries.counts_over([], *YEAR) == {}


def test_the_numbers_of_another_organisation_need_its_own_scope(organisation, twin):
    with tenancy.scope(organisation.id), pytest.raises(tenancy.WrongTenant):
        queries.counts(twin.id, *YEAR)

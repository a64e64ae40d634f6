"""An attacker who knows the rules, adds and subtracts, and compares editions, finds nobody."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.statistics import rules
from rundbord.statistics.rules import LEAST, PeriodNotWhole, Table, protected

NAMES = "abcdefgh"
tables = st.lists(st.integers(0, 40), min_size=1, max_size=8).map(lambda v: dict(zip(NAMES, v, strict=False)))


def told(values: tuple[int, ...]) -> tuple:
    """What is told of a true table, as something that can be compared."""
    table = protected(dict(zip(NAMES, values, strict=False)))
    return (table.total, tuple(sorted(table.cells.items())))


def worlds(*shape: int) -> dict[tuple, list[tuple[int, ...]]]:
    """All true tables of a shape, by what is told of them."""
    found = defaultdict(list)
    for values in product(*(range(top) for top in shape)):
        found[told(values)].append(values)
    return found


@pytest.mark.parametrize("shape", [(33,), (18, 18), (18,) * 3, (13,) * 4, (8,) * 5, (5,) * 6])
def test_no_small_number_follows_from_what_is_told(shape):
    for alike in worlds(*shape).values():
        for cell in range(len(shape)):
            possible = {values[cell] for values in alike}
            assert not (len(possible) == 1 and 0 < min(possible) < LEAST), alike


def test_two_editions_of_a_year_do_not_show_who_came_between():
    numbers = [*product(range(13), range(13))]
    seen = defaultdict(set)
    for before, after in product(numbers, numbers):
        if before[0] <= after[0] and before[1] <= after[1]:
            seen[told(before), told(after)].add((after[0] - before[0], after[1] - before[1]))
    for came in seen.values():
        for cell in (0, 1):
            possible = {pair[cell] for pair in came}
            assert not (len(possible) == 1 and 0 < min(possible) < LEAST)


@given(tables)
def test_what_is_told_is_near_the_truth_and_never_small(values):
    table = protected(values)
    for detail, number in table.cells.items():
        assert number is None or (number >= LEAST and abs(number - values[detail]) <= 2)
    if table.total:
        assert table.total >= LEAST and abs(table.total - sum(values.values())) <= 2


@given(tables)
def test_a_small_number_never_hides_alone_while_the_total_is_told(values):
    table = protected(values)
    hidden = [detail for detail, number in table.cells.items() if number is None]
    assert table.total is None or len(hidden) != 1


@given(tables)
def test_all_small_numbers_are_hidden(values):
    cells = protected(values).cells
    assert not any(cells.get(detail) for detail, value in values.items() if value < LEAST)


def test_large_numbers_are_told():
    assert protected({"email": 103, "mobile": 58}) == Table(160, {"email": 105, "mobile": 60})


def test_the_complement_is_the_smallest_that_is_told():
    assert protected({"a": 2, "b": 11, "c": 40}) == Table(55, {"a": None, "b": None, "c": 40})


def test_a_small_total_is_hidden_with_everything_in_it():
    assert protected({"a": 2, "b": 1}) == Table(None, {})


def test_two_fours_would_show_in_a_total_of_ten():
    assert protected({"a": 4, "b": 4}) == Table(None, {})


def test_nothing_happened_is_told():
    assert protected({}) == Table(0, {})
    assert protected({"a": 0}) == Table(0, {})


def test_years_are_added_as_told():
    tables = [Table(25, {"a": 20, "b": 5}), Table(30, {"a": 30})]
    assert rules.together(tables) == Table(55, {"a": 50, "b": 5})


def test_what_one_year_hides_stays_hidden():
    assert rules.together([Table(25, {"a": None}), Table(None, {"a": 10})]) == Table(None, {"a": None})


def test_a_period_is_cut_into_calendar_years():
    assert rules.years(date(2025, 1, 1), date(2026, 6, 30)) == [
        (date(2025, 1, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 6, 30)),
    ]


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 1, 2), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 1, 1), date(2026, 3, 30)),
        (date(2026, 1, 1), date(2026, 4, 30)),
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date.max.replace(day=30)),
    ],
)
def test_freely_chosen_days_are_refused(since, until):
    with pytest.raises(PeriodNotWhole):
        rules.years(since, until)

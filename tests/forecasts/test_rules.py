"""Plain numbers from simulated years: means, eight of ten, and when a difference is sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.forecasts.rules import Between, eight_of_ten, nearest_decline, outcome, sure


def test_eight_of_ten_leaves_out_one_at_either_end():
    assert eight_of_ten([5, 1, 9, 2, 3, 4, 6, 7, 8, 100]) == Between(14.5, 2, 9)


def test_of_few_years_none_is_left_out():
    assert eight_of_ten([3, 1]) == Between(2, 1, 3)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=30))
def test_the_ends_lie_within_the_years(numbers):
    told = eight_of_ten(numbers)
    assert min(numbers) <= told.low <= told.high <= max(numbers)


@pytest.mark.parametrize(
    ("share", "choice"), [(None, 15), (0.0, 5), (0.08, 5), (0.12, 15), (0.3, 25), (1.0, 25)]
)
def test_the_nearest_choice_to_the_office_s_own_share(share, choice):
    assert nearest_decline(share) == choice


def side(*met):
    replications = [{"met": number, "groups_started": 1} for number in met]
    names = ("met", "groups_started", "people_in_groups_at_end", "waiting_at_end", "placed_share")
    measures = {name: {"mean": sum(met) / len(met)} for name in names}
    return {
        "replications": replications,
        "measures": measures,
        "waiting": {"median_weeks": 3, "p90_weeks": None},
    }


def test_years_are_compared_one_by_one():
    told = outcome(side(10, 50), side(12, 51))
    assert told["met"] == {"mean": 1.5, "low": 1, "high": 2}
    assert told["years"] == 2 and told["now"]["median_weeks"] == 3


def test_a_gain_is_sure_when_nearly_every_year_has_it():
    assert sure({"mean": 3, "low": 1, "high": 9})
    assert not sure({"mean": 3, "low": 0, "high": 9})

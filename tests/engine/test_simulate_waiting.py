"""Waiting times: right on data made by hand; who still waits counts for as long as she was seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.engine.simulate.measures import against, interval, t_value
from rundbord.engine.simulate.waiting import Spell, curve, mean_weeks, met_by_week, weeks_until


def met(*weeks):
    return [Spell(0, 7 * week, True) for week in weeks]


def still_waiting(*weeks):
    return [Spell(0, 7 * week, False) for week in weeks]


def test_when_all_have_met_it_is_the_plain_median():
    assert weeks_until(curve(met(2, 4, 6, 8)), 0.5) == 4
    assert weeks_until(curve(met(2, 4, 6, 8, 10)), 0.5) == 6
    assert weeks_until(curve(met(*range(1, 11))), 0.9) == 9


def test_those_who_still_wait_count_for_as_long_as_they_were_seen():
    # By hand: 4 at risk at week 2 -> 3/4; two censored at 3; 1 at risk at week 5 -> 0.
    steps = curve(met(2, 5) + still_waiting(3, 3))
    assert [(step.day, step.waiting) for step in steps] == [(0, 1.0), (14, 0.75), (35, 0.0)]
    assert weeks_until(steps, 0.5) == 5


def test_a_median_nobody_saw_is_not_told():
    steps = curve(met(2) + still_waiting(10, 10, 10))
    assert weeks_until(steps, 0.5) is None
    assert mean_weeks(steps, 10) == pytest.approx((2 + 3 * 10) / 4)


def test_leaving_them_out_would_have_made_waiting_look_short():
    assert weeks_until(curve(met(2, 3) + still_waiting(20, 20, 20)), 0.5) is None
    assert weeks_until(curve(met(2, 3)), 0.5) == 2


def test_who_waited_before_we_looked_counts_from_then_on_only():
    # At week 2 only the two newcomers are at risk: one of two meets. At week 12 both who are left meet.
    late = [Spell(7 * 10, 7 * 12, True)]
    steps = curve(met(2, 12) + late)
    assert [(step.day, step.waiting) for step in steps] == [(0, 1.0), (14, 0.5), (84, 0.0)]


def test_the_share_met_by_each_week():
    assert met_by_week(curve(met(1, 2) + still_waiting(4, 4)), 3) == [0, 0.25, 0.5, 0.5]


def test_nobody_has_no_waiting_time():
    assert weeks_until(curve([]), 0.5) is None


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.booleans()), max_size=40))
def test_the_share_that_waits_only_falls_and_stays_between_one_and_nothing(rows):
    steps = curve([Spell(entry, entry + length, ended) for entry, length, ended in rows])
    shares = [step.waiting for step in steps]
    assert shares == sorted(shares, reverse=True)
    assert all(-1e-9 <= share <= 1 for share in shares)
    assert 0 <= mean_weeks(steps, 52) <= 52 + 1e-9


def test_an_interval_by_hand():
    # 1, 2, 3: mean 2, standard error 1/sqrt(3), t = 4.303.
    told = interval([1.0, 2.0, 3.0])
    assert told == {
        "mean": 2.0,
        "low": pytest.approx(2 - 2.4843, abs=1e-4),
        "high": pytest.approx(4.4843, abs=1e-4),
    }


def test_pairs_are_compared_one_by_one():
    told = against([10.0, 20.0, 30.0], [9.0, 19.0, 29.0])
    assert told == {"mean": 1.0, "low": 1.0, "high": 1.0}


def test_what_is_unknown_in_one_year_is_not_averaged_away():
    assert interval([1.0, None]) is None
    assert against([1.0, 2.0], [None, 1.0]) is None


def test_one_year_has_no_interval():
    assert interval([3.0]) == {"mean": 3.0, "low": None, "high": None}


def test_students_t_goes_on_smoothly_beyond_the_table():
    assert 1.96 < t_value(31) < t_value(30) < t_value(29)

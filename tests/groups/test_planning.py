"""When a group meets: its weekday and hour, round holidays, on both sides of summer time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.groups.rules import earliest_first_day, is_day_off, meeting_days, plan, plan_from
from rundbord.groups.rules.planning import visit_index
from rundbord.kernel import week

OSLO = ZoneInfo("Europe/Oslo")
slots = st.integers(0, 34)
days = st.dates(date(2025, 1, 1), date(2034, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 2), date(2026, 4, 4), date(2026, 4, 6),
        date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 17), date(2026, 5, 23), date(2026, 5, 25),
        date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 28), date(2026, 12, 31), date(2027, 1, 1),
        date(2027, 3, 22), date(2038, 4, 26),
    ],
)  # fmt: skip
def test_days_on_which_people_are_away(day: date) -> None:
    assert is_day_off(day)


@pytest.mark.parametrize(
    "day",
    [date(2026, 1, 2), date(2026, 3, 28), date(2026, 4, 7), date(2026, 5, 18), date(2026, 12, 22),
     date(2026, 6, 23), date(2027, 1, 4)],
)  # fmt: skip
def test_ordinary_days(day: date) -> None:
    assert not is_day_off(day)


def test_a_monday_group_leaves_out_easter_and_17_may() -> None:
    found = plan(4, date(2027, 3, 15), 10)
    assert [start.date() for start in found] == [
        date(2027, 3, 15), date(2027, 4, 5), date(2027, 4, 12), date(2027, 4, 19), date(2027, 4, 26),
        date(2027, 5, 3), date(2027, 5, 10), date(2027, 5, 24), date(2027, 5, 31), date(2027, 6, 7),
    ]  # fmt: skip


def test_a_thursday_group_leaves_out_christmas() -> None:
    found = [start.date() for start in plan(19, date(2026, 12, 15), 4)]
    assert found == [date(2026, 12, 17), date(2027, 1, 7), date(2027, 1, 14), date(2027, 1, 21)]


@pytest.mark.parametrize("first", [date(2026, 3, 17), date(2026, 10, 13)])
def test_the_hour_on_the_wall_is_kept_over_the_change_of_clocks(first: date) -> None:
    starts = plan(9, first, 4)
    assert {start.astimezone(OSLO).hour for start in starts} == {18}
    assert len({start.astimezone(UTC).hour for start in starts}) == 2


@given(slot=slots, first=days, count=st.integers(1, 20), every=st.integers(1, 4))
def test_a_plan_keeps_its_promises(slot: int, first: date, count: int, every: int) -> None:
    starts = plan(slot, first, count, every)
    local = [start.astimezone(OSLO) for start in starts]
    assert len(starts) == count and starts == sorted(set(starts))
    assert all(moment.weekday() == week.weekday(slot) for moment in local)
    assert all(moment.time() == week.start(slot) for moment in local)
    assert not any(is_day_off(moment.date()) for moment in local)
    assert first <= local[0].date() <= first + timedelta(days=35)
    assert all((moment.date() - local[0].date()).days % (7 * every) == 0 for moment in local)


@given(slot=slots, first=days, count=st.integers(2, 8), every=st.integers(1, 3), split=st.integers(1, 7))
def test_planning_on_gives_the_same_as_planning_at_once(
    slot: int, first: date, count: int, every: int, split: int
) -> None:
    whole = plan(slot, first, count + split, every)
    assert plan_from(whole[split - 1], slot, count, every) == whole[split:]


def test_a_rhythm_is_at_least_weekly() -> None:
    with pytest.raises(ValueError, match="week"):
        meeting_days(9, date(2026, 1, 1), 0)


@given(
    now=st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    lead=st.integers(3, 60),
)
def test_there_is_time_to_ring_everybody(now: datetime, lead: int) -> None:
    today = now.astimezone(OSLO).date()
    assert earliest_first_day(now, lead) == today + timedelta(days=lead)
    assert earliest_first_day(now, lead, today + timedelta(days=90)) == today + timedelta(days=90)
    assert earliest_first_day(now, lead, today) == today + timedelta(days=lead)


def test_the_visit_is_the_meeting_nearest_to_the_wished_week() -> None:
    starts = plan(9, date(2026, 4, 28), 12)
    assert visit_index(starts, date(2026, 4, 21), 7) == 6
    assert visit_index(starts[:3], date(2026, 4, 21), 7) == 2
    assert visit_index([], date(2026, 4, 21), 7) is None

"""The clock of a promise, as arithmetic: it goes one way, skips nothing, and is never early."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rundbord.signups.rules import (
    ABOVE_AFTER,
    PromiseStep,
    moved_by_rest,
    next_step,
    promise_day,
    promised_for,
)

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
WAITS = st.integers(2, 21)


def walked(by: date, looked: list[date]) -> list[tuple[date, PromiseStep]]:
    """What the clock does when somebody looks at it on these days, as often as there is something to do."""
    step, done = int(PromiseStep.MADE), []
    for today in looked:
        while (due := next_step(by, step, today)) is not None:
            step = due
            done.append((today, due))
    return done


@given(DAYS, st.lists(st.integers(-10, 40), max_size=30))
def test_steps_come_once_each_and_in_order(by: date, looked: list[int]) -> None:
    done = walked(by, [by + timedelta(days=number) for number in sorted(looked)])
    assert [step for _day, step in done] == list(PromiseStep)[1 : len(done) + 1]


@given(DAYS, st.lists(st.integers(-10, 40), max_size=30))
def test_nothing_is_early_and_nothing_is_left_out(by: date, looked: list[int]) -> None:
    days = [by + timedelta(days=number) for number in sorted(looked)]
    done = walked(by, days)
    assert all(day >= by for day, _step in done)
    assert all(day >= by + ABOVE_AFTER for day, step in done if step == PromiseStep.ABOVE)
    reached = max([step for _day, step in done], default=PromiseStep.MADE)
    if days and days[-1] >= by + ABOVE_AFTER:
        assert reached == PromiseStep.ABOVE
    elif days and days[-1] >= by:
        assert reached == PromiseStep.MANAGER
    else:
        assert reached == PromiseStep.MADE


@given(DAYS, st.sampled_from(list(PromiseStep)), DAYS, st.integers(0, 60))
def test_what_is_due_stays_due(by: date, step: PromiseStep, today: date, later: int) -> None:
    due = next_step(by, step, today)
    assert due is None or next_step(by, step, today + timedelta(days=later)) == due


@given(MOMENTS, WAITS)
def test_a_promise_has_its_whole_days(now: datetime, days: int) -> None:
    by = promised_for(now, days)
    assert next_step(by, PromiseStep.MADE, promise_day(now)) is None
    assert next_step(by, PromiseStep.MADE, promise_day(now + timedelta(days=days - 1))) is None
    assert next_step(by, PromiseStep.MADE, promise_day(now + timedelta(days=days + 1))) == PromiseStep.HERSELF


@given(DAYS, MOMENTS, WAITS)
def test_a_rest_never_brings_a_promise_nearer(by: date, now: datetime, days: int) -> None:
    moved = moved_by_rest(by, now, days)
    assert moved >= by and moved >= promised_for(now, days)
    assert moved in (by, promised_for(now, days))


def test_the_day_begins_at_eight_where_people_live() -> None:
    """Winter and summer: no letter at night."""
    winter, summer = date(2026, 3, 9), date(2026, 7, 6)
    assert promise_day(datetime(2026, 3, 9, 6, 59, tzinfo=UTC)) == winter - timedelta(days=1)
    assert promise_day(datetime(2026, 3, 9, 7, 0, tzinfo=UTC)) == winter
    assert promise_day(datetime(2026, 7, 6, 5, 59, tzinfo=UTC)) == summer - timedelta(days=1)
    assert promise_day(datetime(2026, 7, 6, 6, 0, tzinfo=UTC)) == summer

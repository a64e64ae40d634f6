from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel import clock, week

slots = st.sampled_from(week.SLOTS)
days = st.dates(date(2024, 1, 1), date(2040, 12, 31))


def test_thirty_five_slots_monday_first() -> None:
    assert list(week.SLOTS) == list(range(35))
    assert (week.weekday(0), week.start(0)) == (0, time(9, 0))
    assert (week.weekday(6), week.start(6)) == (1, time(11, 30))
    assert (week.weekday(34), week.start(34)) == (6, time(18, 0))


def test_no_two_slots_are_the_same_and_none_overlap_on_a_day() -> None:
    assert len({(week.weekday(slot), week.start(slot)) for slot in week.SLOTS}) == 35
    starts = [datetime.combine(date(2026, 1, 5), at) for at in week.SLOT_STARTS]
    for earlier, later in pairwise(starts):
        assert later - earlier >= week.MEETING_LENGTH


@pytest.mark.parametrize("slot", [-1, 35, 1000])
def test_a_slot_outside_the_grid_is_refused(slot: int) -> None:
    for ask in (week.weekday, week.start, week.part_of_day, week.label):
        with pytest.raises(ValueError):
            ask(slot)


def test_every_day_has_the_same_parts() -> None:
    expected = ["morning", "midday", "afternoon", "afternoon", "evening"]
    assert [week.part_of_day(slot) for slot in week.SLOTS] == expected * 7


@given(slots, days)
def test_next_day_is_the_first_such_weekday_from_the_given_one(slot: int, day: date) -> None:
    found = week.next_day(slot, day)
    assert found.weekday() == week.weekday(slot)
    assert timedelta(0) <= found - day < timedelta(7)


@given(slots, days)
def test_a_meeting_starts_at_its_wall_time_also_when_the_clocks_change(slot: int, day: date) -> None:
    when = week.moment(day, slot)
    assert when.tzinfo is not None
    local = clock.local(when)
    assert (local.date(), local.time()) == (day, week.start(slot))


def test_the_same_slot_before_and_after_summer_time() -> None:
    tuesday_evening = 9
    before, after = (
        week.moment(date(2026, 3, 24), tuesday_evening),
        week.moment(date(2026, 3, 31), tuesday_evening),
    )
    assert before.astimezone(UTC).hour == 17
    assert after.astimezone(UTC).hour == 16


def test_labels_read_naturally_in_english_and_know_norwegian_days() -> None:
    with translation.override("en"):
        assert week.label(9) == "Tuesday at 18:00"
        assert week.label(6) == "Tuesday at 11:30"
        assert week.short_label(9) == "Tue 18:00"
    with translation.override("nb"):
        assert week.label(9).startswith("tirsdag")
        assert str(week.WEEKDAYS[0]) == "mandag"
    with translation.override("nn"):
        assert week.label(9).startswith("tysdag")


def test_labels_of_all_slots_differ() -> None:
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            assert len({week.label(slot) for slot in week.SLOTS}) == 35
            assert len({week.short_label(slot) for slot in week.SLOTS}) == 35

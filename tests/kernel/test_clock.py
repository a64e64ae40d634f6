from datetime import UTC, date, datetime

import time_machine

from rundbord.kernel import clock


def test_now_is_aware_and_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_local_is_wall_time_in_norway_in_winter_and_in_summer() -> None:
    winter, summer = datetime(2026, 1, 5, 17, 0, tzinfo=UTC), datetime(2026, 7, 6, 16, 0, tzinfo=UTC)
    assert (clock.local(winter).hour, clock.local(summer).hour) == (18, 18)
    assert clock.local(winter) == winter


@time_machine.travel(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), tick=False)
def test_today_is_norways_day_when_utc_is_still_yesterday() -> None:
    assert clock.now() == datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert clock.today() == date(2026, 3, 2)

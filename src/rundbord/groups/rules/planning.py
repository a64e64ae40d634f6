"""When a group meets: its weekday and hour, week after week, but not on days when people are away.

The wall time is what was agreed: it stays when the clocks change (kernel.week.moment).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

import holidays
from dateutil.easter import easter

from rundbord.kernel import clock, week

PLAN_AHEAD = 12  # ordinary meetings planned in one go; twelve weeks is a good first commitment (PRODUCT.md)
TOP_UP_BELOW = 3  # planned meetings left when the next ones are planned
_HORIZON = 520  # weeks; no plan reaches further, so that a search always ends


def is_day_off(day: date, country: str = "NO") -> bool:
    """Whether no meeting is planned that day: public holidays, Christmas week, Holy Week, and their eves.

    Source: the public holidays of the `holidays` library; the weeks around them because rooms are shut
    and people travel (the school's Easter week, the eve of Pentecost, 23 December-1 January).
    """
    return day in holidays.country_holidays(country, years=(day.year,)) or _is_christmas(day) or _is_eve(day)


def _is_christmas(day: date) -> bool:
    return (day.month == 12 and day.day >= 23) or (day.month == 1 and day.day == 1)


def _is_eve(day: date) -> bool:
    after_easter = (day - easter(day.year)).days
    return -7 <= after_easter <= -1 or after_easter == 48


def meeting_days(slot: int, first_on: date, every_weeks: int = 1) -> Iterator[date]:
    """Days on which a group with this slot meets, from the first fitting day on or after `first_on`.

    A day off is left out, and the rhythm goes on as if the meeting had been held.
    ValueError if every_weeks < 1.
    """
    if every_weeks < 1:
        raise ValueError("a group meets every week or more seldom")
    first = next(day for day in _weekly(week.next_day(slot, first_on), 1) if not is_day_off(day))
    return (day for day in _weekly(first, every_weeks) if not is_day_off(day))


def _weekly(first: date, every_weeks: int) -> Iterator[date]:
    return (first + timedelta(weeks=every_weeks * n) for n in range(_HORIZON))


def plan(slot: int, first_on: date, count: int, every_weeks: int = 1) -> list[datetime]:
    """Starts of `count` meetings as aware moments, days off left out."""
    return [week.moment(day, slot) for day in islice(meeting_days(slot, first_on, every_weeks), count)]


def plan_from(previous: datetime, slot: int, count: int, every_weeks: int = 1) -> list[datetime]:
    """Starts of the `count` meetings after one that was planned for `previous`, in the same rhythm."""
    after = clock.local(previous).date()
    days = (day for day in meeting_days(slot, after, every_weeks) if day > after)
    return [week.moment(day, slot) for day in islice(days, count)]


def earliest_first_day(now: datetime, days_after: int, wanted: date | None = None) -> date:
    """First day that leaves time for the starter's calls: `days_after` days from now, or later if wanted."""
    soonest = clock.local(now).date() + timedelta(days=days_after)
    return max(soonest, wanted) if wanted else soonest


def visit_index(starts: list[datetime], handed_over: date, after_weeks: int) -> int | None:
    """Which planned meeting is nearest to `after_weeks` weeks after hand-over; None without meetings."""
    wanted = handed_over + timedelta(weeks=after_weeks)
    gaps = [abs((clock.local(start).date() - wanted).days) for start in starts]
    return gaps.index(min(gaps)) if gaps else None

"""Times, days, distances and phone numbers as people say them, in the active language."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rundbord.kernel import clock, week


def plain_date(value: date | datetime | None) -> str:
    """ "tirsdag 14. januar"; with the year when it is not this year. Empty for None."""
    if value is None:
        return ""
    day = _day(value)
    parts = {"weekday": WEEKDAYS[day.weekday()], "day": day.day, "month": MONTHS[day.month], "year": day.year}
    if day.year == clock.today().year:
        return _("%(weekday)s %(day)d %(month)s") % parts
    return _("%(weekday)s %(day)d %(month)s %(year)d") % parts


def plain_time(value: datetime | time | None) -> str:
    """ "18" or "18.30" in local wall time. Empty for None."""
    if value is None:
        return ""
    return week.clock_text(clock.local(value).time() if isinstance(value, datetime) else value)


def plain_moment(value: datetime | None) -> str:
    """ "tirsdag 14. januar kl. 18" in local wall time. Empty for None."""
    if value is None:
        return ""
    return _("%(date)s at %(time)s") % {"date": plain_date(value), "time": plain_time(value)}


def plain_times(slots: Iterable[int]) -> str:
    """ "Mandag kl. 9 og 18; onsdag kl. 18": times of the week (slots 0-34), day by day. Empty for none."""
    by_day: dict[int, list[str]] = {}
    for slot in sorted(slots):
        by_day.setdefault(week.weekday(slot), []).append(week.clock_text(week.start(slot)))
    days = [
        _("%(weekday)s at %(time)s") % {"weekday": week.WEEKDAYS[day], "time": _listed(times)}
        for day, times in by_day.items()
    ]
    several = any(len(times) > 1 for times in by_day.values())
    return capfirst(("; " if several else ", ").join(days))


def _listed(words: list[str]) -> str:
    """ "9, 14 og 18"."""
    *earlier, last = words
    return _("%(earlier)s and %(last)s") % {"earlier": ", ".join(earlier), "last": last} if earlier else last


def km(value: float | None) -> str:
    """A distance in kilometres, rounded as one says it. Empty for None."""
    if value is None:
        return ""
    if value < 1:
        return _("less than 1 km")
    return _("%(distance)d km") % {"distance": round(value)}


def phone_href(value: str | None) -> str:
    """A phone number as an address to tap, "tel:+4735000000"; empty when there is no digit in it."""
    text = str(value or "").strip()
    digits = "".join(character for character in text if character in "0123456789")
    plus = "+" if text.startswith("+") else ""
    return f"tel:{plus}{digits}" if digits else ""


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value

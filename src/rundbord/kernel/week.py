"""The week grid: 35 slots in which a group can meet, five a day, Monday first.

slot = 5 * weekday + index into SLOT_STARTS; Monday 09:00 is 0, Sunday 18:00 is 34.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal

from django.utils import timezone
from django.utils.dates import WEEKDAYS as _NAMES
from django.utils.dates import WEEKDAYS_ABBR as _SHORT_NAMES
from django.utils.translation import gettext

SLOT_STARTS = (time(9, 0), time(11, 30), time(14, 0), time(16, 0), time(18, 0))
PER_DAY = len(SLOT_STARTS)
SLOTS = range(7 * PER_DAY)
MEETING_LENGTH = timedelta(hours=2)

# Lazy names in the active language, Monday first; Django's own catalogues hold them.
WEEKDAYS = tuple(_NAMES[day] for day in range(7))

PartOfDay = Literal["morning", "midday", "afternoon", "evening"]
_PARTS: tuple[PartOfDay, ...] = ("morning", "midday", "afternoon", "afternoon", "evening")


def _checked(slot: int) -> int:
    if slot not in SLOTS:
        raise ValueError(f"slot {slot} is not one of 0..{SLOTS[-1]}")
    return slot


def weekday(slot: int) -> int:
    """Day of the week of a slot, Monday 0. ValueError outside 0..34."""
    return _checked(slot) // PER_DAY


def start(slot: int) -> time:
    """Local wall time at which the slot starts."""
    return SLOT_STARTS[_checked(slot) % PER_DAY]


def part_of_day(slot: int) -> PartOfDay:
    """Which part of the day a slot belongs to, as people search for it."""
    return _PARTS[_checked(slot) % PER_DAY]


def clock_text(at: time) -> str:
    """A time of day as the active language writes it ("18", "11.30", "18:00")."""
    if at.minute == 0:
        return gettext("%(hour)d:00") % {"hour": at.hour}
    return gettext("%(hour)d:%(minute)02d") % {"hour": at.hour, "minute": at.minute}


def label(slot: int) -> str:
    """The slot in words in the active language: "tirsdag kl. 18"."""
    said = {"weekday": WEEKDAYS[weekday(slot)], "time": clock_text(start(slot))}
    return gettext("%(weekday)s at %(time)s") % said


def short_label(slot: int) -> str:
    """The slot for narrow places: "tir 18"."""
    said = {"weekday": _SHORT_NAMES[weekday(slot)], "time": clock_text(start(slot))}
    return gettext("%(weekday)s %(time)s") % said


def next_day(slot: int, on_or_after: date) -> date:
    """First date on or after the given one that has the slot's weekday."""
    return on_or_after + timedelta(days=(weekday(slot) - on_or_after.weekday()) % 7)


def moment(day: date, slot: int) -> datetime:
    """When a meeting in the slot starts on that day: aware, right on both sides of summer time.

    The wall time is what was agreed, so it is the wall time that stays when the clocks change.
    """
    return datetime.combine(day, start(slot), tzinfo=timezone.get_default_timezone())

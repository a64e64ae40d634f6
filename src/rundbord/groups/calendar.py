"""Calendar entries for mails (RFC 5545, 5546): one entry for all meetings that were planned in one go.

The entry repeats weekly (or every n weeks) with its holes; meetings that were moved follow as exceptions.
So a person gets one invitation and not one a week, and every calendar program understands it. Nothing in an
entry tells what the meetings are about: a calendar is seen by family and colleagues.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext
from icalendar import Calendar, Event, Timezone, vCalAddress, vRecur

from rundbord.kernel import week
from rundbord.kernel.ids import pid

Method = Literal["REQUEST", "CANCEL"]  # of a letter; a file for anybody is published


@dataclass(frozen=True)
class Entry:
    """One meeting: as first planned (its identity in the series), as it is now, whether it fell away."""

    planned_for: datetime
    starts_at: datetime
    gone: bool = False


@dataclass(frozen=True)
class Series:
    """Meetings planned in one go; `sequence` only rises.

    `where`: the place's name and address, or empty; `link`: what opens the digital room, or empty.
    """

    id: UUID
    entries: tuple[Entry, ...]
    every_weeks: int
    sequence: int
    where: str = ""
    link: str = ""


@dataclass(frozen=True)
class Envelope:
    """Between whom, in which language and when the entry is sent. `sender` is a mail address."""

    sender: str
    to: str
    language: str
    now: datetime


def invitation(series: Series, envelope: Envelope) -> bytes:
    """The whole series as it is now (METHOD:REQUEST). ValueError if no meeting is left."""
    if all(entry.gone for entry in series.entries):
        raise ValueError("a series without meetings is cancelled, not sent")
    moved = [entry for entry in series.entries if not entry.gone and entry.starts_at != entry.planned_for]
    events = [_master(series, envelope)]
    events += [_exception(series, entry, envelope) for entry in moved] if len(series.entries) > 1 else []
    return _calendar("REQUEST", events)


def cancellation(series: Series, envelope: Envelope, only: Entry | None = None) -> bytes:
    """The series is called off, or only one meeting of it (METHOD:CANCEL)."""
    if only is not None and len(series.entries) > 1:
        event = _exception(series, only, envelope)
    else:
        all_of_it = tuple(replace(entry, gone=False) for entry in series.entries)
        event = _master(replace(series, entries=all_of_it), envelope)
    event.add("status", "CANCELLED")
    return _calendar("CANCEL", [event])


def weekly(slot: int, on_or_after: date) -> bytes:
    """A time of the week for anybody's own calendar, from that day on; the same for all who meet then."""
    start = _wall(week.moment(week.next_day(slot, on_or_after), slot))
    event = Event()
    event.add("uid", f"{slot}@weekly.rundbord")
    event.add("dtstamp", start.replace(hour=0, minute=0).astimezone(ZoneInfo("UTC")))
    event.add("dtstart", start)
    event.add("dtend", start + week.MEETING_LENGTH)
    event.add("rrule", vRecur({"FREQ": "WEEKLY"}))
    event.add("summary", gettext("Appointment"))
    event.add("class", "PRIVATE")
    return _calendar("PUBLISH", [event])


def _calendar(method: Method | Literal["PUBLISH"], events: list[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Rundbord//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone(events[0].start.year))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


@cache
def _zone(year: int) -> Timezone:
    """The rules of summer time round that year; most programs know the zone by its name anyhow."""
    name = timezone.get_default_timezone_name()
    return Timezone.from_tzid(name, first_date=date(year - 1, 1, 1), last_date=date(year + 3, 1, 1))


def _master(series: Series, envelope: Envelope) -> Event:
    planned = [_wall(entry.planned_for) for entry in series.entries]
    only = series.entries[0] if len(series.entries) == 1 else None
    event = _event(series, _wall(only.starts_at) if only else planned[0], envelope)
    if only is None:
        event.add("rrule", _rhythm(planned, series.every_weeks))
        holes = _holes(planned, series.every_weeks)
        holes += [_wall(entry.planned_for) for entry in series.entries if entry.gone]
        if holes:
            event.add("exdate", sorted(holes))
    return event


def _rhythm(planned: list[datetime], every_weeks: int) -> vRecur:
    weeks = round((planned[-1].date() - planned[0].date()).days / 7)
    return vRecur({"FREQ": "WEEKLY", "INTERVAL": every_weeks, "COUNT": weeks // every_weeks + 1})


def _holes(planned: list[datetime], every_weeks: int) -> list[datetime]:
    """Turns of the rhythm on which no meeting was planned (holidays)."""
    first, last, step = planned[0], planned[-1], timedelta(weeks=every_weeks)
    turns = ((last.date() - first.date()) // step) + 1
    return [turn for n in range(turns) if (turn := first + n * step) not in planned]


def _exception(series: Series, entry: Entry, envelope: Envelope) -> Event:
    event = _event(series, _wall(entry.starts_at), envelope)
    event.add("recurrence-id", _wall(entry.planned_for))
    return event


def _event(series: Series, start: datetime, envelope: Envelope) -> Event:
    event = Event()
    event.add("uid", f"{pid(series.id)}@{envelope.sender.rpartition('@')[2]}")
    event.add("sequence", series.sequence)
    event.add("dtstamp", envelope.now.astimezone(ZoneInfo("UTC")))
    event.add("dtstart", start)
    event.add("dtend", start + week.MEETING_LENGTH)
    with translation.override(envelope.language):
        event.add("summary", gettext("Appointment"))
    if series.where or series.link:
        event.add("location", series.where or series.link)
    if series.link:
        event.add("url", series.link)
    event.add("class", "PRIVATE")
    event["organizer"] = vCalAddress(f"mailto:{envelope.sender}")
    event["attendee"] = _attendee(envelope.to)
    return event


def _attendee(to: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["PARTSTAT"] = "ACCEPTED"  # she said yes on her page; her calendar need not ask again
    attendee.params["RSVP"] = "FALSE"
    return attendee


def _wall(moment: datetime) -> datetime:
    """The moment on the clock on the wall, in a zone that calendar programs know by name."""
    zone = timezone.get_default_timezone()
    return moment.astimezone(ZoneInfo(str(zone)))

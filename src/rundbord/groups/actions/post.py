"""Letters of the room. Plain and neutral: nothing in them tells what the meetings are about (TRUST.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from rundbord.groups import calendar
from rundbord.groups.models import Group, Meeting, MeetingState
from rundbord.kernel import clock, links, outtray, week
from rundbord.organisations.queries import letterhead
from rundbord.people.actions import issue_link
from rundbord.people.models import Starter, SubjectKind
from rundbord.signups.models import SignUp
from rundbord.signups.queries import reach

Drawing = Callable[[calendar.Envelope], bytes]


@dataclass(frozen=True)
class Reader:
    """Who a letter goes to, and by which way."""

    id: UUID
    kind: SubjectKind
    organisation_id: UUID
    name: str
    to: str
    channel: str
    language: str


def participant(signup: SignUp) -> Reader | None:
    """The person as reader; None for somebody who is rung instead."""
    way = reach(signup)
    if way is None:
        return None
    return Reader(
        signup.id,
        SubjectKind.SIGN_UP,
        signup.organisation_id,
        signup.first_name,
        way.to,
        way.channel,
        way.language,
    )


def starter(person: Starter) -> Reader:
    """The starter as reader."""
    return Reader(
        person.id,
        SubjectKind.STARTER,
        person.organisation_id,
        person.first_name,
        person.email,
        "email",
        person.ui_language,
    )


def send(
    reader: Reader | None,
    kind: str,
    now: datetime,
    *,
    drawing: Drawing | None = None,
    method: calendar.Method = "REQUEST",
    **context: Any,
) -> None:
    """Lays a letter of that kind in the tray, with a link to the reader's own page. No reader: nothing.

    `drawing` makes the calendar entry; it goes by e-mail only.
    """
    if reader is None:
        return
    head = letterhead(reader.organisation_id)
    token = issue_link(kind=reader.kind, subject=reader.id, organisation_id=reader.organisation_id, now=now)
    entry = drawing(_envelope(reader, now)) if drawing and reader.channel == "email" else None
    outtray.put(
        organisation_id=reader.organisation_id,
        kind=f"groups/{kind}",
        to=reader.to,
        channel=reader.channel,  # type: ignore[arg-type]
        language=reader.language,  # type: ignore[arg-type]
        context={
            "name": reader.name,
            "link": links.absolute("mine:enter", token, language=reader.language),
            "organisation_phone": head.phone,
            **_in_language(reader.language, context),
        },
        subject=reader.id,
        now=now,
        calendar=entry,
        calendar_method=method,
        sender=head.sender,
    )


def _envelope(reader: Reader, now: datetime) -> calendar.Envelope:
    sender = settings.RUNDBORD_MAIL_FROM.rpartition("<")[2].rstrip(">")
    return calendar.Envelope(sender=sender, to=reader.to, language=reader.language, now=now)


def _in_language(language: str, context: dict[str, Any]) -> dict[str, Any]:
    """Slots and moments in words of the reader's language; the rest as it is."""
    with translation.override(language):
        return {name: _words(name, value) for name, value in context.items()}


def _words(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return date_format(clock.local(value), "DATETIME_FORMAT")
    return week.label(value) if name == "slot" else value


def where(group: Group) -> str:
    """Name and address of the room, for those who have said yes; empty for a digital meeting."""
    if group.room is None:
        return ""
    venue = group.room.venue
    return f"{venue.name}, {group.room.name}, {venue.address}"


def series_of(group: Group, meetings: list[Meeting]) -> calendar.Series:
    """The calendar's view of meetings that were planned in one go (one series, in order of planned_for)."""
    ordered = sorted(meetings, key=lambda meeting: meeting.planned_for)
    return calendar.Series(
        id=ordered[0].series,
        entries=tuple(entry_of(meeting) for meeting in ordered),
        every_weeks=group.every_weeks,
        sequence=max(meeting.sequence for meeting in ordered),
        where=where(group),
        link=(group.meeting_link or "") if group.digital else "",
    )


def entry_of(meeting: Meeting) -> calendar.Entry:
    """One meeting as the calendar sees it. Held ones stay: they are history, not cancelled."""
    gone = meeting.state in (MeetingState.CANCELLED, MeetingState.NOT_HELD)
    return calendar.Entry(meeting.planned_for, meeting.starts_at, gone)

"""Calendar letters to all round the table: planned, moved, called off. One entry for each series."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from rundbord.groups import calendar
from rundbord.groups.actions import post
from rundbord.groups.models import (
    Group,
    Meeting,
    MeetingKind,
    MeetingState,
    Participation,
    RequestState,
    StarterRequest,
)
from rundbord.people.models import Starter


def members(group: Group) -> list[Participation]:
    """Those who take part now, in the order they came."""
    rows = Participation.objects.filter(group=group, left_at__isnull=True)
    return list(rows.select_related("signup").order_by("joined_at", "id"))


def starters(group: Group) -> list[Starter]:
    """Those who start (or started) the group."""
    rows = StarterRequest.objects.filter(group=group, state=RequestState.YES)
    return [request.starter for request in rows.select_related("starter").order_by("answered_at", "id")]


def readers(group: Group) -> list[post.Reader | None]:
    """All who take part."""
    return [post.participant(member.signup) for member in members(group)]


def series(group: Group, series_id: UUID) -> list[Meeting]:
    """The meetings that were planned in one go, in order."""
    return list(group.meetings.filter(series=series_id).order_by("planned_for"))


def raise_sequence(series_id: UUID) -> None:
    """The calendar entry has changed: calendars take only a higher number."""
    Meeting.objects.filter(series=series_id).update(sequence=F("sequence") + 1)


def invite(
    group: Group, kind: str, to: Iterable[post.Reader | None], series_id: UUID, now: datetime, **context: Any
) -> None:
    """The series as it is now, to each of them. Nothing left of it: nothing is sent."""
    meetings = series(group, series_id)
    ahead = [meeting for meeting in meetings if meeting.state == MeetingState.PLANNED]
    if not ahead:
        return
    drawn = post.series_of(group, meetings)
    for reader in to:
        post.send(
            reader,
            kind,
            now,
            drawing=lambda envelope: calendar.invitation(drawn, envelope),
            slot=group.slot,
            where=post.where(group),
            first=ahead[0].starts_at,
            number=len(ahead),
            **context,
        )


def invite_all(group: Group, kind: str, meeting: Meeting, now: datetime) -> None:
    """The meeting's whole series as it is now, to all who are to be at this meeting; `when` is this one."""
    invite(group, kind, readers(group), meeting.series, now, when=meeting.starts_at)
    if meeting.kind == MeetingKind.STARTUP:
        people = [post.starter(starter) for starter in starters(group)]
        invite(group, kind, people, meeting.series, now, when=meeting.starts_at)
    elif meeting.kind == MeetingKind.VISIT:
        invite_to_visit(group, kind, meeting, now)


def call_off_one(group: Group, meeting: Meeting, now: datetime) -> None:
    """One meeting falls away; the others stay."""
    _call_off(group, meeting, series(group, meeting.series), readers(group), now)
    if meeting.kind == MeetingKind.ORDINARY:
        return
    theirs = [meeting] if meeting.kind == MeetingKind.VISIT else series(group, meeting.series)
    _call_off(group, meeting, theirs, [post.starter(starter) for starter in starters(group)], now)


def _call_off(
    group: Group,
    meeting: Meeting,
    known: list[Meeting],
    to: Iterable[post.Reader | None],
    now: datetime,
) -> None:
    drawn = post.series_of(group, known)
    for reader in to:
        post.send(
            reader,
            "meeting_cancelled",
            now,
            drawing=lambda envelope: calendar.cancellation(drawn, envelope, post.entry_of(meeting)),
            method="CANCEL",
            when=meeting.starts_at,
        )


def call_off_all(
    group: Group, kind: str, to: Iterable[post.Reader | None], now: datetime, **context: Any
) -> None:
    """Every series with meetings ahead goes out of their calendars; the letter is sent in any case.

    Several series are rare (a startup meeting left beside ordinary ones): the letter takes the last one.
    """
    ahead = group.meetings.filter(state=MeetingState.PLANNED).order_by("planned_for").last()
    drawn = post.series_of(group, series(group, ahead.series)) if ahead else None
    higher = replace(drawn, sequence=drawn.sequence + 1) if drawn else None
    for reader in to:
        post.send(
            reader,
            kind,
            now,
            drawing=(lambda envelope: calendar.cancellation(higher, envelope)) if higher else None,
            method="CANCEL",
            **context,
        )


def invite_to_visit(group: Group, kind: str, visit: Meeting, now: datetime) -> None:
    """The starter's own entry: the return visit alone."""
    drawn = post.series_of(group, [visit])
    for starter in starters(group):
        post.send(
            post.starter(starter),
            kind,
            now,
            drawing=lambda envelope: calendar.invitation(drawn, envelope),
            when=visit.starts_at,
            where=post.where(group),
        )


def startup_series(group: Group) -> UUID | None:
    """The series of the startup meetings, if they are planned."""
    first = group.meetings.filter(kind=MeetingKind.STARTUP).first()
    return first.series if first else None

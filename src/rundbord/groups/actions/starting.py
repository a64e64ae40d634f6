"""From enough yes to the first meeting: the group starts when people and a starter are there."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import invitations, post
from rundbord.groups.actions.frame import become, demand, locked, note, write
from rundbord.groups.models import (
    Group,
    GroupState,
    Meeting,
    MeetingKind,
    MeetingState,
    Participation,
    RequestState,
    StarterRequest,
)
from rundbord.groups.rules import planning
from rundbord.kernel import clock, week
from rundbord.kernel.ids import new_id
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.queries import setting
from rundbord.signups.models import SignUp


class TooFewToStart(Refused):
    """Fewer have said yes than a group needs."""

    sentence = _("Too few have said yes to start now.")


class NoStarterYet(Refused):
    """No starter has said yes, and the group does not start by itself."""

    sentence = _("No starter has said yes yet.")


class SelfStartOff(Refused):
    """The organisation lets no group start without a starter."""

    sentence = _("Groups here start together with a starter. You can change this in the settings.")


class DateTooSoon(Refused):
    """The first meeting would be today or in the past."""

    sentence = _("The first meeting must be on a later day than today.")


class AlreadyMet(Refused):
    """The first meeting has been held, so the plan stands."""

    sentence = _("The first meeting has been held. Move the other meetings one by one.")


def start_if_ready(group: Group, now: datetime) -> bool:
    """Starts a forming group once enough have said yes and a starter is there; whether it did."""
    if group.state != GroupState.FORMING or _yes(group) < group.enough or not _has_starter(group):
        return False
    _begin(group, planning.earliest_first_day(now, _days(group), group.first_meeting_on), SYSTEM, now)
    return True


def start_with(*, group: Group, by: Actor, now: datetime) -> None:
    """The coordinator starts with those who are there. Raises TooFewToStart (under floor), NoStarterYet."""
    with write(group.organisation_id):
        here = locked(group.id)
        if here.state == GroupState.STARTING:
            return
        demand(here, GroupState.FORMING)
        _refuse_unready(here)
        _begin(here, planning.earliest_first_day(now, _days(here), here.first_meeting_on), by, now)


def start_by_itself(*, group: Group, by: Actor, now: datetime) -> None:
    """The group will start without a starter, with the same guide. Raises SelfStartOff."""
    with write(group.organisation_id):
        here = locked(group.id)
        demand(here, GroupState.FORMING)
        if not setting(here.organisation_id, "self_start"):
            raise SelfStartOff(here)
        here.self_start = True
        here.save(update_fields=["self_start"])
        note(here, "group-by-itself", by, now)
        start_if_ready(here, now)


def plan_meetings(*, group: Group, first_on: date, by: Actor, now: datetime) -> None:
    """Plans (or plans anew) the startup meetings from the first fitting day on or after `first_on`.

    Raises DateTooSoon, AlreadyMet, TooFewToStart or NoStarterYet.
    """
    with write(group.organisation_id):
        here = locked(group.id)
        demand(here, GroupState.FORMING, GroupState.STARTING)
        if first_on <= clock.local(now).date():
            raise DateTooSoon(here)
        if here.state == GroupState.FORMING:
            _refuse_unready(here)
            _begin(here, first_on, by, now)
        else:
            _replan(here, first_on, by, now)


def _refuse_unready(group: Group) -> None:
    if _yes(group) < group.floor:
        raise TooFewToStart(group)
    if not _has_starter(group):
        raise NoStarterYet(group)


def _yes(group: Group) -> int:
    return Participation.objects.filter(group=group, left_at__isnull=True).count()


def _has_starter(group: Group) -> bool:
    return group.self_start or StarterRequest.objects.filter(group=group, state=RequestState.YES).exists()


def _days(group: Group) -> int:
    return setting(group.organisation_id, "first_meeting_after_days")


def _begin(group: Group, first_on: date, by: Actor, now: datetime) -> None:
    become(group, GroupState.STARTING, now)
    note(group, "group-starting", by, now, people=_yes(group))
    starts = planning.plan(group.slot, first_on, group.startup_meetings, group.every_weeks)
    series = add_meetings(group, starts, MeetingKind.STARTUP)
    _note_first_day(group, starts[0])
    _tell_plan(group, series, now)


def _note_first_day(group: Group, first: datetime) -> None:
    group.first_meeting_on = clock.local(first).date()
    group.save(update_fields=["first_meeting_on"])


def _tell_plan(group: Group, series: UUID, now: datetime) -> None:
    invitations.invite(group, "meetings_planned", invitations.readers(group), series, now)
    people = [post.starter(starter) for starter in invitations.starters(group)]
    invitations.invite(group, "starter_meetings_planned", people, series, now)


def add_meetings(group: Group, starts: list[datetime], kind: MeetingKind) -> UUID:
    """Writes down meetings planned in one go, numbered on from those before; the id of their series."""
    series, first = new_id(), next_number(group, kind)
    for number, starts_at in enumerate(starts, start=first):
        add_meeting(group, kind, number, starts_at, series)
    return series


def next_number(group: Group, kind: MeetingKind) -> int:
    """The number the next meeting of this kind gets."""
    last = group.meetings.filter(kind=kind).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def add_meeting(group: Group, kind: MeetingKind, number: int, starts_at: datetime, series: UUID) -> Meeting:
    """One planned meeting of the usual length."""
    return Meeting.objects.create(
        organisation_id=group.organisation_id,
        group=group,
        kind=kind,
        number=number,
        series=series,
        planned_for=starts_at,
        starts_at=starts_at,
        ends_at=starts_at + week.MEETING_LENGTH,
    )


def _replan(group: Group, first_on: date, by: Actor, now: datetime) -> None:
    if group.meetings.filter(state=MeetingState.HELD).exists():
        raise AlreadyMet(group)
    ahead = list(group.meetings.filter(kind=MeetingKind.STARTUP, state=MeetingState.PLANNED))
    starts = planning.plan(group.slot, first_on, len(ahead), group.every_weeks)
    for meeting, starts_at in zip(ahead, starts, strict=True):
        meeting.planned_for = meeting.starts_at = starts_at
        meeting.ends_at = starts_at + week.MEETING_LENGTH
        meeting.save(update_fields=["planned_for", "starts_at", "ends_at"])
    note(group, "meetings-replanned", by, now)
    _note_first_day(group, starts[0])
    invitations.raise_sequence(ahead[0].series)
    _tell_plan(group, ahead[0].series, now)


def invite_late(group: Group, signup: SignUp, now: datetime) -> None:
    """Somebody who said yes when the meetings were already planned gets them too."""
    ahead = group.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=now).first()
    if ahead is not None:
        invitations.invite(group, "meetings_planned", [post.participant(signup)], ahead.series, now)

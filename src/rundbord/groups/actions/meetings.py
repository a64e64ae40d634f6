"""What happens to a single meeting: held, not held, moved, cancelled, steps done."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import invitations
from rundbord.groups.actions.frame import demand, locked, note, write
from rundbord.groups.actions.starting import add_meeting, next_number
from rundbord.groups.models import Absence, Group, GroupState, Meeting, MeetingKind, MeetingState
from rundbord.groups.rules import place_in_course, planning, step_codes
from rundbord.kernel import week
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor


class MeetingSettled(Refused):
    """The meeting has already been held, not held or cancelled."""

    sentence = _("This meeting is already settled.")


class MeetingNotYet(Refused):
    """The meeting has not begun."""

    sentence = _("This meeting has not begun yet.")


class TimeHasPassed(Refused):
    """A meeting cannot be moved into the past, nor be changed once it has begun."""

    sentence = _("Choose a time that has not passed.")


class UnknownStep(Refused):
    """The guide for this meeting has no such step."""

    sentence = _("There is no such step in this meeting.")


def tick_step(*, meeting: Meeting, code: str, done: bool, by: Actor, now: datetime) -> None:
    """Ticks (or unticks) one step of the guide. Nothing of what was said is kept. Raises UnknownStep."""
    with write(meeting.organisation_id):
        here, mine = _held(meeting)
        number = place_in_course(mine, here.meetings.all())
        if mine.kind != MeetingKind.STARTUP or code not in step_codes(*_within(number, here)):
            raise UnknownStep(mine)
        ticks = set(mine.ticks)
        mine.ticks = sorted(ticks | {code} if done else ticks - {code})
        mine.save(update_fields=["ticks"])


def _within(number: int, group: Group) -> tuple[int, int]:
    return min(number, group.startup_meetings), group.startup_meetings


def mark_held(*, meeting: Meeting, by: Actor, now: datetime) -> None:
    """The meeting took place. Who was absent is forgotten. Raises MeetingNotYet or MeetingSettled."""
    with write(meeting.organisation_id):
        _here, mine = _held(meeting)
        if mine.state == MeetingState.HELD:
            return
        _refuse_settled(mine)
        if now < mine.starts_at:
            raise MeetingNotYet(mine)
        _settle(mine, MeetingState.HELD)
        note(mine, "meeting-held", by, now, subject=mine.group_id, detail=mine.kind, number=mine.number)


def mark_not_held(*, meeting: Meeting, by: Actor, now: datetime) -> None:
    """The meeting did not take place; a startup meeting is added at the end.

    Raises MeetingNotYet or MeetingSettled.
    """
    with write(meeting.organisation_id):
        here, mine = _held(meeting)
        if mine.state == MeetingState.NOT_HELD:
            return
        _refuse_settled(mine)
        if now < mine.starts_at:
            raise MeetingNotYet(mine)
        _settle(mine, MeetingState.NOT_HELD)
        note(mine, "meeting-not-held", by, now, subject=here.id, detail=mine.kind, number=mine.number)
        _add_one(here, mine, now)


def cancel_meeting(*, meeting: Meeting, by: Actor, now: datetime) -> None:
    """Calls a coming meeting off; calendars follow. A startup meeting is added at the end.

    Raises MeetingSettled or TimeHasPassed.
    """
    with write(meeting.organisation_id):
        here, mine = _held(meeting)
        if mine.state == MeetingState.CANCELLED:
            return
        _refuse_begun(mine, now)
        _settle(mine, MeetingState.CANCELLED)
        note(mine, "meeting-cancelled", by, now, subject=here.id, detail=mine.kind, number=mine.number)
        invitations.raise_sequence(mine.series)
        invitations.call_off_one(here, mine, now)
        _add_one(here, mine, now)


def move_meeting(*, meeting: Meeting, starts_at: datetime, by: Actor, now: datetime) -> None:
    """Moves a coming meeting; calendars follow. Raises MeetingSettled or TimeHasPassed."""
    with write(meeting.organisation_id):
        here, mine = _held(meeting)
        _refuse_begun(mine, now)
        if starts_at <= now:
            raise TimeHasPassed(mine)
        if mine.starts_at == starts_at:
            return
        mine.starts_at, mine.ends_at = starts_at, starts_at + week.MEETING_LENGTH
        mine.save(update_fields=["starts_at", "ends_at"])
        note(mine, "meeting-moved", by, now, subject=here.id, detail=mine.kind, number=mine.number)
        invitations.raise_sequence(mine.series)
        mine.refresh_from_db(fields=["sequence"])
        invitations.invite_all(here, "meeting_moved", mine, now)


def _add_one(group: Group, gone: Meeting, now: datetime) -> None:
    """Another startup meeting after the last one, in the same series, so that none of the course is lost."""
    if gone.kind != MeetingKind.STARTUP or group.state != GroupState.STARTING:
        return
    last = group.meetings.filter(kind=MeetingKind.STARTUP).latest("planned_for")
    [starts_at] = planning.plan_from(max(last.planned_for, now), group.slot, 1, group.every_weeks)
    number = next_number(group, MeetingKind.STARTUP)
    added = add_meeting(group, MeetingKind.STARTUP, number, starts_at, gone.series)
    invitations.raise_sequence(gone.series)
    invitations.invite_all(group, "meeting_added", added, now)


def _held(meeting: Meeting) -> tuple[Group, Meeting]:
    group = locked(Meeting.objects.values_list("group_id", flat=True).get(pk=meeting.pk))
    demand(group, GroupState.STARTING, GroupState.SELF_LED)
    return group, Meeting.objects.get(pk=meeting.pk)


def _refuse_settled(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise MeetingSettled(meeting)


def _refuse_begun(meeting: Meeting, now: datetime) -> None:
    _refuse_settled(meeting)
    if meeting.starts_at <= now:
        raise TimeHasPassed(meeting)


def _settle(meeting: Meeting, state: MeetingState) -> None:
    meeting.state = state
    meeting.save(update_fields=["state"])
    Absence.objects.filter(meeting=meeting).delete()

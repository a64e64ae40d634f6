"""The group's life: handed over, paused, going on, left by one, given up, ended."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import invitations, post, requests
from rundbord.groups.actions.frame import become, demand, locked, note, write
from rundbord.groups.actions.offers import close_offer
from rundbord.groups.actions.seats import free_seat, offer_next
from rundbord.groups.actions.starting import AlreadyMet, add_meetings, next_number
from rundbord.groups.models import (
    Absence,
    EndReason,
    Group,
    GroupState,
    Meeting,
    MeetingKind,
    MeetingState,
    Newcomers,
    Offer,
    OfferState,
    Participation,
    RequestState,
    Seat,
)
from rundbord.groups.rules import planning
from rundbord.groups.rules.states import AFTER_HAND_OVER, BEFORE_HAND_OVER
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.queries import setting
from rundbord.people.actions import revoke_access
from rundbord.signups import actions as signups
from rundbord.venues.actions import return_loan


class HandOverTooSoon(Refused):
    """Startup meetings are still ahead, or none has been held."""

    sentence = _("Hand over at the last startup meeting, or after it.")


def hand_over(*, group: Group, by: Actor, now: datetime) -> None:
    """The starter leaves as planned: the group leads itself from now on.

    Meetings are planned on, and one of them is proposed for a return visit.
    Raises HandOverTooSoon while startup meetings lie ahead.
    """
    with write(group.organisation_id):
        here = locked(group.id)
        if here.state == GroupState.SELF_LED:
            return
        demand(here, GroupState.STARTING)
        _refuse_unfinished(here, now)
        here.handed_over_on = clock.local(now).date()
        become(here, GroupState.SELF_LED, now)
        note(here, "group-self-led", by, now)
        _close_doors(here, by, now)
        visit = _plan_with_visit(here, now)
        invitations.invite_to_visit(here, "starter_handed_over", visit, now)


def _refuse_unfinished(group: Group, now: datetime) -> None:
    startup = group.meetings.filter(kind=MeetingKind.STARTUP)
    ahead = startup.filter(state=MeetingState.PLANNED, starts_at__gt=now).exists()
    begun = startup.filter(state__in=[MeetingState.PLANNED, MeetingState.HELD], starts_at__lte=now).exists()
    if ahead or not begun:
        raise HandOverTooSoon(group)


def _close_doors(group: Group, by: Actor, now: datetime) -> None:
    """Open offers and unanswered questions to starters end with the startup."""
    for offer in _open_offers(group):
        close_offer(group, offer, OfferState.WITHDRAWN, by, now)
    for request in group.requests.filter(state=RequestState.ASKED).select_related("starter"):
        requests.release(group, request, by, now)
    group.reserves.all().delete()


def _open_offers(group: Group) -> list[Offer]:
    rows = Offer.objects.filter(group=group, state=OfferState.OPEN)
    return list(rows.select_related("signup").order_by("sent_at", "id"))


def _plan_with_visit(group: Group, now: datetime) -> Meeting:
    """Ordinary meetings after hand-over; the one nearest to the wished week is the return visit."""
    ahead = plan_on(group, now, "handed_over")
    starts = [meeting.starts_at for meeting in ahead]
    weeks = setting(group.organisation_id, "visit_after_weeks")
    index = planning.visit_index(starts, clock.local(now).date(), weeks)
    visit = ahead[index or 0]
    visit.kind, visit.number = MeetingKind.VISIT, next_number(group, MeetingKind.VISIT)
    visit.save(update_fields=["kind", "number"])
    return visit


def plan_on(group: Group, now: datetime, kind: str) -> list[Meeting]:
    """The next meetings of a group that is held, in one calendar entry, with a letter of that kind to all."""
    last = group.meetings.order_by("planned_for").last()
    after = max(last.planned_for, now) if last else now
    starts = planning.plan_from(after, group.slot, planning.PLAN_AHEAD, group.every_weeks)
    series = add_meetings(group, starts, MeetingKind.ORDINARY)
    invitations.invite(group, kind, invitations.readers(group), series, now)
    return invitations.series(group, series)


def pause_group(*, group: Group, by: Actor, now: datetime) -> None:
    """The group rests: its meetings are called off, its people stay its people."""
    with write(group.organisation_id):
        here = locked(group.id)
        if here.state == GroupState.PAUSED:
            return
        demand(here, GroupState.SELF_LED)
        become(here, GroupState.PAUSED, now)
        note(here, "group-paused", by, now)
        _close_doors(here, by, now)
        invitations.call_off_all(here, "paused", invitations.readers(here), now)
        _call_off_meetings(here, now)


def resume_group(*, group: Group, by: Actor, now: datetime) -> None:
    """The group goes on: meetings are planned again."""
    with write(group.organisation_id):
        here = locked(group.id)
        if here.state == GroupState.SELF_LED:
            return
        demand(here, GroupState.PAUSED)
        become(here, GroupState.SELF_LED, now)
        note(here, "group-resumed", by, now)
        plan_on(here, now, "next_meetings")


def _call_off_meetings(group: Group, now: datetime) -> None:
    ahead = group.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=now)
    Absence.objects.filter(meeting__group=group).delete()
    ahead.update(state=MeetingState.CANCELLED)


def leave_group(*, participation: Participation, by: Actor, now: datetime, wait_again: bool = False) -> None:
    """One person leaves, without giving a reason. Before the first meeting the next in line is asked.

    `wait_again` puts her back on the waiting list (only before the first meeting).
    """
    with write(participation.organisation_id):
        here = locked(Participation.objects.values_list("group_id", flat=True).get(pk=participation.pk))
        mine = Participation.objects.select_related("signup").get(pk=participation.pk)
        if mine.left_at is None:
            _leave(here, mine, by, now, wait_again)


def remove_participant(*, participation: Participation, by: Actor, now: datetime) -> None:
    """The organisation takes somebody out; every private door of hers is shut at once (TRUST.md)."""
    leave_group(participation=participation, by=by, now=now)
    revoke_access(subject=participation.signup_id, now=now)


def _leave(group: Group, mine: Participation, by: Actor, now: datetime, wait_again: bool) -> None:
    invitations.call_off_all(group, "left", [post.participant(mine.signup)], now)
    _part(mine, now)
    note(mine, "participant-left", by, now, subject=mine.signup_id, detail=group.state)
    if wait_again and not _has_met(group):
        signups.mark_waiting(signup=mine.signup, declined_slot=None, now=now)
    else:
        signups.mark_finished(signup=mine.signup, now=now)
    close_gap(group, now)


def close_gap(group: Group, now: datetime) -> None:
    """Somebody is gone: the next in line is asked, as long as the group takes people; one without any ends.

    The group is locked by the caller.
    """
    if group.state in BEFORE_HAND_OVER:
        offer_next(group, now)
    elif group.state in AFTER_HAND_OVER and not invitations.members(group):
        _close(group, EndReason.TOO_FEW, SYSTEM, now)


def _part(participation: Participation, now: datetime) -> None:
    participation.left_at = now
    participation.save(update_fields=["left_at"])
    Absence.objects.filter(participation=participation).delete()
    free_seat(participation.group, participation.signup)


def _has_met(group: Group) -> bool:
    return group.meetings.filter(state=MeetingState.HELD).exists()


def give_up_group(*, group: Group, by: Actor, now: datetime) -> None:
    """The group does not start: everybody waits again, room and starter are free. Raises AlreadyMet."""
    with write(group.organisation_id):
        here = locked(group.id)
        if here.end_reason == EndReason.NOT_STARTED:
            return
        demand(here, *BEFORE_HAND_OVER)
        if _has_met(here):
            raise AlreadyMet(here)
        for member in invitations.members(here):
            invitations.call_off_all(here, "not_started", [post.participant(member.signup)], now)
            _part(member, now)
            signups.mark_waiting(signup=member.signup, declined_slot=None, now=now)
        _close(here, EndReason.NOT_STARTED, by, now)


def end_group(*, group: Group, reason: EndReason | str, by: Actor, now: datetime) -> None:
    """The group ends with dignity and a reason that names nobody."""
    with write(group.organisation_id):
        here = locked(group.id)
        if here.state == GroupState.ENDED:
            return
        demand(here, GroupState.STARTING, *AFTER_HAND_OVER)
        for member in invitations.members(here):
            invitations.call_off_all(here, "ended", [post.participant(member.signup)], now)
            _part(member, now)
            signups.mark_finished(signup=member.signup, now=now)
        _close(here, EndReason(reason), by, now)


def _close(group: Group, reason: EndReason, by: Actor, now: datetime) -> None:
    """Everything the group still holds is let go: offers, starters, room, meetings, notices."""
    _release_starters(group, by, now)
    _close_doors(group, by, now)
    _call_off_meetings(group, now)
    Seat.objects.filter(group=group).delete()
    group.notices.all().delete()
    if group.loan is not None:
        return_loan(loan=group.loan, on=clock.local(now).date(), by=by, now=now)
    group.end_reason, group.ended_on = reason, clock.local(now).date()
    group.newcomers, group.newcomer_places = Newcomers.CLOSED, 0
    become(group, GroupState.ENDED, now)
    note(group, "group-ended", by, now, detail=reason, reason=reason)


def _release_starters(group: Group, by: Actor, now: datetime) -> None:
    if group.state in BEFORE_HAND_OVER:
        for request in group.requests.filter(state=RequestState.YES).select_related("starter"):
            requests.release(group, request, by, now)

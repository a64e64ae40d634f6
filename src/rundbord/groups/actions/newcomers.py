"""New people in a self-led group: only if it wants them, and then it starts anew with a fresh pledge."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import invitations, post
from rundbord.groups.actions.frame import become, demand, locked, note, write
from rundbord.groups.models import (
    Absence,
    EndReason,
    GroundRule,
    Group,
    GroupState,
    Meeting,
    MeetingState,
    Newcomers,
    Offer,
    OfferState,
    Participation,
    Seat,
    StarterRequest,
)
from rundbord.kernel import clock
from rundbord.kernel.ids import new_id
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor


class NotThatManyPlaces(Refused):
    """An open group has at least one free place, and no more than there are chairs."""

    sentence = _("There must be at least one free place, and no more than there are chairs.")


def set_newcomers(*, group: Group, newcomers: Newcomers | str, places: int, by: Actor, now: datetime) -> None:
    """What the group has decided about new people; `places` counts only when open.

    Raises NotThatManyPlaces.
    """
    with write(group.organisation_id):
        here = locked(group.id)
        demand(here, GroupState.SELF_LED)
        here.newcomers = Newcomers(newcomers)
        here.newcomer_places = places if here.newcomers == Newcomers.OPEN else 0
        if here.newcomers == Newcomers.OPEN and not 1 <= places <= _free_chairs(here):
            raise NotThatManyPlaces(here)
        here.save(update_fields=["newcomers", "newcomer_places"])
        note(here, "newcomers-decided", by, now, detail=here.newcomers)


def _free_chairs(group: Group) -> int:
    return group.ceiling - Seat.objects.filter(group=group).count()


def reopen(*, group: Group, by: Actor, now: datetime) -> Group:
    """The group starts anew: same people, meetings and rules, but nobody has pledged yet. The successor."""
    with write(group.organisation_id):
        here = locked(group.id)
        demand(here, GroupState.SELF_LED)
        return start_anew(here, by, now)


def make_room(group: Group, offer: Offer, now: datetime) -> Group:
    """The group a newcomer joins: started anew, or as it is if it has not met since it last was."""
    if not _fresh(group, now):
        group = start_anew(group, SYSTEM, now)
    Offer.objects.filter(pk=offer.pk).update(group=group)
    Seat.objects.filter(signup=offer.signup_id).update(group=group)
    group.newcomer_places = max(group.newcomer_places - 1, 0)
    if group.newcomer_places == 0:
        group.newcomers = Newcomers.CLOSED
    group.save(update_fields=["newcomer_places", "newcomers"])
    return group


def _fresh(group: Group, now: datetime) -> bool:
    met = group.meetings.filter(starts_at__gt=group.created_at, starts_at__lte=now)
    gone = (MeetingState.NOT_HELD, MeetingState.CANCELLED)
    return group.successor_of_id is not None and not met.exclude(state__in=gone).exists()


def start_anew(group: Group, by: Actor, now: datetime) -> Group:
    """The successor of a self-led group that the caller holds. Its members are told."""
    successor = _copy(group, now)
    for member in invitations.members(group):
        _carry_over(member, successor, now)
    for rows in (
        Seat.objects.filter(group=group),
        GroundRule.objects.filter(group=group),
        StarterRequest.objects.filter(group=group),
        Offer.objects.filter(group=group, state=OfferState.OPEN),
        Meeting.objects.filter(group=group, starts_at__gt=now),
    ):
        rows.update(group=successor)
    _close(group, now)
    note(group, "group-reopened", by, now, counted=False, successor=successor.id)
    note(successor, "group-reopened", by, now)
    for reader in invitations.readers(successor):
        post.send(reader, "started_anew", now)
    return successor


def _copy(group: Group, now: datetime) -> Group:
    """The same frame under a new id; encrypted text is sealed anew for its row."""
    successor = Group.objects.get(pk=group.pk)
    link = successor.meeting_link
    successor.pk, successor._state.adding = new_id(), True
    successor.meeting_link = link
    successor.successor_of = group
    successor.created_at = successor.state_since = now
    Group.objects.filter(pk=group.pk).update(loan=None)
    successor.save(force_insert=True)
    return successor


def _carry_over(member: Participation, successor: Group, now: datetime) -> None:
    member.left_at = now
    member.save(update_fields=["left_at"])
    fresh = Participation.objects.create(
        organisation_id=member.organisation_id, group=successor, signup=member.signup, joined_at=now
    )
    Absence.objects.filter(participation=member).update(participation=fresh)


def _close(group: Group, now: datetime) -> None:
    group.notices.all().delete()  # what was said to those who were there is not for those who come
    group.loan = None
    group.end_reason, group.ended_on = EndReason.REOPENED, clock.local(now).date()
    group.newcomers, group.newcomer_places = Newcomers.CLOSED, 0
    become(group, GroupState.ENDED, now)

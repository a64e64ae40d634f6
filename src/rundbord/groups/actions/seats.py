"""Seats: held from the offer on, the lowest free one, never one more than the group has (TRUST.md).

Everything here expects the group to be locked by the caller.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import post
from rundbord.groups.actions.frame import note
from rundbord.groups.models import (
    Group,
    MeetingKind,
    MeetingState,
    Offer,
    OfferState,
    Reserve,
    Seat,
)
from rundbord.groups.rules.states import still_takes_people
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.queries import setting
from rundbord.signups import actions as signups
from rundbord.signups.models import SignUp, SignUpState


class GroupIsFull(Refused):
    """Every seat is held."""

    sentence = _("All places are taken.")


class NotWaiting(Refused):
    """The person is not waiting for a place now."""

    sentence = _("Somebody here is no longer waiting for a place. Please look again.")


class AlreadyOffered(Refused):
    """The person already has an offer from, or a place in, this group."""

    sentence = _("This place has already been offered to that person.")


def hold_seat(group: Group, signup: SignUp, by: Actor, now: datetime) -> Offer:
    """Seat, offer, story and letter together. Raises GroupIsFull, NotWaiting or AlreadyOffered."""
    _refuse_double(group, signup)
    Seat.objects.create(
        organisation_id=group.organisation_id,
        group=group,
        number=_lowest_free(group),
        ceiling=group.ceiling,
        signup=signup,
        held_since=now,
    )
    offer = _open_offer(group, signup, now)
    signups.mark_offered(signup=signup, now=now)
    note(offer, "offer-sent", by, now, subject=signup.id, slot=group.slot)
    post.send(
        post.participant(signup),
        "offer",
        now,
        slot=group.slot,
        place=_area(group),
        answer_by=offer.expires_at,
    )
    return offer


def _refuse_double(group: Group, signup: SignUp) -> None:
    answered = (OfferState.OPEN, OfferState.ACCEPTED)
    if Offer.objects.filter(group=group, signup=signup, state__in=answered).exists():
        raise AlreadyOffered(signup)
    if signup.state != SignUpState.WAITING or Seat.objects.filter(signup=signup).exists():
        raise NotWaiting(signup)


def _lowest_free(group: Group) -> int:
    taken = set(Seat.objects.filter(group=group).values_list("number", flat=True))
    free = next((number for number in range(1, group.ceiling + 1) if number not in taken), None)
    if free is None:
        raise GroupIsFull(group)
    return free


def _open_offer(group: Group, signup: SignUp, now: datetime) -> Offer:
    """A new offer; one that lapsed or was taken back is opened again."""
    hours = setting(group.organisation_id, "offer_hours")
    offer, _new = Offer.objects.update_or_create(
        group=group,
        signup=signup,
        defaults={
            "organisation_id": group.organisation_id,
            "state": OfferState.OPEN,
            "reason": "",
            "sent_at": now,
            "expires_at": now + timedelta(hours=hours),
            "answered_at": None,
        },
    )
    return offer


def _area(group: Group) -> str:
    return "" if group.digital else group.place.name


def free_seat(group: Group, signup: SignUp) -> None:
    """The chair is free again."""
    Seat.objects.filter(group=group, signup=signup).delete()


def offer_next(group: Group, now: datetime) -> Offer | None:
    """Offers a freed seat to the best reserve who still waits and has not been asked; None if nobody."""
    if not _takes_reserves(group, now):
        return None
    for reserve in _reserves(group):
        reserve.delete()
        signup = _if_waiting(reserve)
        if signup is not None:
            return hold_seat(group, signup, SYSTEM, now)
    return None


def _takes_reserves(group: Group, now: datetime) -> bool:
    first = group.meetings.filter(kind=MeetingKind.STARTUP, state=MeetingState.PLANNED).first()
    held = group.meetings.filter(state=MeetingState.HELD).exists()
    answer_by = now + timedelta(hours=setting(group.organisation_id, "offer_hours"))
    return not held and still_takes_people(group.state, first.starts_at if first else None, answer_by)


def _reserves(group: Group) -> list[Reserve]:
    asked = Offer.objects.filter(group=group).values("signup")
    return list(Reserve.objects.filter(group=group).exclude(signup__in=asked).order_by("rank", "id"))


def _if_waiting(reserve: Reserve) -> SignUp | None:
    """The reserve's wish, held. One that another write is moving right now is passed over, not waited for."""
    rows = SignUp.objects.select_for_update(no_key=True, skip_locked=True)
    signup = rows.filter(pk=reserve.signup_id, state=SignUpState.WAITING).first()
    return None if signup is None or Seat.objects.filter(signup=signup).exists() else signup

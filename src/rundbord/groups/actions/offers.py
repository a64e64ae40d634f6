"""Offers: sent, answered, taken back, lapsed. Each answer is one transaction, and none is blamed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import newcomers, post, starting
from rundbord.groups.actions.frame import locked, locked_signups, note, write
from rundbord.groups.actions.seats import NotWaiting, free_seat, hold_seat, offer_next
from rundbord.groups.models import Group, GroupState, MeetingState, Offer, OfferState, Participation
from rundbord.groups.rules.states import DeclineReason, Newcomers, can_answer, still_takes_people
from rundbord.kernel import tenancy
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.queries import setting
from rundbord.signups import actions as signups
from rundbord.signups.models import SignUp, SignUpState


class OfferClosed(Refused):
    """The offer has been answered, has lapsed or was taken back."""

    sentence = _(
        "This offer is no longer open. You have not lost anything: see your page for what happens next."
    )


class GroupIsClosed(Refused):
    """The group takes no new people now."""

    sentence = _("This group takes no new people now.")


def offer_seat(*, group: Group, signup: SignUp, by: Actor, now: datetime) -> Offer:
    """Offers one person a place. Raises GroupIsClosed, GroupIsFull, NotWaiting or AlreadyOffered."""
    with write(group.organisation_id):
        here = locked(group.id)
        _refuse_closed(here, now)
        people = locked_signups([signup.id])
        if not people:  # erased in the meantime
            raise NotWaiting(signup)
        return hold_seat(here, people[0], by, now)


def _refuse_closed(group: Group, now: datetime) -> None:
    if group.state == GroupState.SELF_LED and group.newcomers == Newcomers.OPEN:
        asked = Offer.objects.filter(group=group, state=OfferState.OPEN).count()
        if asked < group.newcomer_places:
            return
        raise GroupIsClosed(group)
    first = group.meetings.filter(state__in=[MeetingState.PLANNED, MeetingState.HELD]).first()
    answer_by = now + timedelta(hours=setting(group.organisation_id, "offer_hours"))
    if not still_takes_people(group.state, first.starts_at if first else None, answer_by):
        raise GroupIsClosed(group)


def accept_offer(*, offer: Offer, by: Actor, now: datetime) -> Participation:
    """Yes. Said twice it is the same yes. Raises OfferClosed if it lapsed, was answered no or taken back.

    Enough yes answers and a starter's yes start the group; in a self-led group the yes opens it anew.
    """
    with write(offer.organisation_id):
        here, mine = _held(offer)
        if mine.state == OfferState.ACCEPTED:
            return Participation.objects.get(group=here, signup_id=mine.signup_id)
        if not can_answer(mine.state, mine.expires_at, now):
            raise OfferClosed(mine)
        _answered(mine, OfferState.ACCEPTED, now)
        if here.state == GroupState.SELF_LED:
            here = newcomers.make_room(here, mine, now)
        return _seated(here, mine, by, now)


def _seated(group: Group, offer: Offer, by: Actor, now: datetime) -> Participation:
    participation = _join(group, offer.signup, now)
    signups.mark_placed(signup=offer.signup, now=now)
    note(offer, "offer-accepted", by, now, subject=offer.signup_id, slot=group.slot)
    if not starting.start_if_ready(group, now):
        starting.invite_late(group, offer.signup, now)
    return participation


def _join(group: Group, signup: SignUp, now: datetime) -> Participation:
    """A new participation; one who left and was asked again comes back with everything fresh."""
    participation, _new = Participation.objects.update_or_create(
        group=group,
        signup=signup,
        defaults={
            "organisation_id": group.organisation_id,
            "joined_at": now,
            "left_at": None,
            "called_at": None,
            "pledged_at": None,
        },
    )
    return participation


def decline_offer(
    *, offer: Offer, reason: DeclineReason | str, by: Actor, now: datetime, leave: bool = False
) -> None:
    """No, with a reason; the person waits on, better matched next time, or leaves altogether.

    Said twice it is the same no. The next reserve is offered the place. Raises OfferClosed.
    """
    with write(offer.organisation_id):
        here, mine = _held(offer)
        if mine.state == OfferState.DECLINED:
            return
        if mine.state != OfferState.OPEN:
            raise OfferClosed(mine)
        mine.reason = DeclineReason(reason)
        _answered(mine, OfferState.DECLINED, now)
        note(mine, "offer-declined", by, now, subject=mine.signup_id, detail=mine.reason, reason=mine.reason)
        _back_to_waiting(here, mine, now)
        if leave:
            signups.withdraw(signup=mine.signup, by=by, now=now)
        offer_next(here, now)


def withdraw_offer(*, offer: Offer, by: Actor, now: datetime) -> None:
    """The coordinator takes an unanswered offer back; the person is told and waits on. Raises OfferClosed."""
    with write(offer.organisation_id):
        here, mine = _held(offer)
        if mine.state == OfferState.WITHDRAWN:
            return
        if mine.state != OfferState.OPEN:
            raise OfferClosed(mine)
        close_offer(here, mine, OfferState.WITHDRAWN, by, now)


def close_offer(group: Group, offer: Offer, state: OfferState, by: Actor, now: datetime) -> None:
    """An open offer ends without an answer, and the person is told. The group is locked by the caller."""
    _answered(offer, state, now)
    note(offer, f"offer-{state}", by, now, subject=offer.signup_id, slot=group.slot)
    _back_to_waiting(group, offer, now)
    if offer.signup.state == SignUpState.WAITING:  # and has not left by another door
        post.send(post.participant(offer.signup), f"offer_{state}", now, slot=group.slot)


def lapse_offers(now: datetime) -> int:
    """Ends every offer whose time is up, without blame, and asks the next in line. Returns how many.

    Also those of people who took back their wish without answering: their seats are free.
    """
    with tenancy.everywhere("offers lapse in every organisation"):
        open_ = Offer.objects.filter(state=OfferState.OPEN).order_by("expires_at")
        due = open_.filter(Q(expires_at__lte=now) | ~Q(signup__state=SignUpState.OFFERED))
        ids = list(due.values_list("organisation_id", "id"))
    return sum(_lapse(organisation_id, offer_id, now) for organisation_id, offer_id in ids)


def _lapse(organisation_id: UUID, offer_id: UUID, now: datetime) -> bool:
    with write(organisation_id):
        found = Offer.objects.filter(pk=offer_id).first()
        if found is None:
            return False
        here, mine = _held(found)
        left = mine.signup.state != SignUpState.OFFERED
        if mine.state != OfferState.OPEN or (now < mine.expires_at and not left):
            return False
        close_offer(here, mine, OfferState.WITHDRAWN if left else OfferState.LAPSED, SYSTEM, now)
        offer_next(here, now)
        return True


def _held(offer: Offer) -> tuple[Group, Offer]:
    """The offer's group, locked, and the offer as it is now. It follows its group if that was opened anew."""
    group_id = Offer.objects.filter(pk=offer.pk).values_list("group_id", flat=True).first()
    if group_id is None:  # erased in the meantime
        raise OfferClosed(offer)
    here = locked(group_id)
    mine = Offer.objects.select_related("signup").get(pk=offer.pk)
    return (here, mine) if mine.group_id == here.id else (locked(mine.group_id), mine)


def _answered(offer: Offer, state: OfferState, now: datetime) -> None:
    offer.state, offer.answered_at = state, now
    offer.save(update_fields=["state", "reason", "answered_at"])


def _back_to_waiting(group: Group, offer: Offer, now: datetime) -> None:
    free_seat(group, offer.signup)
    slot = group.slot if offer.reason == DeclineReason.TIME else None
    signups.mark_waiting(signup=offer.signup, declined_slot=slot, now=now)

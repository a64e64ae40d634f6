"""What this room keeps about people, why and for how long; how it is handed out and erased."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from rundbord.groups.actions.frame import locked
from rundbord.groups.actions.life import close_gap
from rundbord.groups.models import Absence, Group, GroupState, Notice, Offer, Participation, Reserve, Seat
from rundbord.kernel import clock, tenancy
from rundbord.kernel.personal import not_personal, personal
from rundbord.organisations.queries import setting

_OFFER = "until the person's wish is erased"
_THERE = "until the end of the group and 30 days (the organisation's setting)"
_STARTER = "while the starter is on the organisation's list"
_WORDS = "until the group ends or starts anew"

DECLARED = {
    # A group says nothing about who sits in it; its focus is public.
    "Group": {
        **not_personal(
            "id organisation state newcomers newcomer_places listed focus language women_only young_only"
            " digital place room loan slot every_weeks floor enough ceiling startup_meetings self_start"
            " first_meeting_on handed_over_on ended_on end_reason successor_of created_at state_since"
            " public_order"
        ),
        "meeting_link": personal("opens the digital room", _WORDS, export=False),
    },
    "Seat": {
        **not_personal("id organisation number ceiling"),
        "group": personal("that nobody gets a chair twice", _OFFER),
        "signup": personal("that nobody gets a chair twice", _OFFER),
        "held_since": personal("that nobody gets a chair twice", _OFFER),
    },
    "Offer": {
        **not_personal("id organisation"),
        "group": personal("what was offered", _OFFER),
        "signup": personal("to whom", _OFFER),
        "state": personal("how it was answered", _OFFER),
        "reason": personal("to fit better next time", _OFFER),
        "sent_at": personal("when it was offered", _OFFER),
        "expires_at": personal("until when it holds", _OFFER),
        "answered_at": personal("how long people need", _OFFER),
    },
    "Reserve": {
        **not_personal("id organisation rank"),
        "group": personal("who is asked next", "until asked or the group is handed over", export=False),
        "signup": personal("who is asked next", "until asked or the group is handed over", export=False),
    },
    "StarterRequest": {
        **not_personal("id organisation group asked_at expires_at"),
        "starter": personal("who starts the group", _STARTER, erase="goes with the group"),
        "state": personal("how she answered", _STARTER, erase="goes with the group"),
        "answered_at": personal("how she answered", _STARTER, erase="goes with the group"),
    },
    "Participation": {
        **not_personal("id organisation"),
        "group": personal("which meetings to tell about", _THERE),
        "signup": personal("who takes part", _THERE),
        "joined_at": personal("since when", _THERE),
        "left_at": personal("until when", _THERE),
        "called_at": personal("that everybody is rung before the first meeting", _THERE),
        "pledged_at": personal("that everybody has made the pledge", _THERE),
    },
    # No attendance is kept for anybody: a meeting knows only whether it was held.
    "Meeting": not_personal(
        "id organisation group kind number series planned_for starts_at ends_at state sequence ticks"
    ),
    "Absence": {
        **not_personal("id organisation"),
        "meeting": personal("that the others know", "until the meeting is over"),
        "participation": personal("that the others know", "until the meeting is over"),
        "said_at": personal("that the others know", "until the meeting is over"),
    },
    "GroundRule": {
        **not_personal("id organisation group number agreed_on"),
        "text": personal("the group's own words", _THERE, export=False, erase="goes with the group"),
    },
    "Notice": {
        **not_personal("id organisation group from_starter"),
        "text": personal("to tell the whole group", _WORDS),
        "from_participation": personal("who wrote it", _WORDS, erase="forgotten"),
        "at": personal("when it was written", _WORDS),
    },
}


def export(subject: UUID) -> dict[str, Any]:
    """Everything of this room about one person that is hers, as plain data; nothing about anybody else."""
    offers = Offer.objects.filter(signup=subject).select_related("group").order_by("sent_at", "id")
    taken_part = Participation.objects.filter(signup=subject).select_related("group")
    written = Notice.objects.filter(from_participation__signup=subject).order_by("at", "id")
    away = Absence.objects.filter(participation__signup=subject).select_related("meeting")
    return {
        "offers": [_offer(offer) for offer in offers],
        "participations": [_participation(each) for each in taken_part.order_by("joined_at", "id")],
        "notices": [{"at": notice.at.isoformat(), "text": notice.text} for notice in written],
        "absences": [each.meeting.starts_at.isoformat() for each in away.order_by("said_at", "id")],
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "slot": offer.group.slot,
        "state": offer.state,
        "reason": offer.reason,
        "sent_at": offer.sent_at.isoformat(),
        "expires_at": offer.expires_at.isoformat(),
        "answered_at": offer.answered_at and offer.answered_at.isoformat(),
    }


def _participation(each: Participation) -> dict[str, Any]:
    moments = ("joined_at", "left_at", "called_at", "pledged_at")
    told = {name: getattr(each, name) and getattr(each, name).isoformat() for name in moments}
    return {"focus": each.group.focus, "slot": each.group.slot, **told}


@transaction.atomic
def erase(subject: UUID, now: datetime) -> None:
    """Removes every row of this room about one person, what she wrote to the group too.

    The chair she held is offered to the next in line.
    """
    held = Seat.objects.filter(signup=subject).values_list("group_id", flat=True).first()
    group = None if held is None else locked(held)
    Notice.objects.filter(from_participation__signup=subject).delete()
    Absence.objects.filter(participation__signup=subject).delete()
    for rows in (Participation, Seat, Offer, Reserve):
        rows.objects.filter(signup=subject).delete()
    if group is not None:
        close_gap(group, now)


def clear(now: datetime) -> None:
    """Ground rules go when the group has been over for as long as the organisation keeps participants."""
    with tenancy.everywhere("retention holds in every organisation"):
        over = Group.objects.filter(state=GroupState.ENDED, ground_rules__isnull=False).distinct()
        for group in list(over):
            days = setting(group.organisation_id, "retention_participant_days")
            if group.ended_on and group.ended_on + timedelta(days=days) <= clock.local(now).date():
                group.ground_rules.all().delete()

"""The states of a group and of what belongs to it, and which step may follow which."""

from datetime import datetime
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_SEATS = 8  # never a ninth (PRODUCT.md); the organisation's own ceiling may be lower


class GroupState(TextChoices):
    FORMING = "forming", _("Being formed")
    STARTING = "starting", _("Starting")
    SELF_LED = "self_led", _("Self-led")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class Newcomers(TextChoices):
    """What the group has decided about new people."""

    CLOSED = "closed", _("Closed")
    WAITING_LIST = "waiting_list", _("Waiting list")
    OPEN = "open", pgettext_lazy("state", "Open")


class EndReason(TextChoices):
    FINISHED = "finished", _("We were done")
    TOO_FEW = "too_few", _("We became too few")
    NO_ROOM = "no_room", _("No place to meet")
    DISAGREEMENT = "disagreement", _("We did not find together")
    NOT_STARTED = "not_started", _("It never started")
    REOPENED = "reopened", _("Started anew with new people")
    OTHER = "other", _("Something else")


class OfferState(TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Yes")
    DECLINED = "declined", _("No")
    LAPSED = "lapsed", _("No answer")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DeclineReason(TextChoices):
    TIME = "time", _("The time does not suit me")
    PLACE = "place", _("The place does not suit me")
    KIND = "kind", _("I wish for another kind of group")
    NOT_NOW = "not_now", _("Not now")


class RequestState(TextChoices):
    ASKED = "asked", _("Asked")
    YES = "yes", _("Yes")
    NO = "no", _("No")
    LAPSED = "lapsed", _("No answer")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MeetingKind(TextChoices):
    STARTUP = "startup", _("Startup meeting")
    ORDINARY = "ordinary", _("Meeting")
    VISIT = "visit", _("Return visit")


class MeetingState(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    NOT_HELD = "not_held", _("Not held")
    CANCELLED = "cancelled", _("Cancelled")


class Openness(TextChoices):
    """All that the public learns of a group's seats: a word, never a number (TRUST.md)."""

    OPEN = "open", pgettext_lazy("state", "Open")
    WAITING_LIST = "waiting_list", _("Waiting list")
    CLOSED = "closed", _("Closed")
    FORMING = "forming", _("Being formed")


LIVE = (GroupState.FORMING, GroupState.STARTING, GroupState.SELF_LED, GroupState.PAUSED)
BEFORE_HAND_OVER = (GroupState.FORMING, GroupState.STARTING)
AFTER_HAND_OVER = (GroupState.SELF_LED, GroupState.PAUSED)

# In which order the public meets groups: those that take people first. Its index is stored with the group.
PUBLIC_ORDER = (Openness.OPEN, Openness.FORMING, Openness.WAITING_LIST, Openness.CLOSED)

NEXT_STATES: dict[str, tuple[str, ...]] = {
    GroupState.FORMING: (GroupState.STARTING, GroupState.ENDED),
    GroupState.STARTING: (GroupState.SELF_LED, GroupState.ENDED),
    GroupState.SELF_LED: (GroupState.PAUSED, GroupState.ENDED),
    GroupState.PAUSED: (GroupState.SELF_LED, GroupState.ENDED),
    GroupState.ENDED: (),
}


class Opening(Protocol):
    """What must be known of a group to say whether it takes people."""

    state: str
    newcomers: str


def may_become(state: str, wanted: str) -> bool:
    """Whether a group may go from one state straight to another."""
    return wanted in NEXT_STATES[state]


def openness(group: Opening) -> Openness:
    """The public word for a group. A group is closed from its start until it decides otherwise itself."""
    if group.state == GroupState.FORMING:
        return Openness.FORMING
    if group.state == GroupState.SELF_LED:
        return Openness(group.newcomers)
    return Openness.CLOSED


def can_answer(state: str, expires_at: datetime, now: datetime) -> bool:
    """Whether an offer or a request still waits for its answer."""
    return state in (OfferState.OPEN, RequestState.ASKED) and now < expires_at


def may_set_link(kind: str, state: str, self_start: bool) -> bool:
    """Whether this kind of actor decides where a digital group meets: one who leads it, or the office before.

    Of a group that leads itself the organisation learns only what the group tells (PRODUCT.md).
    """
    if kind == "person":
        return state in AFTER_HAND_OVER or (self_start and state == GroupState.STARTING)
    return kind in ("starter", "staff") and state in BEFORE_HAND_OVER


def still_takes_people(state: str, first_meeting_at: datetime | None, latest_answer_at: datetime) -> bool:
    """Whether a seat may be offered before hand-over: nobody joins after the first meeting has begun."""
    if state == GroupState.FORMING:
        return True
    if state != GroupState.STARTING or first_meeting_at is None:
        return False
    return latest_answer_at < first_meeting_at

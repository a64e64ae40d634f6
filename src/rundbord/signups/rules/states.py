"""The states of a wish, and which verb leads from where to where."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.clock import local
from rundbord.kernel.refusals import Refused

LONGEST_PAUSE = timedelta(days=365)


class SignUpState(TextChoices):
    """Where a wish is."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed")
    TALK = "talk", _("Waiting for a talk")
    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("Has an offer")
    PLACED = "placed", _("Has a place")
    PAUSED = "paused", _("Paused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SENT_ON = "sent_on", _("Sent on")
    LAPSED = "lapsed", _("Lapsed")
    FINISHED = "finished", _("Finished")


class TalkState(TextChoices):
    """Where a non-binding talk is."""

    WANTED = "wanted", _("Wanted")
    ASKED = "asked", _("Asked for")  # by the person; she waits for a place all the same
    HELD = "held", _("Held")
    SKIPPED = "skipped", _("Skipped")


_S = SignUpState
# Confirmed, and not over: the person has a page here.
LIVE = frozenset({_S.TALK, _S.WAITING, _S.OFFERED, _S.PLACED, _S.PAUSED})
CLOSED = frozenset({_S.WITHDRAWN, _S.SENT_ON, _S.LAPSED, _S.FINISHED})
# Here the theme and the free text are gone (PRODUCT.md, rule 5).
WITHOUT_FOCUS = CLOSED | {_S.PLACED}
# Here a promise to be heard from is open. Who rests is left in peace; who has an offer has heard from us.
PROMISED = frozenset({_S.UNCONFIRMED, _S.TALK, _S.WAITING})
# Here it is remembered: a rest does not take a promise away, it moves it.
REMEMBERED = PROMISED | {_S.PAUSED}

# verb -> (from, to)
TRANSITIONS: dict[str, tuple[frozenset[SignUpState], frozenset[SignUpState]]] = {
    "confirm": (frozenset({_S.UNCONFIRMED}), frozenset({_S.TALK, _S.WAITING})),
    "settle_talk": (frozenset({_S.TALK, _S.WAITING}), frozenset({_S.WAITING})),
    "ask_for_talk": (frozenset({_S.WAITING}), frozenset({_S.WAITING})),
    "still_waiting": (frozenset({_S.TALK, _S.WAITING}), frozenset({_S.TALK, _S.WAITING})),
    "offer": (frozenset({_S.WAITING}), frozenset({_S.OFFERED})),
    "place": (frozenset({_S.OFFERED}), frozenset({_S.PLACED})),
    "return": (frozenset({_S.OFFERED, _S.PLACED}), frozenset({_S.WAITING})),
    "finish": (frozenset({_S.PLACED}), frozenset({_S.FINISHED})),
    "pause": (frozenset({_S.TALK, _S.WAITING}), frozenset({_S.PAUSED})),
    "resume": (frozenset({_S.PAUSED}), frozenset({_S.TALK, _S.WAITING})),
    # Nobody is kept from leaving; who sits in a group leaves the group (groups.leave_group), and is finished.
    "withdraw": (
        frozenset({_S.UNCONFIRMED, _S.TALK, _S.WAITING, _S.OFFERED, _S.PAUSED}),
        frozenset({_S.WITHDRAWN}),
    ),
    # She has heard from us, or it is time to say honestly that she has not.
    "answer": (PROMISED, PROMISED),
    "send_on": (frozenset({_S.TALK, _S.WAITING, _S.PAUSED}), frozenset({_S.SENT_ON})),
    "lapse": (frozenset({_S.TALK, _S.WAITING}), frozenset({_S.LAPSED})),
    "change": (LIVE | {_S.UNCONFIRMED}, LIVE | {_S.UNCONFIRMED}),
}


class NotPossible(Refused):
    """The verb does not lead anywhere from the state the wish is in."""

    sentence = _("This cannot be done any more. Load the page again to see where things stand.")


class BadPause(Refused):
    """The day the pause should end is past, or more than a year ahead."""

    sentence = _("Choose a day within the next year.")


def can(verb: str, state: str) -> bool:
    """Whether the verb leads somewhere from this state. KeyError for an unknown verb."""
    return state in TRANSITIONS[verb][0]


def check(verb: str, state: str) -> None:
    """Raises NotPossible unless `can`."""
    if not can(verb, state):
        raise NotPossible(verb, state)


def check_pause(until: date | None, now: datetime) -> None:
    """Raises BadPause. No day at all is allowed: then we ask after a while."""
    today = local(now).date()
    if until is not None and not today < until <= today + LONGEST_PAUSE:
        raise BadPause(until)


def back_to(talk: str | None) -> SignUpState:
    """Where a pause ends: at the talk if that is still wanted, otherwise in the waiting list."""
    return SignUpState.TALK if talk == TalkState.WANTED else SignUpState.WAITING


def broken(signup: Any) -> list[str]:
    """What does not fit the state of a wish; empty when all is as it should be."""
    state = SignUpState(signup.state)
    said = {
        "confirmed_at": (signup.confirmed_at is not None) == (state != _S.UNCONFIRMED),
        "waiting_since": (signup.waiting_since is not None) == (state != _S.UNCONFIRMED),
        "paused_until": signup.paused_until is None or state == _S.PAUSED,
        "asked_at": signup.asked_at is None or can("still_waiting", state),
        "focus": (signup.focus is None) == (state in WITHOUT_FOCUS),
        "note": signup.note is None or state not in WITHOUT_FOCUS,
        "answer_by": signup.answer_by is None or state in REMEMBERED,
        "not_with": signup.not_with is None or state not in WITHOUT_FOCUS,
    }
    return [name for name, holds in said.items() if not holds]


_BUCKETS = ((4, "0-3"), (8, "4-7"), (13, "8-12"), (26, "13-25"))


def weeks_waited(since: datetime, now: datetime) -> int:
    """Whole weeks."""
    return max(0, (now - since).days // 7)


def bucket(weeks: int) -> str:
    """Waiting time for a counter: few, wide steps, so that nobody is a number of her own."""
    return next((label for below, label in _BUCKETS if weeks < below), "26+")


def any_of(states: Iterable[SignUpState]) -> list[str]:
    """The states as a query takes them, in a fixed order."""
    return sorted(state.value for state in states)

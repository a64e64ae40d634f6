"""What happens to wishes by the clock, organisation by organisation, each with its own limits."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from rundbord.kernel import tenancy
from rundbord.kernel.clock import local
from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations import queries as organisations
from rundbord.organisations.models import Organisation
from rundbord.signups import actions
from rundbord.signups.actions.change import ask_still_waiting
from rundbord.signups.actions.letters import forget_mail_pauses
from rundbord.signups.models import SignUp
from rundbord.signups.rules import TRANSITIONS, ContactKind, NotPossible, SignUpState, any_of

_WAIT = any_of(TRANSITIONS["still_waiting"][0])
_NOT_HERS = [SignUpState.WITHDRAWN, SignUpState.SENT_ON, SignUpState.LAPSED]


def tick(now: datetime) -> None:
    """Everything that is due, in every organisation. Safe to run twice, and while people act."""
    forget_mail_pauses(now)
    for organisation_id in Organisation.objects.values_list("id", flat=True):
        with tenancy.scope(organisation_id):
            limits = organisations.settings_of(organisation_id)
            for piece in (lapse_unconfirmed, erase_closed, forget_words, end_pauses, take_out, ask):
                piece(limits, now)


def lapse_unconfirmed(limits: dict[str, Any], now: datetime) -> None:
    """Nobody confirmed: the rows are gone. Who asked to be rung is kept as long as free text, to be rung."""
    by_voice = Q(contact_kind=ContactKind.RING_ME)
    rows = SignUp.objects.filter(state=SignUpState.UNCONFIRMED)
    written = rows.exclude(by_voice).filter(created_at__lte=_ago(now, limits["retention_unverified_days"]))
    rung = rows.filter(by_voice, created_at__lte=_ago(now, limits["retention_free_text_days"]))
    for found in (written, rung):
        _each(found, lambda row: actions.erase_wish(signup=row, now=now))


def erase_closed(limits: dict[str, Any], now: datetime) -> None:
    """Withdrawn, sent on and lapsed wishes, and people whose time in a group is over."""
    closed = SignUp.objects.filter(
        state__in=any_of(_NOT_HERS), state_since__lte=_ago(now, limits["retention_closed_days"])
    )
    finished = SignUp.objects.filter(
        state=SignUpState.FINISHED, state_since__lte=_ago(now, limits["retention_participant_days"])
    )
    for found in (closed, finished):
        _each(found, lambda row: actions.erase_wish(signup=row, now=now))


def forget_words(limits: dict[str, Any], now: datetime) -> None:
    """What somebody wrote in her own words."""
    old = SignUp.objects.filter(note_at__lte=_ago(now, limits["retention_free_text_days"]))
    _each(old, lambda row: actions.erase_words(signup=row, now=now))


def end_pauses(limits: dict[str, Any], now: datetime) -> None:
    """Pauses whose day has come; those without a day after the organisation's waiting clock."""
    due = Q(paused_until__lte=local(now).date())
    due |= Q(paused_until__isnull=True, state_since__lte=_ago(now, limits["out_waiting_days"]))
    rows = SignUp.objects.filter(due, state=SignUpState.PAUSED)
    _each(rows, lambda row: actions.resume(signup=row, by=SYSTEM, now=now))


def take_out(limits: dict[str, Any], now: datetime) -> None:
    """Asked, and no answer within the time that was given."""
    rows = SignUp.objects.filter(state__in=_WAIT, asked_at__lte=_ago(now, _answer_days(limits)))
    _each(rows, lambda row: actions.lapse(signup=row, now=now))


def ask(limits: dict[str, Any], now: datetime) -> None:
    """Not heard from for long: are you still waiting?"""
    rows = SignUp.objects.filter(
        state__in=_WAIT, asked_at__isnull=True, heard_at__lte=_ago(now, limits["ask_waiting_days"])
    )
    days = _answer_days(limits)
    _each(rows, lambda row: ask_still_waiting(signup=row, days=days, now=now))


def _answer_days(limits: dict[str, Any]) -> int:
    return limits["out_waiting_days"] - limits["ask_waiting_days"]


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _each(rows: Iterable[SignUp], verb: Callable[[SignUp], None]) -> None:
    """One short transaction each. Who has just acted herself is left alone."""
    for row in rows:
        try:
            verb(row)
        except (NotPossible, actions.WishGone):
            continue

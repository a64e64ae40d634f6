"""Whom the office rings and why, and whom no message reached; each as an initial that leads to her page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from rundbord.groups import queries as groups
from rundbord.kernel import outtray
from rundbord.signups import queries as signups
from rundbord.signups.rules import SOON, promise_day

if TYPE_CHECKING:
    from rundbord.kernel.models import OutgoingMessage
    from rundbord.signups.models import SignUp


@dataclass(frozen=True)
class Call:
    """One person to ring: an initial, where she lives, since when, and why."""

    signup_id: UUID
    initial: str
    place: str
    since: datetime
    why: str
    until: datetime | None = None
    by: date | None = None  # promised to hear from us


@dataclass(frozen=True)
class LostLetter:
    """A message that was given up; `signup_id` when it was for somebody with a wish here."""

    id: UUID
    at: datetime
    channel: str
    initial: str
    signup_id: UUID | None


def calls(organisation_id: UUID, now: datetime) -> list[Call]:
    """Everybody who waits for a call, each once, offers that run out first. Five queries at most."""
    offered = list(_offered(organisation_id))
    promised = {each.id: each for each in signups.promised(organisation_id, promise_day(now) + SOON)}
    asked = [*_to_ring(organisation_id), *_talks(organisation_id)]
    told = [
        replace(call, by=promised[call.signup_id].answer_by) if call.signup_id in promised else call
        for call in asked
    ]
    named = {call.signup_id for call in [*offered, *asked]}
    rest = [each for each in promised.values() if each.id not in named]
    return [*offered, *map(_to_answer, rest), *told]


def _to_answer(signup: "SignUp") -> Call:
    """Who has not heard from us yet and stands nowhere else in the list."""
    why = _("Has not heard from you yet. A call or a few lines is enough.")
    since = signup.confirmed_at or signup.created_at
    return Call(signup.id, signups.initial(signup), signup.place.label, since, why, by=signup.answer_by)


def _offered(organisation_id: UUID) -> Iterator[Call]:
    people = groups.offers_by_voice(organisation_id)
    wishes = signups.named(organisation_id, [person.offer.signup_id for person in people])
    homes = {each.id: each.place for each in wishes}
    for person in people:
        offer = person.offer
        place = homes[offer.signup_id].name
        why = _("Has an offer. Ring and ask for the answer.")
        yield Call(offer.signup_id, person.initial, place, offer.sent_at, why, until=offer.expires_at)


def _to_ring(organisation_id: UUID) -> Iterator[Call]:
    reasons = {
        "confirm": _("Left a wish and asks to be rung. Ring and confirm it."),
        "still_waiting": _("Ring and ask whether this person still wants to wait."),
    }
    for each in signups.to_ring(organisation_id):
        yield Call(each.id, each.initial, each.place.label, each.since, reasons[each.why])


def _talks(organisation_id: UUID) -> Iterator[Call]:
    for signup in signups.talks_wanted(organisation_id):
        since = signup.waiting_since or signup.created_at
        yield Call(
            signup.id, signups.initial(signup), signup.place.label, since, _("Waits for a talk with you.")
        )


def lost_letters(organisation_id: UUID) -> list[LostLetter]:
    """Messages given up, oldest first. Two queries."""
    letters = list(outtray.dead_letters())
    subjects = {letter.subject for letter in letters if letter.subject}
    known = {each.id: each for each in signups.named(organisation_id, subjects)}
    return [_lost(letter, known.get(letter.subject)) for letter in letters]  # type: ignore[arg-type]


def _lost(letter: "OutgoingMessage", signup: "SignUp | None") -> LostLetter:
    if signup is None:
        return LostLetter(letter.id, letter.put_at, letter.channel, "", None)
    return LostLetter(letter.id, letter.put_at, letter.channel, signups.initial(signup), signup.id)

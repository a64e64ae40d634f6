"""Reads: who waits, whom to ring, one wish. Lists show an initial; actions.open_person opens the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from rundbord.kernel import clock, tenancy, timeline
from rundbord.kernel.encryption import blind_index
from rundbord.kernel.outtray import sms_available
from rundbord.organisations.models import Organisation
from rundbord.places.models import Place
from rundbord.signups.models import Course, IntroTalk, SignUp
from rundbord.signups.rules import (
    ABOVE_AFTER,
    LIVE,
    PROMISED,
    BadContact,
    ContactKind,
    OpenReason,
    PromiseStep,
    SignUpState,
    TalkState,
    any_of,
    normalise_contact,
    promise_day,
    weeks_waited,
)

# What the office sees without opening a person: everything a list needs, nothing in the person's own words.
_FLAGS = ("digital", "women_only", "young_only", "access_needs", "self_start_ok")
_UNREAD = ("contact", "contact_index", "note", "not_with", "focus", "gender")


@dataclass(frozen=True)
class Waiting:
    """One line of the waiting list. `weeks` since confirmed; `flags` codes such as "women_only"."""

    id: UUID
    initial: str
    state: str
    place: Place
    slots: list[int]
    languages: list[str]
    age_band: str
    weeks: int
    flags: list[str]
    contact_kind: str
    course: str


@dataclass(frozen=True)
class ToRing:
    """Somebody who waits for a call: to be confirmed, or asked whether she still waits."""

    id: UUID
    initial: str
    place: Place
    since: datetime
    why: str  # "confirm" or "still_waiting"


@dataclass(frozen=True)
class Reach:
    """How a letter gets to somebody."""

    to: str
    channel: str  # "email" or "sms"
    language: str


@dataclass(frozen=True)
class Look:
    """Who looked at a person's page, when and why."""

    at: datetime
    account: UUID | None
    reason: str


def initial(signup: SignUp) -> str:
    """The first letter of the name: all that lists and proposals show of it."""
    return signup.first_name.strip()[:1].upper() or "?"


def waiting(organisation_id: UUID, now: datetime | None = None) -> list[Waiting]:
    """Everybody who is confirmed and has no place, longest wait first. One query."""
    states = any_of(LIVE - {SignUpState.PLACED})
    with tenancy.scope(organisation_id):
        rows = SignUp.objects.filter(state__in=states).select_related("place", "course").defer(*_UNREAD)
        return [_line(row, now or clock.now()) for row in rows.order_by("waiting_since", "id")]


def _line(row: SignUp, now: datetime) -> Waiting:
    return Waiting(
        id=row.id,
        initial=initial(row),
        state=row.state,
        place=row.place,
        slots=row.slots,
        languages=row.languages,
        age_band=row.age_band,
        weeks=weeks_waited(row.waiting_since or row.created_at, now),
        flags=[flag for flag in _FLAGS if getattr(row, flag)] + ([] if row.physical else ["digital_only"]),
        contact_kind=row.contact_kind,
        course=row.course.code if row.course else "",
    )


def to_ring(organisation_id: UUID) -> list[ToRing]:
    """Whom to ring, longest wait first: wishes to confirm, and those no letter can ask. One query."""
    unconfirmed = Q(state=SignUpState.UNCONFIRMED)
    asked = Q(asked_at__isnull=False)
    with tenancy.scope(organisation_id):
        rows = SignUp.objects.filter(_by_voice(), unconfirmed | asked).select_related("place").defer(*_UNREAD)
        return [_call(row) for row in rows.order_by("created_at", "id")]


def promises_at(step: PromiseStep, today: date) -> QuerySet[SignUp]:
    """Wishes for which this step of the clock is due and the one before is taken. In the scope open."""
    day = today - (ABOVE_AFTER if step == PromiseStep.ABOVE else timedelta(0))
    return SignUp.objects.filter(answer_by__lte=day, answer_step=step - 1, state__in=any_of(PROMISED))


def promises_due(organisation_id: UUID, now: datetime) -> list[SignUp]:
    """Those who are to hear from us today and have not been told anything, with their offices. One query."""
    with tenancy.scope(organisation_id):
        rows = promises_at(PromiseStep.HERSELF, promise_day(now))
        return list(rows.select_related("organisation").order_by("answer_by", "id"))


def promised(organisation_id: UUID, until: date) -> list[SignUp]:
    """Who has not heard from us yet and is promised to by this day, nearest day first. One query."""
    with tenancy.scope(organisation_id):
        rows = SignUp.objects.filter(answer_by__lte=until, state__in=any_of(PROMISED))
        return list(rows.select_related("place").defer(*_UNREAD).order_by("answer_by", "id"))


def broken_below(organisation_id: UUID) -> list[tuple[Organisation, int]]:
    """(office, how many) for each office right below with promises those above were told of. One query.

    Counts, never rows: nothing about a person leaves her own organisation.
    """
    late = Q(state__in=any_of(PROMISED), answer_by__isnull=False, answer_step=PromiseStep.ABOVE)
    with tenancy.everywhere("those above see that a promise was broken, and no more"):
        rows = SignUp.objects.filter(late, organisation__parent=organisation_id)
        counted = dict(rows.values_list("organisation").annotate(count=Count("id")).order_by())
    offices = {office.id: office for office in Organisation.objects.filter(id__in=list(counted))}
    return sorted(
        ((offices[id], count) for id, count in counted.items()), key=lambda each: (each[0].name, each[0].id)
    )


def _by_voice() -> Q:
    """Those who can only be rung."""
    kinds = [ContactKind.RING_ME] if sms_available() else [ContactKind.RING_ME, ContactKind.MOBILE]
    return Q(contact_kind__in=kinds)


def _call(row: SignUp) -> ToRing:
    first = row.state == SignUpState.UNCONFIRMED
    return ToRing(row.id, initial(row), row.place, row.created_at, "confirm" if first else "still_waiting")


def reach(signup: SignUp) -> Reach | None:
    """How to write to somebody; None for those who want to be rung."""
    if signup.contact_kind == ContactKind.EMAIL:
        return Reach(signup.contact, "email", signup.ui_language)
    if signup.contact_kind == ContactKind.MOBILE and sms_available():
        return Reach(signup.contact, "sms", signup.ui_language)
    return None


def get(organisation_id: UUID, signup_id: UUID) -> SignUp | None:
    """One wish of this organisation, with place, course and organisation. One query."""
    with tenancy.scope(organisation_id):
        rows = SignUp.objects.select_related("place", "course", "organisation")
        return rows.filter(id=signup_id).first()


def named(organisation_id: UUID, ids: Iterable[UUID]) -> list[SignUp]:
    """These wishes of this organisation, with places. One query."""
    with tenancy.scope(organisation_id):
        return list(SignUp.objects.select_related("place").filter(id__in=list(ids)))


def to_place(organisation_id: UUID) -> list[SignUp]:
    """Everybody the matching may seat, longest wait first, with places. One query."""
    with tenancy.scope(organisation_id):
        rows = SignUp.objects.select_related("place").filter(state=SignUpState.WAITING)
        return list(rows.order_by("waiting_since", "id"))


def contact_index(organisation_id: UUID, contact: str) -> bytes:
    """The blind index of a normalised address or number."""
    return blind_index(organisation_id, "signup-contact", contact)


def with_contact(organisation_id: UUID, contact: str) -> SignUp | None:
    """The newest live wish of an address or number, however it is written. One query."""
    indexes = [contact_index(organisation_id, form) for form in _forms(contact)]
    with tenancy.scope(organisation_id):
        rows = SignUp.objects.filter(contact_index__in=indexes or [b""], state__in=any_of(LIVE))
        return rows.order_by("-created_at").first()


def anywhere(contact: str) -> SignUp | None:
    """The newest live wish of an address or number in any organisation, for finding one's page again.

    Two queries, whoever it is. Unconfirmed wishes are not found: nobody has shown that the address is hers.
    """
    indexes = [
        contact_index(organisation_id, form)
        for organisation_id in Organisation.objects.values_list("id", flat=True)
        for form in _forms(contact)
    ]
    with tenancy.everywhere("somebody asks for the way back to her own page"):
        rows = SignUp.objects.filter(contact_index__in=indexes or [b""], state__in=any_of(LIVE))
        return rows.order_by("-created_at").first()


def _forms(contact: str) -> list[str]:
    """Every stored form that what was written could have."""
    return sorted({form for kind in ContactKind if (form := _normalised(kind, contact)) is not None})


def _normalised(kind: ContactKind, contact: str) -> str | None:
    try:
        return normalise_contact(kind, contact)
    except BadContact:
        return None


def talk_of(signup: SignUp) -> str | None:
    """The TalkState of a wish's talk, None where there is none. One query."""
    with tenancy.scope(signup.organisation_id):
        return IntroTalk.objects.filter(signup=signup).values_list("state", flat=True).first()


def talks_wanted(organisation_id: UUID) -> list[SignUp]:
    """Those whose talk has not been held, needed or asked for, longest wait first. One query."""
    needed = Q(state=SignUpState.TALK, talk__state=TalkState.WANTED)
    asked = Q(state=SignUpState.WAITING, talk__state=TalkState.ASKED)
    with tenancy.scope(organisation_id):
        rows = SignUp.objects.filter(needed | asked)
        return list(rows.select_related("place").defer(*_UNREAD).order_by("waiting_since", "id"))


def looks(signup: SignUp) -> list[Look]:
    """Who opened this person, when and why, oldest first. One query; the person may see all of it."""
    with tenancy.scope(signup.organisation_id):
        entries = timeline.history(signup.id).filter(verb="person-opened")
        return [
            Look(entry.at, entry.actor_id, str(OpenReason(entry.data["reason"]).label)) for entry in entries
        ]


def course_by_code(code: str) -> Course | None:
    """The course a card's code stands for, whosever it is; the code is public."""
    with tenancy.everywhere("a card says only its code"):
        return Course.objects.select_related("organisation").filter(code=code.strip().lower()).first()


def courses(organisation_id: UUID) -> QuerySet[Course]:
    """The organisation's courses, newest first. Call it inside the organisation's scope."""
    with tenancy.scope(organisation_id):
        return Course.objects.select_related("place").order_by("-starts_on")

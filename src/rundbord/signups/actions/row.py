"""A wish's row: its columns from what was written, its lock, its move to another state."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.places.models import Place
from rundbord.signups import queries
from rundbord.signups.models import Course, SignUp
from rundbord.signups.rules import (
    CONSENT_VERSION,
    REMEMBERED,
    WITHOUT_FOCUS,
    SignUpState,
    WishFields,
    any_of,
    check,
)

_MOVING = (
    "state", "state_since", "waiting_since", "confirmed_at", "heard_at", "asked_at", "paused_until",
    "answer_by", "answer_step", "declined_slots", "contact_kind", "note_at",
)  # fmt: skip
_WORDS = ("focus", "note", "note_at", "gender", "not_with")


class UnknownPlace(Refused):
    """There is no municipality or district with this code."""

    sentence = _("We do not know that place. Choose a municipality or district from the list.")


class WishGone(Refused):
    """The wish has been erased in the meantime."""

    sentence = _("This page is no longer here. You are welcome to begin again.")


@contextmanager
def locked(signup: SignUp, verb: str) -> Iterator[SignUp]:
    """One transaction in the wish's own organisation: the row locked, its state read anew and checked.

    Raises NotPossible when `verb` leads nowhere from there, WishGone when the row is not there any more.
    """
    with transaction.atomic(), tenancy.scope(signup.organisation_id):
        try:
            signup.refresh_from_db(fields=_MOVING, from_queryset=SignUp.objects.select_for_update())
        except SignUp.DoesNotExist:
            raise WishGone from None
        check(verb, signup.state)
        yield signup


def move(signup: SignUp, state: SignUpState, now: datetime, **columns: Any) -> None:
    """The wish is in another state from now on. What that state must not hold goes with the same write."""
    told = {"state": state.value, "state_since": now, "asked_at": None, "paused_until": None, **columns}
    if state in WITHOUT_FOCUS:
        told |= dict.fromkeys(_WORDS)
    if state not in REMEMBERED:
        told |= {"answer_by": None}
    if state == SignUpState.PLACED:
        told.pop("gender")  # still needed where a group is for women only
    store(signup, told)


def store(signup: SignUp, columns: dict[str, Any]) -> None:
    """Writes these columns. One query."""
    for name, value in columns.items():
        setattr(signup, name, value)
    signup.save(update_fields=list(columns))


def columns_of(organisation: Organisation, wish: WishFields, now: datetime) -> dict[str, Any]:
    """The columns of a cleaned wish. Two queries. Raises UnknownPlace.

    A course code that is not this organisation's is left out: a wish must not be lost for a wrong card.
    """
    if not Place.objects.filter(pk=wish.place_code).exists():
        raise UnknownPlace
    course = Course.objects.filter(code=wish.course_code.strip().lower() or "-").first()
    same = (
        "first_name", "contact_kind", "contact", "ui_language", "postal_code", "physical", "digital",
        "max_km", "slots", "languages", "age_band", "focus", "women_only", "young_only", "discretion",
        "access_needs",
        "self_start_ok",
    )  # fmt: skip
    return {
        **{name: getattr(wish, name) for name in same},
        "contact_index": queries.contact_index(organisation.id, wish.contact),
        "place_id": wish.place_code,
        "course": course,
        "note": wish.note or None,
        "note_at": now if wish.note else None,
        "gender": wish.gender or None,
        "not_with": wish.not_with or None,
    }


def new_wish(organisation: Organisation, columns: dict[str, Any], now: datetime) -> SignUp:
    """An unconfirmed wish, not saved yet."""
    return SignUp(
        organisation=organisation,
        consent_version=CONSENT_VERSION,
        created_at=now,
        state_since=now,
        **columns,
    )


def note(
    signup: SignUp,
    verb: str,
    by: Actor,
    now: datetime,
    *,
    counter: str | None = None,
    detail: str = "",
    shown: bool = True,
    **data: Any,
) -> None:
    """A line in the person's own story; `counter` moves as well if given."""
    timeline.record(
        organisation_id=signup.organisation_id,
        subject=signup.id,
        verb=verb,
        actor=by,
        now=now,
        data=data,
        shown=shown,
        counter=counter,
        detail=detail,
    )


def unconfirmed_twins(signup: SignUp) -> list[SignUp]:
    """Other wishes of the same contact that nobody has confirmed. One query."""
    rows = SignUp.objects.filter(
        contact_index=queries.contact_index(signup.organisation_id, signup.contact),
        state__in=any_of([SignUpState.UNCONFIRMED]),
    )
    return list(rows.exclude(id=signup.id))

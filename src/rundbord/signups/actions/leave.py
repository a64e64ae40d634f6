"""Leaving a wish. The answer and the work are the same whoever the address belongs to."""

from datetime import datetime
from typing import Any

from django.db import transaction

from rundbord.kernel import tenancy
from rundbord.kernel.ids import new_id
from rundbord.kernel.timeline import ANONYMOUS
from rundbord.organisations import queries as organisations
from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.people import queries as known_people
from rundbord.people.rules import SubjectKind
from rundbord.signups.actions.letters import take_mail_of_the_day, tell_with_code
from rundbord.signups.actions.row import columns_of, new_wish, note
from rundbord.signups.models import SignUp
from rundbord.signups.rules import (
    LIVE,
    ContactKind,
    SignUpState,
    WishFields,
    any_of,
    cleaned_wish,
    promised_for,
)

# Wishes of one address that wait for confirmation at the same time, from different browsers.
MOST_UNCONFIRMED = 3


@transaction.atomic
def leave_wish(
    *, organisation: Organisation, fields: WishFields, browser: str, now: datetime
) -> SignUp | None:
    """Takes in a wish and mails a link and a code (double opt-in). Raises NotUsable or UnknownPlace.

    Returns the wish this browser may type the code for, whether new or known; None for those who want to be
    rung. If the address has a live wish here, nothing new is made and the mail says so. An address gets at
    most one such mail in 24 hours. The queries are the same in every case.
    """
    wish = cleaned_wish(fields)
    with tenancy.scope(organisation.id):
        columns = columns_of(organisation, wish, now)
        writes = wish.contact_kind != ContactKind.RING_ME
        wanted = writes and take_mail_of_the_day(wish.contact_kind, wish.contact, now)
        limits = organisations.settings_of(organisation.id)
        hours = 24 * limits["retention_unverified_days"]
        signup, known = _found_or_new(organisation, columns, browser, now)
        if not known:  # a call is promised at once; whoever is written to, when she has confirmed
            signup.answer_by = None if writes else promised_for(now, limits["answer_days"])
        if wanted:
            signup.last_mail_at = now
        _keep(signup, known, browser, now)
        if writes:
            kind = "known" if known and signup.state in LIVE else "confirm"
            days = max(1, hours // 24)
            tell_with_code(signup, kind, browser, now, wanted=wanted, days=days, hours=hours)
        note(
            signup,
            "wish-left",
            ANONYMOUS,
            now,
            counter="wish-left",
            detail=wish.contact_kind,
            shown=not known,
        )
    return signup if writes else None


def _found_or_new(
    organisation: Organisation, columns: dict[str, Any], browser: str, now: datetime
) -> tuple[SignUp, bool]:
    """The wish this one goes into, and whether it stays as it was. Two queries.

    What this browser wrote itself and nobody has confirmed is written over; a second tap loses nothing.
    """
    states = any_of([*LIVE, SignUpState.UNCONFIRMED])
    rows = SignUp.objects.filter(contact_index=columns["contact_index"], state__in=states)
    found = list(rows.order_by("-created_at", "id"))
    own = known_people.browsers_known_to([row.id for row in found] or [new_id()], browser)
    for row in found:
        if row.state in LIVE:
            row.organisation = organisation
            return row, True
    for row in found:
        row.organisation = organisation
        if row.id in own:
            for name, value in columns.items():
                setattr(row, name, value)
            return row, False
    if found and (columns["contact_kind"] == ContactKind.RING_ME or len(found) >= MOST_UNCONFIRMED):
        return found[0], True
    return new_wish(organisation, columns, now), False


def _keep(signup: SignUp, known: bool, browser: str, now: datetime) -> None:
    """Two queries: the wish, and the browser that wrote it. A stranger's browser never becomes known."""
    about: dict[str, Any] = {"subject": signup.id, "organisation_id": signup.organisation_id, "now": now}
    if known:
        signup.save(update_fields=["last_mail_at"])
        people.touch_browser(browser=browser, **about)
    else:
        signup.save()
        people.remember_browser(kind=SubjectKind.SIGN_UP, browser=browser, **about)

"""The promise "you hear from us by then" is kept; or she and those in charge are told that it is not."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from rundbord.kernel import links, outtray, tenancy, timeline
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.models import Organisation
from rundbord.people import queries as people
from rundbord.people.rules import RoleKind
from rundbord.signups import queries
from rundbord.signups.actions.letters import tell
from rundbord.signups.actions.row import locked, note, store
from rundbord.signups.models import SignUp
from rundbord.signups.rules import PromiseStep, next_step, promise_day


def say_answered(*, signup: SignUp, by: Actor, now: datetime) -> None:
    """Somebody in the office has been in touch with her. Said twice, it is said.

    Raises NotPossible or WishGone.
    """
    with locked(signup, "answer"):
        if signup.answer_by is not None:
            store(signup, {"answer_by": None})
            note(signup, "answered", by, now, counter="answered", detail="human")


def keep_promise(*, signup: SignUp, found: bool, now: datetime) -> None:
    """On the day promised she is told where things stand; once, and never while she rests.

    `found`: the search for groups has something to tell her, which stands on her page. That is an answer.
    Without it the letter says so, and the promise stays open for those in charge. Raises NotPossible or
    WishGone.
    """
    with locked(signup, "answer"):
        if signup.answer_by is None or _due(signup, now) != PromiseStep.HERSELF:
            return
        if found and queries.reach(signup) is not None:
            store(signup, {"answer_by": None})
            note(signup, "answer-sent", SYSTEM, now, counter="answered", detail="search")
            tell(signup, "where_it_stands", now)
        else:
            store(signup, {"answer_step": PromiseStep.HERSELF})
            note(signup, "answer-late", SYSTEM, now, counter="answer-late", shown=_is_written_to(signup))
            tell(signup, "nothing_new", now)


def _due(signup: SignUp, now: datetime) -> PromiseStep | None:
    return next_step(signup.answer_by, signup.answer_step, promise_day(now)) if signup.answer_by else None


def _is_written_to(signup: SignUp) -> bool:
    return queries.reach(signup) is not None


def tell_managers(*, organisation: Organisation, now: datetime) -> int:
    """One letter to whoever is in charge, for all promises that have come to this. Returns how many."""
    with transaction.atomic(), tenancy.scope(organisation.id):
        late = _taken(PromiseStep.MANAGER, promise_day(now))
        if late:
            _note_office(organisation, "promises-late", late, now)
            _write(organisation, organisation, "signups/late", late, now)
    return late


def tell_above(*, organisation: Organisation, now: datetime) -> int:
    """One letter to the office above, which sees that there is something and nothing of it. Returns how many.

    Without an office above nobody is told: the line in the office's own list stays.
    """
    with transaction.atomic(), tenancy.everywhere("those above see that a promise was broken, and no more"):
        late = _taken(PromiseStep.ABOVE, promise_day(now), organisation)
        if late and organisation.parent is not None:
            _note_office(organisation, "promises-told-above", late, now)
            _write(organisation.parent, organisation, "signups/late_below", late, now)
    return late


def _taken(step: PromiseStep, today: date, organisation: Organisation | None = None) -> int:
    """Moves every promise for which this step is due to it. Returns how many; a second time none are left."""
    rows = queries.promises_at(step, today)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    found = list(rows.select_for_update().values_list("id", flat=True))
    return SignUp.objects.filter(id__in=found).update(answer_step=step) if found else 0


def _note_office(organisation: Organisation, verb: str, late: int, now: datetime) -> None:
    timeline.record(
        organisation_id=organisation.id,
        subject=organisation.id,
        verb=verb,
        actor=SYSTEM,
        now=now,
        data={"count": late},
        counter=verb,
    )


def _write(to: Organisation, about: Organisation, kind: str, late: int, now: datetime) -> None:
    """To each manager once, whatever else she is there. Neither letter names an office or a person."""
    managers = {role.account for role in people.staff(to.id) if role.kind == RoleKind.MANAGER}
    language: Any = settings.LANGUAGE_CODE
    said = {
        "count": late,
        "above": about.parent_id is not None,
        "link": links.absolute("office:today", language=language),
    }
    for account in sorted(managers, key=lambda each: each.email):
        outtray.put(
            organisation_id=to.id,
            kind=kind,
            to=account.email,
            language=language,
            context=said,
            subject=None,
            now=now,
        )

"""Writes: a person goes, altogether; and what has been kept long enough goes by itself."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from rundbord.kernel import clock, outtray, tenancy, timeline
from rundbord.kernel.discretion import reduced
from rundbord.kernel.models import OutgoingMessage, TimelineEntry
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.privacy import journal, rooms

log = logging.getLogger(__name__)

STORY_KEPT = timedelta(days=365)  # ids and codes only (TRUST.md)


def erase_person(*, signup: Any, by: Actor, now: datetime) -> None:
    """Everything about this person goes, in one transaction; the counters stay. Done twice, it is done.

    signup: her wish (any row with `id` and `organisation_id`). The story of the organisation tells that
    somebody was erased, not who; the journal outside the database knows her id, for after a restore.
    Raises NotJournalled.
    """
    with tenancy.scope(signup.organisation_id), transaction.atomic():
        _erase(signup.organisation_id, signup.id, by, now)
        # Before the commit: somebody named here who is still there asked to be gone, and can ask again.
        journal.note(signup.id, clock.local(now).date())


def replay(*, files: Iterable[Path], now: datetime) -> int:
    """Erases everybody in these journals once more, after an older backup was brought back.

    Returns how many were there again. Done twice, it is done.
    """
    return sum(_once_more(subject, now) for subject in journal.subjects(files))


def _once_more(subject: UUID, now: datetime) -> bool:
    with tenancy.everywhere("a journal knows ids only"), transaction.atomic():
        homes = [home for _room, module in rooms.having("home") if (home := module.home(subject))]
        for home in homes:
            _erase(home, subject, SYSTEM, now)
    return bool(homes)


def _erase(organisation_id: UUID, subject: UUID, by: Actor, now: datetime) -> None:
    """Out of every room, the letters and the story. In the caller's transaction and scope."""
    for _room, module in rooms.having("erase"):
        module.erase(subject, now)
    _wipe_letters(subject)
    # Her own lines would be an id without a person; what she did in groups stays countable elsewhere.
    TimelineEntry.objects.filter(subject=subject).delete()
    TimelineEntry.objects.filter(actor_id=subject).update(actor_id=None)
    _note(organisation_id, by, now)


def _wipe_letters(subject: UUID) -> None:
    """Unsent ones are taken back; of those that went out only that they went stays."""
    outtray.withdraw(subject=subject)
    # One being handed over just now is waited for, and then wiped like the others.
    for row in OutgoingMessage.objects.select_for_update().filter(subject=subject):
        if row.state == OutgoingMessage.State.WAITING:
            row.state = OutgoingMessage.State.WITHDRAWN
        row.to = row.message = row.subject = None
        row.save(update_fields=["to", "message", "subject", "state"])


def _note(organisation_id: UUID, by: Actor, now: datetime) -> None:
    timeline.record(
        organisation_id=organisation_id,
        subject=organisation_id,
        verb="erasure-done",
        actor=by if by.kind == "staff" else Actor(by.kind),
        now=now,
        shown=False,
        counter="erasure-done",
    )


def clear(now: datetime) -> dict[str, Any]:
    """Lets every room clear what it has kept long enough. One that fails does not stop the others.

    Returns what each room said it cleared. Raises the first failure once all have had their turn.
    """
    cleared: dict[str, Any] = {"story": _clear_story(now)}
    failures = []
    for room, module in rooms.having("clear"):
        try:
            with tenancy.everywhere("the retention clock goes in every organisation"):
                cleared[room] = module.clear(now)
        except Exception as failure:
            log.error("retention in %s failed: %s", room, reduced(failure))
            failures.append(failure)
    if failures:
        raise failures[0]
    return cleared


def _clear_story(now: datetime) -> int:
    with tenancy.everywhere("the story is forgotten in every organisation after a year"):
        gone, _rows = TimelineEntry.objects.filter(at__lte=now - STORY_KEPT).delete()
    return gone

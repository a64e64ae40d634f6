"""Writes: a person goes, altogether; and what has been kept long enough goes by itself."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from rundbord.kernel import outtray, tenancy, timeline
from rundbord.kernel.discretion import reduced
from rundbord.kernel.models import OutgoingMessage, TimelineEntry
from rundbord.kernel.timeline import Actor
from rundbord.privacy import rooms

log = logging.getLogger(__name__)

STORY_KEPT = timedelta(days=365)  # ids and codes only (TRUST.md)


def erase_person(*, signup: Any, by: Actor, now: datetime) -> None:
    """Everything about this person goes, in one transaction; the counters stay. Done twice, it is done.

    signup: her wish (any row with `id` and `organisation_id`). The story of the organisation tells that
    somebody was erased, not who.
    """
    with tenancy.scope(signup.organisation_id), transaction.atomic():
        for _room, module in rooms.having("erase"):
            module.erase(signup.id, now)
        _wipe_letters(signup.id)
        # Her own lines would be an id without a person; what she did in groups stays countable elsewhere.
        TimelineEntry.objects.filter(subject=signup.id).delete()
        TimelineEntry.objects.filter(actor_id=signup.id).update(actor_id=None)
        _note(signup.organisation_id, by, now)


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

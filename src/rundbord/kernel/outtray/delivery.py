"""Delivering what is due. May be killed at any point, and may run in many processes at once.

Each attempt is counted in a short transaction of its own, before anything is sent. Counting moves the
letter's next time into the future, which also keeps it from other workers while this one sends. On
PostgreSQL the row is locked besides; SQLite has one lock for everything, which must not wait for a mail
server.
"""

import contextlib
import logging
import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db import connection, transaction

from rundbord.kernel.encryption import SealBroken
from rundbord.kernel.models import OutgoingMessage
from rundbord.kernel.outtray import letter, transport
from rundbord.kernel.tenancy import everywhere

log = logging.getLogger(__name__)
State = OutgoingMessage.State

FIRST_WAIT = timedelta(minutes=5)  # longer than the slowest hand-over together with BATCH_TIME
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=3)
ENOUGH_ATTEMPTS = 10  # three days without a worker are not three days of trying
BATCH_TIME = 120  # seconds; `now` grows stale during a batch


class _Outcome(Enum):
    SENT = "sent"
    NOT_SENT = "not sent"
    LINE_DOWN = "line down"


def wait_after(attempts: int, chance: float) -> timedelta:
    """How long until the next attempt: doubling, at most four hours, plus up to 40 % by `chance` (0..1)."""
    doubled = FIRST_WAIT * 2 ** min(max(attempts, 1) - 1, 10)
    return min(doubled, LONGEST_WAIT) * (1 + 0.4 * chance)


def deliver_due(*, now: datetime, limit: int = 50) -> int:
    """Sends up to `limit` letters that are due, oldest first. Returns how many were taken."""
    stop, sent = time.monotonic() + BATCH_TIME, 0
    with everywhere("the out-tray serves every organisation"):
        due = OutgoingMessage.objects.filter(state=State.WAITING, due_at__lte=now).order_by("due_at")
        for letter_id in list(due.values_list("id", flat=True)[:limit]):
            outcome = _attempted(letter_id, now)
            sent += outcome is _Outcome.SENT
            if outcome is _Outcome.LINE_DOWN or time.monotonic() > stop:
                break
    return sent


def _attempted(letter_id: UUID, now: datetime) -> _Outcome:
    if not _counted(letter_id, now):
        return _Outcome.NOT_SENT
    with _held(letter_id) as row:
        return _handed_over(row, now) if row is not None else _Outcome.NOT_SENT


def _counted(letter_id: UUID, now: datetime) -> bool:
    """Counts one attempt; False if another worker was quicker or the time is up."""
    with transaction.atomic():
        free = OutgoingMessage.objects.select_for_update(skip_locked=True)
        row = free.filter(id=letter_id, state=State.WAITING, due_at__lte=now).defer("to", "message").first()
        if row is None:
            return False
        row.first_tried_at = row.first_tried_at or now
        if _tried_enough(row, now):  # also when every attempt killed its worker
            _buried(row, now)
            return False
        row.attempts += 1
        row.due_at = now + wait_after(row.attempts, random.random())
        row.save(update_fields=["attempts", "first_tried_at", "due_at"])
    return True


@contextlib.contextmanager
def _held(letter_id: UUID) -> Iterator[OutgoingMessage | None]:
    waiting = OutgoingMessage.objects.filter(id=letter_id, state=State.WAITING)
    if not connection.features.has_select_for_update_skip_locked:
        yield waiting.first()
        return
    with transaction.atomic():
        yield waiting.select_for_update(skip_locked=True).first()


def _handed_over(row: OutgoingMessage, now: datetime) -> _Outcome:
    try:
        transport.send(_parcel(row))
    except transport.NotTaken as refusal:
        _noted(row, refusal.code, now, forever=refusal.forever)
        return _Outcome.LINE_DOWN if refusal.line_down else _Outcome.NOT_SENT
    except SealBroken:
        _noted(row, "SealBroken", now, forever=True)
        return _Outcome.NOT_SENT
    except Exception as error:  # one letter that cannot be sent must not hold up all the others
        log.exception("letter %s", row.id)
        _noted(row, type(error).__name__, now, forever=False)
        return _Outcome.NOT_SENT
    # Sent is sent, also if somebody withdrew it (SQLite) in the meantime.
    OutgoingMessage.objects.filter(id=row.id).update(state=State.SENT, ended_at=now, last_error="")
    return _Outcome.SENT


def _parcel(row: OutgoingMessage) -> transport.Parcel:
    if row.to is None or row.message is None:
        raise SealBroken("a waiting letter without words")
    return transport.Parcel(
        name=f"{row.put_at:%Y%m%dT%H%M%S}-{row.id}",
        sender=letter.sender().addr_spec,
        to=row.to,
        data=row.message.encode("ascii"),
    )


def _noted(row: OutgoingMessage, code: str, now: datetime, *, forever: bool) -> None:
    log.info("letter %s not taken: %s, attempt %d", row.id, code, row.attempts)
    row.last_error = code
    waiting = OutgoingMessage.objects.filter(id=row.id, state=State.WAITING)
    waiting.update(last_error=code)
    if forever or _tried_enough(row, now):
        _buried(row, now)


def _tried_enough(row: OutgoingMessage, now: datetime) -> bool:
    since = row.first_tried_at or now
    return now - since >= GIVE_UP_AFTER and row.attempts >= ENOUGH_ATTEMPTS


def _buried(row: OutgoingMessage, now: datetime) -> None:
    log.warning("letter %s given up after %d attempts", row.id, row.attempts)
    dead = OutgoingMessage.objects.filter(id=row.id, state=State.WAITING)
    dead.update(state=State.DEAD, ended_at=now, first_tried_at=row.first_tried_at)

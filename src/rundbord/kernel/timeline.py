"""What happened, in codes and numbers: the story a person can read, and the counts without persons."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import F, QuerySet

from rundbord.kernel.clock import local
from rundbord.kernel.models import Counter, TimelineEntry

ActorKind = Literal["anonymous", "person", "starter", "staff", "venue", "system"]


@dataclass(frozen=True)
class Actor:
    """Who does something. The id is the row's in the room that knows that kind."""

    kind: ActorKind
    id: UUID | None = None


SYSTEM = Actor("system")
ANONYMOUS = Actor("anonymous")

# Codes, ids, dates and times pass; a name with a space, an address or a sentence does not.
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,64}")


def codes_only(told: Any) -> Any:
    """The same data with ids and dates as text. ValueError if it could hold a name or free text."""
    if told is None or isinstance(told, bool | int | float):
        return told
    if isinstance(told, Mapping):
        return {codes_only(str(name)): codes_only(value) for name, value in told.items()}
    if isinstance(told, list | tuple | set | frozenset):
        return [codes_only(value) for value in told]
    text = told.isoformat() if hasattr(told, "isoformat") else str(told)
    if not _CODE.fullmatch(text):
        raise ValueError("only codes, ids and numbers are kept here, never names or free text")
    return text


def record(
    *,
    organisation_id: UUID,
    subject: UUID,
    verb: str,
    actor: Actor,
    now: datetime,
    data: dict[str, Any] | None = None,
    shown: bool = True,
    counter: str | None = None,
    detail: str = "",
) -> TimelineEntry:
    """Writes one line of the subject's story, and moves `counter` if one is named.

    Both happen in the caller's transaction. ValueError if `data` holds anything but codes and numbers.
    """
    entry = TimelineEntry.objects.create(
        organisation_id=organisation_id,
        subject=subject,
        verb=codes_only(verb),
        actor_kind=actor.kind,
        actor_id=actor.id,
        at=now,
        data=codes_only(data or {}),
        shown=shown,
    )
    if counter:
        count(organisation_id=organisation_id, counter=counter, now=now, detail=detail)
    return entry


def count(*, organisation_id: UUID, counter: str, now: datetime, detail: str = "", by: int = 1) -> None:
    """Moves a counter of the local day by `by`, in the caller's transaction.

    Safe under concurrency: the database adds, and a first row made twice is made once.
    """
    cell = {
        "organisation_id": organisation_id,
        "day": local(now).date(),
        "counter": codes_only(counter),
        "detail": codes_only(detail),
    }
    here = Counter.objects.filter(**cell)
    if here.update(value=F("value") + by):
        return
    Counter.objects.bulk_create([Counter(**cell)], ignore_conflicts=True)
    here.update(value=F("value") + by)


def history(subject: UUID) -> QuerySet[TimelineEntry]:
    """The lines the subject may read, oldest first."""
    return TimelineEntry.objects.filter(subject=subject, shown=True).order_by("id")

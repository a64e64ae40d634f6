"""Reads: everything kept about one person, and who has looked at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.models import OutgoingMessage, TimelineEntry
from rundbord.kernel.personal import Rule
from rundbord.privacy import rooms


@dataclass(frozen=True)
class Look:
    """Somebody of the staff has opened this person: when, whose account, and the reason given (a code)."""

    at: datetime
    account: UUID | None
    reason: str


def export_person(signup: Any) -> dict[str, Any]:
    """Everything that is this person's to have, by room, as JSON can say it; nothing about anybody else.

    signup: her wish (any row with `id` and `organisation_id`).
    """
    with tenancy.scope(signup.organisation_id):
        kept = {room: module.export(signup.id) for room, module in rooms.having("export")}
        return {**kept, "story": _story(signup.id), "letters": _letters(signup.id)}


def _story(subject: UUID) -> list[dict[str, Any]]:
    return [
        {"at": entry.at.isoformat(), "what": entry.verb, "by": entry.actor_kind, **entry.data}
        for entry in timeline.history(subject)
    ]


def _letters(subject: UUID) -> list[dict[str, Any]]:
    """Which letters went out and, as long as they are kept, what they said."""
    rows = OutgoingMessage.objects.filter(subject=subject).order_by("put_at", "id")
    return [
        {
            "kind": row.kind, "channel": row.channel, "language": row.language, "state": row.state,
            "put_at": row.put_at.isoformat(), "to": row.to, "message": row.message,
        }
        for row in rows
    ]  # fmt: skip


def who_looked(signup: Any) -> list[Look]:
    """Everybody who has opened this person, oldest first. One query."""
    with tenancy.scope(signup.organisation_id):
        entries = TimelineEntry.objects.filter(subject=signup.id, verb="person-opened").order_by("id")
        return [Look(entry.at, entry.actor_id, str(entry.data.get("reason", ""))) for entry in entries]


def declared() -> dict[str, dict[str, Rule]]:
    """The record of what is kept (GDPR article 30): "room.Model" -> column -> rule."""
    return {
        f"{room}.{model}": rules
        for room, module in reversed(rooms.modules())
        for model, rules in module.DECLARED.items()
    }

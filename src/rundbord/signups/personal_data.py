"""What this room keeps about people, why and for how long; how it is handed out and erased."""

from datetime import datetime
from typing import Any
from uuid import UUID

from rundbord.kernel.personal import not_personal, personal
from rundbord.signups.actions import erase_wish
from rundbord.signups.models import IntroTalk, SignUp

_LIMIT = (
    "while the wish or the place lasts; unconfirmed 2 days (30 when to be rung), "
    "closed on the way 14 days, after a group's end 30 days"
)
_WORDS = "until a place is found or the wish is closed"
_NOTE = "until a place is found, at most 30 days"

DECLARED = {
    "SignUp": {
        **not_personal("id organisation"),
        "state": personal("to know what happens next", _LIMIT),
        "first_name": personal("to greet; an alias is enough", _LIMIT),
        "contact_kind": personal("to reach the person as she wishes", _LIMIT),
        "contact": personal("to reach the person", _LIMIT),
        "contact_index": personal("to find the contact without reading it", _LIMIT, export=False),
        "ui_language": personal("to write in the right language", _LIMIT),
        "place": personal("to find a place near by", _LIMIT),
        "postal_code": personal("to find a place near by", _LIMIT),
        "physical": personal("to find a fitting place", _LIMIT),
        "digital": personal("to find a fitting place", _LIMIT),
        "max_km": personal("to find a place near by", _LIMIT),
        "slots": personal("to find a fitting time", _LIMIT),
        "languages": personal("to find a fitting place", _LIMIT),
        "age_band": personal("18 or older, and ages that fit", _LIMIT),
        "focus": personal("to find a fitting place; sealed", _WORDS),
        "note": personal("what the person wants us to know; sealed", _NOTE),
        "note_at": personal("to erase the note in time", _NOTE),
        "gender": personal(
            "mixed, or women only; sealed", "until the wish is closed or the time in a group is over"
        ),
        "women_only": personal("to find a fitting place", _LIMIT),
        "young_only": personal("to find a fitting place", _LIMIT),
        # Not after 30 days like the note: forgetting it could seat two people who must not meet.
        "not_with": personal("read by a human before a place is offered; sealed", _WORDS),
        "discretion": personal("not to meet neighbours", _LIMIT),
        "access_needs": personal("a room one can get into", _LIMIT),
        "self_start_ok": personal("to find a fitting place", _LIMIT),
        "course": personal("to count how courses lead here", _LIMIT),
        "consent_version": personal("to show what was agreed to", _LIMIT),
        "created_at": personal("to erase in time", _LIMIT),
        "confirmed_at": personal("to show that the person herself agreed", _LIMIT),
        "waiting_since": personal("who waited longest comes first", _LIMIT),
        "heard_at": personal("to ask in time whether she still waits", _LIMIT),
        "asked_at": personal("to take out wishes nobody answers for", _LIMIT),
        "answer_by": personal("to answer on the day we promised", _LIMIT),
        "answer_step": personal("to tell her once, and whoever is in charge once", _LIMIT),
        "paused_until": personal("to leave her in peace", _LIMIT),
        "state_since": personal("to erase in time", _LIMIT),
        "declined_slots": personal("not to offer the same time again", _LIMIT),
        "last_mail_at": personal("at most one mail a day until confirmed", _LIMIT),
    },
    "IntroTalk": {
        **not_personal("id organisation"),
        "signup": personal("whose talk it is", _LIMIT, export=False),
        "state": personal("whether it was held; never what was said", _LIMIT),
        "wanted_at": personal("who waited longest comes first", _LIMIT),
        "settled_at": personal("whether it was held", _LIMIT),
    },
    "Course": not_personal("id organisation name provider code starts_on ends_on place"),
    "Enquiry": not_personal("id organisation channel at became_wish"),
    "MailPause": {
        **not_personal("id"),
        "address_index": personal("at most one mail a day; a keyed hash only", "24 hours", export=False),
        "mailed_at": personal("at most one mail a day", "24 hours", export=False),
    },
}


def export(subject: UUID) -> dict[str, Any]:
    """Everything this room keeps about one person that is hers to have, as JSON can say it."""
    return {
        "wish": [_told(row, "SignUp") for row in SignUp.objects.filter(id=subject)],
        "talk": [_told(row, "IntroTalk") for row in IntroTalk.objects.filter(signup=subject)],
    }


def _told(row: Any, model: str) -> dict[str, Any]:
    names = [name for name, rule in DECLARED[model].items() if rule.export]
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in names}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def home(subject: UUID) -> UUID | None:
    """The organisation the person left her wish with; None for somebody who is not here."""
    return SignUp.objects.filter(id=subject).values_list("organisation_id", flat=True).first()


def erase(subject: UUID, now: datetime) -> None:
    """Erases the person's wish with every door to it. Nothing happens for somebody who is not here."""
    for row in SignUp.objects.filter(id=subject):
        erase_wish(signup=row, now=now)

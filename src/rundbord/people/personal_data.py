"""What this room keeps about people, why and for how long; how a starter's data is handed out and erased."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rundbord.kernel.personal import not_personal, personal
from rundbord.people.actions import revoke_access
from rundbord.people.models import KnownBrowser, PrivateLink, Starter

_STAFF = "while the account works for an organisation"
_SHOWN = "until she takes her yes back or leaves the organisation"
_STARTER = "while the starter is on the organisation's list"
_DOOR = "to let the right person in without an account"

DECLARED = {
    "StaffAccount": {
        **not_personal("id is_active"),
        "email": personal("to sign in", _STAFF),
        "password": personal("to sign in; hashed (argon2)", _STAFF, export=False),
        "name": personal("so that people can see who opened their page", _STAFF),
        "last_login": personal("to notice accounts nobody uses", _STAFF),
        "date_joined": personal("to notice accounts nobody uses", _STAFF),
    },
    "Role": {
        **not_personal("id organisation"),
        "account": personal("who may do what", _STAFF),
        "kind": personal("who may do what", _STAFF),
    },
    "PublicName": {
        **not_personal("id organisation"),
        "account": personal("whose own yes it is", _SHOWN),
        "name": personal("so that people know whom they ring", _SHOWN),
        "said_yes_at": personal("so that the yes can be shown", _SHOWN),
    },
    "Starter": {
        **not_personal("id organisation"),
        "first_name": personal("participants are told who starts", _STARTER),
        "surname": personal("the office tells starters apart", _STARTER),
        "email": personal("to ask and remind", _STARTER),
        "email_index": personal("to find the address without reading it", _STARTER, export=False),
        "phone": personal("to ask and remind", _STARTER),
        "ui_language": personal("to write in the right language", _STARTER),
        "languages": personal("to fit starter and group", _STARTER),
        "place": personal("to fit starter and room", _STARTER),
        "max_km": personal("to fit starter and room", _STARTER),
        "physical": personal("to fit starter and group", _STARTER),
        "digital": personal("to fit starter and group", _STARTER),
        "woman": personal("a women's group asks for a woman", _STARTER),
        "slots": personal("to fit starter and group", _STARTER),
        "concurrent_starts": personal("to ask no more than she can give", _STARTER),
        "active": personal("not to ask those who have stopped", _STARTER),
        "created_at": personal("to know since when", _STARTER),
    },
    "PrivateLink": {
        **not_personal("id organisation subject_kind"),
        "subject": personal(_DOOR, "60 days after the mail", export=False),
        "token_hash": personal(_DOOR, "60 days after the mail", export=False),
        "created_at": personal(_DOOR, "60 days after the mail"),
        "expires_at": personal(_DOOR, "60 days after the mail"),
    },
    "KnownBrowser": {
        **not_personal("id organisation subject_kind"),
        "subject": personal(_DOOR, "180 days after it was last seen", export=False),
        "token_hash": personal(_DOOR, "180 days after it was last seen", export=False),
        "created_at": personal(_DOOR, "180 days after it was last seen"),
        "last_seen_at": personal(_DOOR, "180 days after it was last seen"),
    },
    "AccessCode": {
        **not_personal("id organisation subject_kind tries_left"),
        "subject": personal(_DOOR, "one hour", export=False),
        "browser_hash": personal(_DOOR, "one hour", export=False),
        "code_hash": personal(_DOOR, "one hour", export=False),
        "created_at": personal("to send no more than five codes an hour", "one hour", export=False),
        "expires_at": personal(_DOOR, "one hour", export=False),
    },
}


def export(subject: UUID) -> dict[str, Any]:
    """Everything this room keeps about one person that is hers to have, as JSON can say it."""
    return {
        "starter": [_told(row, "Starter") for row in Starter.objects.filter(id=subject)],
        "links": [_told(row, "PrivateLink") for row in PrivateLink.objects.filter(subject=subject)],
        "browsers": [_told(row, "KnownBrowser") for row in KnownBrowser.objects.filter(subject=subject)],
    }


def _told(row: Any, model: str) -> dict[str, Any]:
    names = [name for name, rule in DECLARED[model].items() if rule.export]
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in names}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()
    }


@transaction.atomic
def erase(subject: UUID, now: datetime) -> None:
    """Closes every door of this person; a starter's own row loses its name and contact and stays aside.

    The row of a starter is kept without a person, because groups of the past point at it.
    """
    revoke_access(subject=subject, now=now)
    for starter in Starter.objects.filter(id=subject):
        starter.first_name = starter.email = ""
        starter.surname = starter.phone = starter.woman = starter.email_index = None
        starter.slots, starter.languages, starter.active = [], [], False
        starter.save()

"""Opening a person: logged first, in a transaction of its own, and only then read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.signups.models import SignUp
from rundbord.signups.rules import OpenReason


class NotLogged(Refused):
    """The log line could not be kept, so nothing is shown."""

    sentence = _("This cannot be opened right now, because the log could not be written.")


@dataclass(frozen=True)
class Opened:
    """What a person told about herself, in the clear. Never stored, never logged."""

    first_name: str
    contact_kind: str
    contact: str
    focus: list[str] | None
    note: str | None
    gender: str | None
    not_with: str | None


def open_person(*, signup: SignUp, reason: OpenReason | str, by: Actor, now: datetime) -> Opened:
    """A person's own words, for a named reason she can read herself, with who and when.

    Raises NotLogged when the log line cannot be committed (also inside a transaction that may yet be
    undone), ValueError for a reason that does not exist.
    """
    why = OpenReason(reason)
    try:
        # durable: a line that an outer transaction can take back is no log.
        with transaction.atomic(durable=True):
            _log(signup, why, by, now)
    except Exception as failure:
        raise NotLogged from failure
    return _read(signup)


def _log(signup: SignUp, why: OpenReason, by: Actor, now: datetime) -> None:
    if by.kind != "staff" or by.id is None:
        raise ValueError("only a named staff account opens a person")
    tenancy.check(signup.organisation_id)
    timeline.record(
        organisation_id=signup.organisation_id,
        subject=signup.id,
        verb="person-opened",
        actor=by,
        now=now,
        data={"reason": why.value},
        counter="person-opened",
        detail=why.value,
    )


def _read(signup: SignUp) -> Opened:
    told: dict[str, Any] = {name: getattr(signup, name) for name in Opened.__dataclass_fields__}
    return Opened(**told)

"""Six digits to type: bound to the browser that asked, ten minutes, five tries."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import F

from rundbord.kernel import outtray, tenancy
from rundbord.kernel.encryption import blind_index
from rundbord.organisations.queries import letterhead
from rundbord.people.actions.doors import remember_browser
from rundbord.people.models import AccessCode
from rundbord.people.rules import (
    CODE_DIGITS,
    CODE_MINUTES,
    CODES_AN_HOUR,
    CodeExpired,
    CodeUsedUp,
    SubjectKind,
    TooManyCodes,
    hashed,
)

__all__ = ["CodeExpired", "CodeUsedUp", "TooManyCodes", "new_code", "send_code", "use_code"]


def new_code(
    *, kind: SubjectKind | str, subject: UUID, organisation_id: UUID, browser: str, now: datetime
) -> str:
    """Six digits that this browser may type for this person. The caller sends them. One query."""
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    with tenancy.scope(organisation_id):
        AccessCode.objects.create(
            organisation_id=organisation_id,
            subject_kind=kind,
            subject=subject,
            browser_hash=hashed(browser),
            code_hash=_code_hash(organisation_id, subject, browser, code),
            created_at=now,
            expires_at=now + timedelta(minutes=CODE_MINUTES),
        )
    return code


@transaction.atomic
def send_code(
    *,
    kind: SubjectKind | str,
    subject: UUID,
    organisation_id: UUID,
    browser: str,
    to: str,
    channel: Literal["email", "sms"],
    language: str,
    now: datetime,
) -> None:
    """A new code goes out to the person. Raises TooManyCodes: one a minute, five an hour per person."""
    with tenancy.scope(organisation_id):
        _refuse_flood(subject, now)
        code = new_code(kind=kind, subject=subject, organisation_id=organisation_id, browser=browser, now=now)
        outtray.put(
            organisation_id=organisation_id,
            kind="people/code",
            to=to,
            channel=channel,
            language=language,  # type: ignore[arg-type]
            context={"code": code, "minutes": CODE_MINUTES},
            subject=subject,
            now=now,
            sender=letterhead(organisation_id).sender,
        )


def use_code(*, kind: SubjectKind | str, subject: UUID, browser: str, code: str, now: datetime) -> bool:
    """Whether these are the digits; if so the browser is remembered and the code is spent.

    Raises CodeExpired if no code of this browser is young enough, CodeUsedUp after five tries.
    Each try is paid for before it is compared, so that tries at the same moment are counted too.
    """
    with tenancy.everywhere("whose code it is shows only when it is found"):
        row = _newest(kind, subject, browser, now)
        _pay_for_try(row)
    typed = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
    right = _code_hash(row.organisation_id, subject, browser, typed)
    if not hmac.compare_digest(right, bytes(row.code_hash)):
        return False
    with transaction.atomic(), tenancy.scope(row.organisation_id):
        AccessCode.objects.filter(id=row.id).update(tries_left=0)
        remember_browser(
            kind=kind, subject=subject, organisation_id=row.organisation_id, browser=browser, now=now
        )
    return True


def _newest(kind: SubjectKind | str, subject: UUID, browser: str, now: datetime) -> AccessCode:
    """The browser's newest living code."""
    asked = AccessCode.objects.filter(subject_kind=kind, subject=subject, browser_hash=hashed(browser))
    row = asked.filter(expires_at__gt=now).order_by("-created_at", "id").first()
    if row is None:
        raise CodeExpired
    return row


def _pay_for_try(row: AccessCode) -> None:
    if not AccessCode.objects.filter(id=row.id, tries_left__gt=0).update(tries_left=F("tries_left") - 1):
        raise CodeUsedUp


def _refuse_flood(subject: UUID, now: datetime) -> None:
    sent = AccessCode.objects.filter(subject=subject, created_at__gt=now - timedelta(hours=1))
    moments = sorted(sent.values_list("created_at", flat=True))
    if len(moments) >= CODES_AN_HOUR or (moments and moments[-1] > now - timedelta(minutes=1)):
        raise TooManyCodes


def _code_hash(organisation_id: UUID, subject: UUID, browser: str, code: str) -> bytes:
    """Keyed, because six digits alone can be guessed from a plain hash; worthless in another browser."""
    return blind_index(organisation_id, "access-code", f"{subject}|{hashed(browser).hex()}|{code}")

"""Private links and known browsers: given, remembered, taken away."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from rundbord.kernel import tenancy
from rundbord.people.models import AccessCode, KnownBrowser, PrivateLink
from rundbord.people.rules import BROWSER_DAYS, LINK_DAYS, SubjectKind, hashed


def issue_link(
    *, kind: SubjectKind | str, subject: UUID, organisation_id: UUID, now: datetime, days: int = LINK_DAYS
) -> str:
    """A new private link's token: 22 URL-safe characters, 128 random bits. Only its hash is stored."""
    token = secrets.token_urlsafe(16)
    with tenancy.scope(organisation_id):
        PrivateLink.objects.create(
            organisation_id=organisation_id,
            subject_kind=kind,
            subject=subject,
            token_hash=hashed(token),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
    return token


def remember_browser(
    *, kind: SubjectKind | str, subject: UUID, organisation_id: UUID, browser: str, now: datetime
) -> None:
    """From now on a link is enough in this browser. Said again, it is only seen again. One query."""
    seen = KnownBrowser(
        organisation_id=organisation_id,
        subject_kind=kind,
        subject=subject,
        token_hash=hashed(browser),
        created_at=now,
        last_seen_at=now,
    )
    with tenancy.scope(organisation_id):
        KnownBrowser.objects.bulk_create(
            [seen],
            update_conflicts=True,
            unique_fields=["subject", "token_hash"],
            update_fields=["last_seen_at"],
        )


def touch_browser(*, subject: UUID, organisation_id: UUID, browser: str, now: datetime) -> None:
    """Notes that a known browser was seen; does nothing for an unknown one. One query either way."""
    with tenancy.scope(organisation_id):
        KnownBrowser.objects.filter(subject=subject, token_hash=hashed(browser)).update(last_seen_at=now)


@transaction.atomic
def revoke_access(*, subject: UUID, now: datetime) -> None:
    """Every link, known browser and code of this person is dead at once."""
    with tenancy.everywhere("a person's doors are closed wherever they are"):
        for door in (PrivateLink, KnownBrowser, AccessCode):
            door.objects.filter(subject=subject).delete()


@transaction.atomic
def forget_expired(*, now: datetime) -> int:
    """Erases links and codes that no longer open anything and browsers not seen for long; how many.

    Codes stay an hour, because `send_code` counts them.
    """
    with tenancy.everywhere("what has expired goes, whosever it was"):
        rows = (
            PrivateLink.objects.filter(expires_at__lte=now),
            AccessCode.objects.filter(created_at__lte=now - timedelta(hours=1)),
            KnownBrowser.objects.filter(last_seen_at__lte=now - timedelta(days=BROWSER_DAYS)),
        )
        return sum(found.delete()[0] for found in rows)

"""Letters to a person: short, plain, and telling nothing to whoever reads over her shoulder."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from rundbord.kernel import links, outtray
from rundbord.kernel.encryption import blind_index
from rundbord.organisations.queries import letterhead
from rundbord.people import actions as people
from rundbord.people.rules import CODE_MINUTES, LINK_DAYS, SubjectKind
from rundbord.signups import queries
from rundbord.signups.models import MailPause, SignUp
from rundbord.signups.rules import ContactKind, mailbox

ONE_A_DAY = timedelta(hours=24)
_NO_ORGANISATION = UUID(int=0)


def tell(signup: SignUp, kind: str, now: datetime, *, days: int = LINK_DAYS, **context: Any) -> None:
    """Lays a letter with a link to her own page in the out-tray; nothing for those who want to be rung."""
    way = queries.reach(signup)
    if way is None:
        return
    head = letterhead(signup.organisation_id)
    token = people.issue_link(
        kind=SubjectKind.SIGN_UP,
        subject=signup.id,
        organisation_id=signup.organisation_id,
        now=now,
        days=days,
    )
    outtray.put(
        organisation_id=signup.organisation_id,
        kind=f"signups/{kind}",
        to=way.to,
        channel=way.channel,  # type: ignore[arg-type]
        language=way.language,  # type: ignore[arg-type]
        context={
            "first_name": signup.first_name,
            "link": links.absolute("mine:enter", token, language=way.language),
            "not_me": links.absolute("mine:not_me", token, language=way.language),
            "organisation_phone": head.phone,
            **context,
        },
        subject=signup.id,
        now=now,
        sender=head.sender,
    )


def tell_with_code(
    signup: SignUp, kind: str, browser: str, now: datetime, *, wanted: bool, **context: Any
) -> None:
    """A letter with link and code to an address nobody has confirmed.

    If it is not `wanted` (the address has had its mail of the day) everything is written and taken back, so
    that the work tells nothing about the address, and no code or link is left that somebody could guess.
    """
    with transaction.atomic():
        code = people.new_code(
            kind=SubjectKind.SIGN_UP,
            subject=signup.id,
            organisation_id=signup.organisation_id,
            browser=browser,
            now=now,
        )
        tell(signup, kind, now, code=code, minutes=CODE_MINUTES, **context)
        if not wanted:
            transaction.set_rollback(True)


def take_mail_of_the_day(contact_kind: str, contact: str, now: datetime) -> bool:
    """Whether the address may get its one mail of these 24 hours; if so it is taken.

    Three queries either way. One for all organisations together, since a victim has one mailbox.
    The row is locked until the transaction ends, so that two wishes of one address wait for each other.
    """
    address = mailbox(contact) if contact_kind == ContactKind.EMAIL else contact
    index = blind_index(_NO_ORGANISATION, "mail-of-the-day", address)
    long_ago = now - ONE_A_DAY
    MailPause.objects.bulk_create([MailPause(address_index=index, mailed_at=long_ago)], ignore_conflicts=True)
    pause = MailPause.objects.select_for_update().get(address_index=index)
    free = pause.mailed_at <= long_ago
    pause.mailed_at = now if free else pause.mailed_at
    pause.save(update_fields=["mailed_at"])
    return free


def forget_mail_pauses(now: datetime) -> None:
    """Erases what is known of addresses that may be written to again. One query."""
    MailPause.objects.filter(mailed_at__lt=now - ONE_A_DAY).delete()

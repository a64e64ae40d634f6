"""The one letter of the sign-in pages: a link with which to choose a new password."""

from datetime import datetime
from typing import Literal, cast

from django.utils.translation import get_language

from rundbord.kernel import links, outtray, tenancy
from rundbord.people import queries as people
from rundbord.people.queries import StaffAccount


def send_password_link(*, account: StaffAccount, uid: str, key: str, now: datetime) -> None:
    """Lays the letter in the tray of one of her organisations. Without any she has nothing to sign in to."""
    own = people.organisations_of(account)
    if not own:
        return
    language = cast(Literal["nb", "nn", "en"], get_language() or "nb")
    link = links.absolute("account_reset_password_from_key", language=language, uidb36=uid, key=key)
    with tenancy.scope(own[0].id):
        outtray.put(
            organisation_id=own[0].id,
            kind="accounts/password",
            to=account.email,
            language=language,
            context={"link": link},
            subject=account.id,
            now=now,
        )

"""Reads: who may do what, who starts groups, which private door a link opens. Nothing here writes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from rundbord.kernel import tenancy
from rundbord.kernel.encryption import blind_index
from rundbord.organisations.models import Organisation
from rundbord.people.models import KnownBrowser, PrivateLink, PublicName, Role, StaffAccount, Starter
from rundbord.people.rules import BadContact, hashed, normalise_email

_SIGN_IN = "signing in comes before any organisation"


def find_link(token: str, now: datetime) -> PrivateLink | None:
    """The link behind a token while it lasts. Needs no scope; opening it neither spends nor changes it."""
    with tenancy.everywhere("a private link says itself whose it is"):
        return PrivateLink.objects.filter(token_hash=hashed(token), expires_at__gt=now).first()


def knows_browser(subject: UUID, browser: str) -> bool:
    """Whether the browser has shown before that it belongs to this person."""
    with tenancy.everywhere(_SIGN_IN):
        return KnownBrowser.objects.filter(subject=subject, token_hash=hashed(browser)).exists()


def still_allowed(subject: UUID, browser: str) -> bool:
    """Whether a session begun in this browser still counts; false at once after `revoke_access`."""
    return knows_browser(subject, browser)


def starters(organisation_id: UUID, active_only: bool = True) -> list[Starter]:
    """The organisation's starters, by first name. One query."""
    with tenancy.scope(organisation_id):
        rows = Starter.objects.select_related("place")
        found = list(rows.filter(active=True) if active_only else rows)
    return sorted(found, key=lambda starter: (starter.first_name.casefold(), str(starter.id)))


def starter(organisation_id: UUID, starter_id: UUID) -> Starter | None:
    """One starter of this organisation."""
    with tenancy.scope(organisation_id):
        return Starter.objects.select_related("place").filter(id=starter_id).first()


def starter_with_email(organisation_id: UUID, email: str) -> Starter | None:
    """The starter with this address (normalised) in this organisation."""
    with tenancy.scope(organisation_id):
        return Starter.objects.filter(email_index=email_index(organisation_id, email)).first()


def starter_anywhere(email: str) -> Starter | None:
    """The active starter with this address in any organisation, for finding one's page again. Two queries."""
    try:
        address = normalise_email(email)
    except BadContact:
        address = ""
    ids = list(Organisation.objects.values_list("id", flat=True))
    indexes = [email_index(organisation_id, address) for organisation_id in ids]
    with tenancy.everywhere("somebody asks for the way back to her own page"):
        rows = Starter.objects.filter(email_index__in=indexes or [b""], active=True)
        return rows.order_by("-created_at").first()


def email_index(organisation_id: UUID, email: str) -> bytes:
    """The blind index of a starter's normalised address."""
    return blind_index(organisation_id, "starter-email", email)


def roles_of(account: StaffAccount) -> list[Role]:
    """The account's roles in every organisation that is still active. One query."""
    with tenancy.everywhere(_SIGN_IN):
        return list(
            Role.objects.filter(account=account, organisation__active=True)
            .select_related("organisation")
            .order_by("organisation__name", "kind")
        )


def roles_in(account: StaffAccount, organisation_id: UUID) -> set[str]:
    """The account's roles in one organisation. One query."""
    with tenancy.scope(organisation_id):
        return set(Role.objects.filter(account=account).values_list("kind", flat=True))


def organisations_of(account: StaffAccount) -> list[Organisation]:
    """The active organisations in which the account has a role, by name. One query."""
    return list(dict.fromkeys(role.organisation for role in roles_of(account)))


def staff(organisation_id: UUID) -> list[Role]:
    """Roles in one organisation with their accounts, by name. One query."""
    with tenancy.scope(organisation_id):
        return list(Role.objects.select_related("account").order_by("account__name", "kind"))


def public_names(organisation_id: UUID) -> list[str]:
    """Names on the organisation's public page: of those who work there now and have said yes. One query."""
    with tenancy.scope(organisation_id):
        here = Role.objects.filter(account=OuterRef("account"), organisation=OuterRef("organisation"))
        rows = PublicName.objects.filter(Exists(here), account__is_active=True)
        return list(rows.order_by("name", "id").values_list("name", flat=True))


def public_name(account: StaffAccount, organisation_id: UUID) -> PublicName | None:
    """Her own yes in this organisation, if she has said it."""
    with tenancy.scope(organisation_id):
        return PublicName.objects.filter(account=account).first()


def account(account_id: UUID) -> StaffAccount | None:
    """A staff account."""
    return StaffAccount.objects.filter(id=account_id).first()


def account_with_email(email: str) -> StaffAccount | None:
    """The staff account of an address, in whatever case it is written."""
    return StaffAccount.objects.filter(email=email.strip().lower()).first()


def names_of(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What these staff accounts are called. One query."""
    found = StaffAccount.objects.filter(id__in=list(account_ids))
    return dict(found.values_list("id", "name"))


def browsers_known_to(subjects: Iterable[UUID], browser: str) -> set[UUID]:
    """Which of these people the browser has shown to belong to. One query."""
    with tenancy.everywhere(_SIGN_IN):
        found = KnownBrowser.objects.filter(subject__in=list(subjects), token_hash=hashed(browser))
        return set(found.values_list("subject", flat=True))

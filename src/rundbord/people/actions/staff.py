"""Staff accounts and what they may do where."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people import queries
from rundbord.people.models import PublicName, Role, StaffAccount
from rundbord.people.rules import RoleKind, normalise_email


class AccountExists(Refused):
    """The address already has an account; give it a role instead."""

    sentence = _("There is already an account with this address.")


class LastManager(Refused):
    """Nobody would be left who may change settings and staff."""

    sentence = _("An organisation needs at least one manager.")


def make_account(*, email: str, name: str, password: str | None = None) -> StaffAccount:
    """A new staff account without roles. Raises BadContact or AccountExists.

    Without a password the account is entered by a passkey or OIDC.
    """
    address = normalise_email(email)
    if queries.account_with_email(address):
        raise AccountExists
    return StaffAccount.objects.create_user(address, password, name=name.strip())


@transaction.atomic
def set_account_active(*, account: StaffAccount, active: bool) -> None:
    """Opens or closes an account everywhere. A closed one cannot sign in."""
    account.is_active = active
    account.save(update_fields=["is_active"])


@transaction.atomic
def give_role(
    *, account: StaffAccount, organisation: Organisation, kind: RoleKind | str, by: Actor, now: datetime
) -> Role:
    """The account gets the role in this organisation; given twice, it is the same role."""
    with tenancy.scope(organisation.id):
        role, new = Role.objects.get_or_create(
            organisation=organisation, account=account, kind=RoleKind(kind).value
        )
        if new:
            _note(role, "role-given", by, now)
    return role


@transaction.atomic
def take_role(*, role: Role, by: Actor, now: datetime) -> None:
    """The role is gone at once; with the last one her name on the public page too.

    Raises LastManager for the organisation's only manager.
    """
    with tenancy.scope(role.organisation_id):
        managers = Role.objects.select_for_update().filter(kind=RoleKind.MANAGER, account__is_active=True)
        if role.kind == RoleKind.MANAGER and {found.id for found in managers} <= {role.id}:
            raise LastManager
        _note(role, "role-taken", by, now)
        role.delete()
        if not Role.objects.filter(account=role.account_id).exists():
            PublicName.objects.filter(account=role.account_id).delete()


def _note(role: Role, verb: str, by: Actor, now: datetime) -> None:
    timeline.record(
        organisation_id=role.organisation_id,
        subject=role.account_id,
        verb=verb,
        actor=by,
        now=now,
        data={"role": role.kind},
    )

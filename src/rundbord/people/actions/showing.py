"""A staff member's own yes to stand by name on the public page. Nobody can say it for her."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people.models import PublicName, Role, StaffAccount


class NameMissing(Refused):
    """There is nothing to show."""

    sentence = _("Please write the name as it shall stand.")


class NotHere(Refused):
    """The account has no role in this organisation."""

    sentence = _("Only those who work here can stand on the page of this office.")


@transaction.atomic
def show_name(*, account: StaffAccount, organisation: Organisation, name: str, now: datetime) -> PublicName:
    """She says yes herself; said again, name and day are new. Raises NameMissing or NotHere."""
    if not name.strip():
        raise NameMissing
    with tenancy.scope(organisation.id):
        if not Role.objects.filter(account=account).exists():
            raise NotHere
        shown, _new = PublicName.objects.update_or_create(
            organisation=organisation,
            account=account,
            defaults={"name": name.strip(), "said_yes_at": now},
        )
        _note(account, organisation, "name-shown", now)
    return shown


@transaction.atomic
def hide_name(*, account: StaffAccount, organisation: Organisation, now: datetime) -> None:
    """She takes her yes back, and the name is gone at once. Done twice, it is done."""
    with tenancy.scope(organisation.id):
        gone, _rows = PublicName.objects.filter(account=account).delete()
        if gone:
            _note(account, organisation, "name-hidden", now)


def _note(account: StaffAccount, organisation: Organisation, verb: str, now: datetime) -> None:
    timeline.record(
        organisation_id=organisation.id,
        subject=account.id,
        verb=verb,
        actor=Actor("staff", account.id),
        now=now,
    )

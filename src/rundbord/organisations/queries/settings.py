"""Reads: how an organisation has set its numbers and words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation, OrganisationSetting
from rundbord.organisations.rules import SETTINGS


def settings_of(organisation_id: UUID) -> dict[str, Any]:
    """All settings of an organisation, own value or default. One query."""
    with tenancy.scope(organisation_id):
        own = dict(OrganisationSetting.objects.values_list("key", "value"))
    return {key: own.get(key, setting.default) for key, setting in SETTINGS.items()}


def setting(organisation_id: UUID, key: str) -> Any:
    """One setting, own value or default. KeyError for a name that is not in SETTINGS."""
    default = SETTINGS[key].default
    with tenancy.scope(organisation_id):
        own = OrganisationSetting.objects.filter(key=key).values_list("value", flat=True).first()
    return default if own is None else own


@dataclass(frozen=True)
class Letterhead:
    """What letters show of an organisation; empty where it has set nothing."""

    phone: str
    sender: str


def letterhead(organisation_id: UUID) -> Letterhead:
    """Phone and sender's name for letters. One query. Raises Organisation.DoesNotExist."""
    with tenancy.scope(organisation_id):
        own = OrganisationSetting.objects.filter(organisation=OuterRef("pk"), key="sender_name")
        rows = Organisation.objects.annotate(sender=Subquery(own.values("value")[:1]))
        phone, sender = rows.values_list("phone", "sender").get(pk=organisation_id)
    return Letterhead(phone, sender or "")


def words_for_groups() -> dict[UUID, str]:
    """What organisations call a group, where they have a word of their own. One query."""
    with tenancy.everywhere("the list of groups is public, and so are the words in it"):
        return dict(OrganisationSetting.objects.filter(key="word_group").values_list("organisation", "value"))

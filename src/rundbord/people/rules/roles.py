"""What each role may do."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoleKind(TextChoices):
    """What a staff account is in one organisation."""

    MANAGER = "manager", _("Manager")
    COORDINATOR = "coordinator", _("Coordinator")
    STARTER = "starter", _("Starter")
    CONTENT_EDITOR = "content_editor", _("Content editor")


# What may be done -> the roles that may.
MAY: dict[str, frozenset[str]] = {
    "coordinate": frozenset({RoleKind.MANAGER, RoleKind.COORDINATOR}),  # people, groups, starters, rooms
    "manage": frozenset({RoleKind.MANAGER}),  # settings, staff
    "write": frozenset({RoleKind.MANAGER, RoleKind.CONTENT_EDITOR}),  # public texts
}


def may(roles: Iterable[str], what: str) -> bool:
    """Whether somebody with these roles may do it. KeyError for something MAY does not name."""
    return not MAY[what].isdisjoint(roles)

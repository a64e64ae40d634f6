"""Hard rules that do not hold, as sentences to stand beside the initial they are about."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rundbord.matching.check import Broken

_NEAR = _("Asked not to meet people who live near.")
_SENTENCES: dict[str, str | Promise] = {
    "slot": _("Cannot come at this time."),
    "frame": _("Did not wish for this kind of group."),
    "language": _("Does not speak the language of the group."),
    "audience": _("The group is for others."),
    "only": _("Asked for a group for women or young adults only."),
    "mode": _("Does not wish to meet in this way."),
    "travel": _("Lives too far away."),
    "access": _("Needs a room with step-free access."),
    "self-start": _("Wishes for a group with a starter."),
    "blocked": _NEAR,
    "discretion": _NEAR,
    "size": _("The group is too small or too large."),
    "room-free": _("The room is not free at this time."),
    "room-capacity": _("The room is too small."),
    "room-once": _("Another proposal uses the room at this time."),
    "starter-free": _("The starter is not free at this time."),
    "starter-language": _("The starter does not speak the language of the group."),
    "starter-audience": _("A group for women needs a woman as starter."),
    "starter-mode": _("The starter does not start digital groups."),
    "starter-travel": _("The room is too far away for the starter."),
    "starter-once": _("Another proposal uses the starter at this time."),
    "starter-capacity": _("The starter has no time for one more group."),
    "free-places": _("The group has no place left."),
    "once": _("Is in another proposal too."),
}
_ELSE = _("Something here is no longer as it was.")


def broken(found: Broken) -> str:
    """The sentence of a broken rule."""
    return str(_SENTENCES.get(found.rule, _ELSE))


def known_rules() -> set[str]:
    """Rules of the engine that have a sentence of their own."""
    return set(_SENTENCES)

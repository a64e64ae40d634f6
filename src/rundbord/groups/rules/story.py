"""The room's lines of a timeline, told back in sentences: to the person, and to those who follow a group."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rundbord.groups.rules.states import DeclineReason, EndReason

# What happened to a person. The wish's own room tells of the offer itself and of the yes.
OF_A_PERSON: dict[str, Promise] = {
    "offer-declined": _("You said no to an offer."),
    "offer-lapsed": _("An offer ran out. You kept your turn."),
    "offer-withdrawn": _("An offer was taken back. You kept your turn."),
    "call-made": _("The starter rang you."),
    "pledge-made": _("You made the confidentiality pledge."),
    "participant-left": _("You left the group."),
}

OF_A_GROUP: dict[str, Promise] = {
    "group-formed": _("The group was formed."),
    "group-by-itself": _("The group will start by itself."),
    "request-sent": _("A starter was asked."),
    "request-yes": _("A starter said yes."),
    "request-no": _("A starter said no."),
    "request-lapsed": _("A starter did not answer in time."),
    "request-withdrawn": _("A question to a starter was taken back."),
    "group-starting": _("The meetings were planned."),
    "meetings-replanned": _("The meetings were planned anew."),
    "meeting-held": _("A meeting was held."),
    "meeting-not-held": _("A meeting was not held."),
    "meeting-moved": _("A meeting was moved."),
    "meeting-cancelled": _("A meeting was cancelled."),
    "link-set": _("The link to the meeting room was changed."),
    "rules-agreed": _("The ground rules were agreed."),
    "group-self-led": _("The group leads itself from now on."),
    "newcomers-decided": _("The group decided about new people."),
    "group-paused": _("The group is paused."),
    "group-resumed": _("The group goes on."),
    "group-reopened": _("The group started anew."),
    "group-ended": _("The group ended."),
}

# All that the organisation learns of a group that leads itself (PRODUCT.md).
TOLD_AFTER_HAND_OVER = frozenset(
    {"group-formed", "group-starting", "group-self-led", "newcomers-decided", "group-paused", "group-resumed"}
    | {"group-reopened", "group-ended"}
)


def told(verb: str, data: dict[str, Any] | None = None) -> str:
    """A timeline line as a sentence in the active language; "" for a verb that this room does not tell."""
    return str(OF_A_PERSON.get(verb) or OF_A_GROUP.get(verb) or "")


def why(verb: str, data: dict[str, Any] | None = None) -> str:
    """The reason that was given with a no or an end, as words; "" without one."""
    code = (data or {}).get("reason", "")
    reasons = EndReason if verb == "group-ended" else DeclineReason
    return str(reasons(code).label) if code else ""

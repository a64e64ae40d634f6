"""States in words and colours. Rooms own the codes; here stand the words that everyone reads."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Look:
    """The words and the colour (a Designsystemet colour name) of a state."""

    label: str | Promise
    tone: str


STATES = {
    # what the public sees of a group
    "open": Look(pgettext_lazy("state", "Open"), "success"),
    "waiting_list": Look(_("Waiting list"), "warning"),
    "closed": Look(_("Closed"), "neutral"),
    "being_formed": Look(_("Being formed"), "info"),
    # a group's life
    "forming": Look(_("Being formed"), "info"),
    "starting": Look(_("Starting up"), "info"),
    "self_led": Look(_("Self-led"), "success"),
    "alive": Look(_("Alive"), "success"),
    "quiet": Look(_("Quiet"), "warning"),
    "paused": Look(_("Paused"), "warning"),
    "ended": Look(_("Ended"), "neutral"),
    # a wish
    "unverified": Look(_("Not confirmed"), "neutral"),
    "confirmed": Look(_("Confirmed"), "info"),
    "talk": Look(_("Talk agreed"), "info"),
    "waiting": Look(_("Waiting"), "warning"),
    "proposed": Look(_("In a proposal"), "info"),
    "offered": Look(_("Has an offer"), "info"),
    "placed": Look(_("Has a place"), "success"),
    "withdrawn": Look(_("Withdrawn"), "neutral"),
    "sent_on": Look(_("Sent on"), "neutral"),
    # proposals, offers, loans, meetings
    "draft": Look(_("Draft"), "neutral"),
    "approved": Look(_("Approved"), "success"),
    "dismissed": Look(pgettext_lazy("state", "Put aside"), "neutral"),
    "stale": Look(_("Out of date"), "warning"),
    "asked": Look(_("Asked"), "info"),
    "accepted": Look(pgettext_lazy("answer", "Yes"), "success"),
    "declined": Look(pgettext_lazy("answer", "No"), "neutral"),
    "lapsed": Look(_("Ran out"), "neutral"),
    "cancelled": Look(_("Called off"), "danger"),
    "planned": Look(_("Planned"), "info"),
    "held": Look(_("Held"), "success"),
    "not_held": Look(_("Not held"), "neutral"),
    "running": Look(_("Under way"), "info"),
    "done": Look(_("Done"), "success"),
    "failed": Look(_("Did not work"), "danger"),
}


def look(code: str, label: str | Promise = "", tone: str = "") -> Look:
    """Words and colour for a state. A given label or tone wins; an unknown code is shown as words."""
    known = STATES.get(str(code).lower())
    words = label or (known.label if known else str(code).replace("_", " ").capitalize())
    return Look(words, tone or (known.tone if known else "neutral"))

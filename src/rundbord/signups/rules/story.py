"""Why somebody's page is opened, and the sentences in which a timeline is told back to the person."""

from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _


class OpenReason(TextChoices):
    """Why a human in the office looks at a person."""

    RING = "ring", _("To ring you")
    TALK = "talk", _("To hold a talk")
    MATCH = "match", _("To look for a place for you")
    HELP = "help", _("Because you asked for help")
    CORRECT = "correct", _("To correct what is written")


STORY: dict[str, Promise] = {
    "wish-left": _("You left a wish."),
    "wish-registered": _("We wrote down your wish while we talked."),
    "wish-confirmed": _("You confirmed your wish."),
    "wish-confirmed-by-phone": _("We confirmed your wish on the phone."),
    "wish-changed": _("The wish was changed."),
    "contact-changed": _("The way to reach you was changed."),
    "wish-paused": _("The wish was paused."),
    "wish-resumed": _("The pause is over."),
    "wish-withdrawn": _("You took back your wish."),
    "wish-sent-on": _("We found another way together."),
    "wish-lapsed": _("We had no answer, so your wish was taken out."),
    "wish-offered": _("You got an offer."),
    "wish-placed": _("You said yes to a place."),
    "wish-waiting": _("You are back on the waiting list."),
    "wish-finished": _("You have left, or all of you were done."),
    "still-asked": _("We asked whether you are still waiting."),
    "still-waiting": _("You are still waiting."),
    "talk-asked": _("You asked for a talk."),
    "talk-held": _("We have talked together."),
    "talk-skipped": _("The talk was left out."),
    "answered": _("We have been in touch with you."),
    "answer-sent": _("We told you what is missing."),
    "answer-late": _("We had nothing new to tell you on the day we promised, and said so."),
    "text-erased": _("What you wrote in your own words was erased."),
}


def told(verb: str, data: dict[str, Any] | None = None) -> str:
    """A timeline entry as a sentence in the active language; "" for a verb this room does not tell."""
    if verb == "person-opened":
        reason = OpenReason((data or {})["reason"]).label
        return now_("Somebody in the office opened your page. Reason: %(reason)s.") % {"reason": reason}
    return str(STORY.get(verb, ""))

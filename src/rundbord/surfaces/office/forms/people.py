"""Forms about people: whom to show, who has rung, why a person is opened, what is done with a wish."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rundbord.groups.rules import DeclineReason
from rundbord.kernel.week import WEEKDAYS
from rundbord.shell.forms import ChoiceField, CleanCharField, DayField, TickField
from rundbord.signups.rules import EnquiryChannel, NotUsable, OpenReason, WishFields
from rundbord.surfaces.asking import BOTH, DIGITAL, ROOM, WhatForm, WhenForm, WhereForm, YouForm, wish_of
from rundbord.topics.catalogue import MIXED

if TYPE_CHECKING:
    from rundbord.signups.models import SignUp

STATES = [
    ("", pgettext_lazy("state of a person", "All")),
    ("waiting", _("Waiting")),
    ("talk", _("Waiting for a talk")),
    ("offered", _("Has an offer")),
    ("paused", _("Paused")),
]
PARTS = [
    ("", pgettext_lazy("part of day", "All")),
    ("morning", _("Morning")),
    ("midday", _("Midday")),
    ("afternoon", _("Afternoon")),
    ("evening", _("Evening")),
]
LETTERS_IN = [("nb", "bokmål"), ("nn", "nynorsk"), ("en", "English")]
# The person reads these reasons as said to her (signups.rules); here the office says them itself.
REASONS = {
    OpenReason.RING: _("To ring"),
    OpenReason.TALK: _("To hold a talk"),
    OpenReason.MATCH: _("To look for a place"),
    OpenReason.HELP: _("Asked for help"),
    OpenReason.CORRECT: _("To correct what is written"),
}

_REACHED_BY = ("first_name", "contact", "ring_me", "ui_language")
_AS_IT_IS = (
    "age_band", "slots", "languages", "postal_code", "physical", "digital", "max_km", "women_only",
    "young_only", "discretion", "access_needs", "self_start_ok",
)  # fmt: skip


class WaitingFilter(forms.Form):
    """Which people of the list to show. Everything may be left empty; what is no answer counts as empty."""

    place = CleanCharField(label=_("Place"), max_length=80, required=False)
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        choices=lambda: [("", pgettext_lazy("weekday", "All")), *enumerate(WEEKDAYS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    part = forms.ChoiceField(label=_("Part of day"), choices=PARTS, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)


class CallerForm(YouForm, WhatForm, WhenForm, WhereForm):
    """The same questions as on the public pages, on one page, asked aloud."""

    ui_language = ChoiceField(label=_("Language of messages"), choices=LETTERS_IN, required=False)
    channel = ChoiceField(label=_("How did this person get in touch?"), choices=EnquiryChannel.choices)
    consent = TickField(
        label=_(
            "I have told that the answers are kept while this person waits and takes part, and got a yes"
        ),
        error_messages={"required": _("We need the person's yes before we can keep the answers.")},
    )

    def wish(self) -> WishFields:
        """The clean answers as the room takes them."""
        return wish_of(self.cleaned_data, ui_language=self.cleaned_data["ui_language"] or "nb")


class WishForm(YouForm, WhatForm, WhenForm, WhereForm):
    """A wish that is there already, changed together with the person."""

    ui_language = ChoiceField(label=_("Language of messages"), choices=LETTERS_IN, required=False)

    def wish(self) -> WishFields:
        """The clean answers as the room takes them."""
        return wish_of(self.cleaned_data, ui_language=self.cleaned_data["ui_language"] or "nb")


class ReachForm(YouForm):
    """How somebody who has a place is called and reached: the wish itself is over."""

    ui_language = ChoiceField(label=_("Language of messages"), choices=LETTERS_IN, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields[name] for name in _REACHED_BY}

    def wish(self, signup: "SignUp") -> WishFields:
        """The wish as it is, with these answers in it."""
        said = self.cleaned_data
        kept: dict[str, Any] = {name: getattr(signup, name) for name in _AS_IT_IS}
        return WishFields(
            **kept,
            note=signup.note or "",
            gender=signup.gender or "",
            not_with=signup.not_with or "",
            first_name=said["first_name"],
            contact_kind=said["contact_kind"],
            contact=said["contact_value"],
            ui_language=said["ui_language"] or signup.ui_language,
            place_code=signup.place_id,
            focus=signup.focus or [MIXED],
            course_code=signup.course.code if signup.course else "",
        )


class EnquiryForm(forms.Form):
    """Somebody only asked."""

    asked_by = ChoiceField(label=_("How did this person get in touch?"), choices=EnquiryChannel.choices)


class OpenForm(forms.Form):
    """Nobody is opened without a reason."""

    reason = ChoiceField(
        label=_("Why do you open this person?"),
        help_text=_("The person can see who looked, when and why."),
        choices=[(code.value, words) for code, words in REASONS.items()],
    )


class PauseForm(forms.Form):
    """Until when; no day is fine too."""

    until = DayField(label=_("Until"), help_text=_("Leave empty if you do not know."), required=False)


class DeclineForm(forms.Form):
    """Why not, as the person said it."""

    reason = ChoiceField(
        label=_("Why not?"),
        choices=[
            (DeclineReason.TIME.value, _("The time does not suit")),
            (DeclineReason.PLACE.value, _("The place does not suit")),
            (DeclineReason.KIND.value, _("Wishes for another kind of group")),
            (DeclineReason.NOT_NOW.value, _("Not now")),
        ],
    )


# Which question of the form an answer of the room belongs to.
_ASKED_AS = {"place_code": "place", "postal_code": "place", "contact_kind": "contact", "physical": "form"}


def refuse(form: forms.Form, refused: NotUsable) -> None:
    """Puts the room's sentences beside the questions they are about."""
    for name, sentence in refused.wrong.items():
        asked = _ASKED_AS.get(name, name)
        form.add_error(asked if asked in form.fields else None, str(sentence))


def written(signup: Any, opened: Any) -> dict[str, Any]:
    """An opened wish as the form shows it."""
    names = ("max_km", "slots", "languages", "age_band", "women_only", "young_only", "discretion")
    more = ("access_needs", "self_start_ok")
    forms_ = {(True, True): BOTH, (False, True): DIGITAL}
    return {name: getattr(signup, name) for name in (*names, *more)} | {
        **reached(signup, opened),
        "place": signup.postal_code or signup.place.label,
        "form": forms_.get((signup.physical, signup.digital), ROOM),
        "focus": opened.focus,
        "note": opened.note or "",
    }


def reached(signup: Any, opened: Any) -> dict[str, Any]:
    """Name and contact of somebody opened as the forms show them."""
    return {
        "first_name": opened.first_name,
        "contact": opened.contact,
        "ring_me": opened.contact_kind == "ring_me",
        "ui_language": signup.ui_language,
    }

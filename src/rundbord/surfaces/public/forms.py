"""What a seeker is asked: five short screens, five answers that are needed, the rest as she likes."""

from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.week import WEEKDAYS
from rundbord.places import queries as places
from rundbord.shell.forms import ChoiceField, ChoicesField, CleanCharField, SlotsField
from rundbord.signups.rules import contact_of
from rundbord.topics.catalogue import MIXED, AgeBand, Topic, frame_codes, frame_label, language_choices

_ROOM, _DIGITAL, _BOTH = "room", "digital", "both"
FORMS = [
    (_ROOM, pgettext_lazy("form", "In a room")),
    (_DIGITAL, pgettext_lazy("form", "Digital")),
    (_BOTH, pgettext_lazy("form", "Both are fine")),
]
DISTANCES = [(5, "5 km"), (10, "10 km"), (20, "20 km"), (40, "40 km"), (80, "80 km")]
PARTS = [
    ("morning", _("Morning")),
    ("midday", _("Midday")),
    ("afternoon", _("Afternoon")),
    ("evening", _("Evening")),
]


class PlaceField(CleanCharField):
    """A municipality, district or postal code as people type it. Cleaned value: a Hit (place, label, postal code)."""

    widget = forms.TextInput(attrs={"autocomplete": "address-level2", "list": "places"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        hits = places.search(text, limit=4)
        exact = places.resolve(text)
        if exact is not None:
            same = [hit for hit in hits if hit.place.code == exact.code]
            return same[0] if same else places.Hit(place=exact, label=exact.name, postal_code=None)
        if len(hits) == 1:
            return hits[0]
        raise forms.ValidationError(_unknown_place(hits), code="place")


def _unknown_place(hits: list[Any]) -> str:
    if not hits:
        return gettext("We do not know that place. Try the name of a municipality, or a postal code.")
    return gettext("Which place do you mean? For example: %(places)s.") % {
        "places": ", ".join(hit.label for hit in hits)
    }


class WhereForm(forms.Form):
    """Screen 1."""

    place = PlaceField(
        label=_("Where do you live, or where would you like to meet?"),
        help_text=_("Municipality, city district or postal code."),
        max_length=80,
    )
    form = ChoiceField(label=_("How would you like to meet?"), choices=FORMS, required=False)
    max_km = forms.TypedChoiceField(
        label=_("How far can you travel?"),
        choices=DISTANCES,
        coerce=int,
        empty_value=20,
        required=False,
        initial=20,
        error_messages={"invalid_choice": _("Please choose one of the answers in the list.")},
    )


class WhenForm(forms.Form):
    """Screen 2."""

    slots = SlotsField(
        label=_("When could you come?"),
        help_text=_("A meeting lasts two hours. Tick every time that could work: more ticks, shorter wait."),
        required=True,
    )


class WhatForm(forms.Form):
    """Screen 3. Nothing chosen means mixed, the usual kind."""

    focus = ChoicesField(
        label=_("What kind of group would you like?"),
        help_text=_(
            "Most groups are mixed: people with different lives around the same table. You can also choose topics."
        ),
        choices=lambda: [(code, frame_label(code)) for code in (MIXED, *frame_codes()[:-1])],
        required=False,
    )
    languages = ChoicesField(
        label=_("Which languages can you talk in?"),
        help_text=_("If you choose none, we take it to be Norwegian."),
        choices=language_choices,
        required=False,
    )


class YouForm(forms.Form):
    """Screen 4. A first name, an age band and one way of contact are enough."""

    first_name = CleanCharField(
        label=_("What shall we call you?"),
        help_text=_("First name or another name you choose."),
        max_length=60,
    )
    age_band = ChoiceField(
        label=_("How old are you?"), help_text=_("Groups are for people who are 18 or older."), choices=AgeBand.choices
    )
    contact = CleanCharField(
        label=_("How can we reach you?"), help_text=_("E-mail address or mobile number. One is enough."), max_length=254
    )
    ring_me = forms.BooleanField(
        label=_("Please ring me instead of writing"), required=False, help_text=_("Then give a phone number.")
    )
    women_only = forms.BooleanField(label=_("Only a group for women"), required=False)
    young_only = forms.BooleanField(label=_("Only a group for young adults (18–30)"), required=False)
    access_needs = forms.BooleanField(label=_("I need a room without steps"), required=False)
    self_start_ok = forms.BooleanField(label=_("It is fine to start without a starter"), required=False)
    discretion = forms.TypedChoiceField(
        label=_("Is there anyone near you whom you would rather not meet?"),
        choices=[
            (0, _("It does not matter")),
            (1, _("Nobody from my own postal code, please")),
            (2, _("Nobody from my own municipality, please")),
        ],
        coerce=int,
        empty_value=0,
        required=False,
        error_messages={"invalid_choice": _("Please choose one of the answers in the list.")},
    )
    note = CleanCharField(
        label=_("Anything else we should know?"),
        help_text=_("Nobody reads this at once. If it is urgent, ring one of the numbers at the foot of the page."),
        max_length=1000,
        multiline=True,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Tells e-mail from phone, and puts the sentence beside the field if it is neither."""
        cleaned = super().clean() or {}
        if cleaned.get("contact"):
            kind, value, wrong = contact_of(cleaned["contact"], ring_me=bool(cleaned.get("ring_me")))
            if wrong:
                self.add_error("contact", wrong)
            cleaned["contact_kind"], cleaned["contact_value"] = kind, value
        return cleaned


class ConsentForm(forms.Form):
    """Screen 5: the answers once more, and a clear yes."""

    consent = forms.BooleanField(
        label=_("I agree that my answers are kept while I wait and take part"),
        error_messages={"required": _("We need your yes before we can keep your answers.")},
    )


STEPS: list[type[forms.Form]] = [WhereForm, WhenForm, WhatForm, YouForm, ConsentForm]


class SearchForm(forms.Form):
    """Find: where, and what suits. Everything may be left empty."""

    place = PlaceField(label=_("Place or postal code"), max_length=80, required=False)
    radius = forms.TypedChoiceField(
        label=_("Within"), choices=DISTANCES, coerce=int, empty_value=20, required=False, initial=20
    )
    weekday = forms.MultipleChoiceField(
        label=_("Weekday"), choices=lambda: list(enumerate(map(lazystr, WEEKDAYS))), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    part = forms.MultipleChoiceField(
        label=_("Part of day"), choices=PARTS, required=False, widget=forms.CheckboxSelectMultiple
    )
    form = forms.ChoiceField(
        label=_("Form"),
        choices=[("", pgettext_lazy("form", "All")), *FORMS[:2]],
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: [("", pgettext_lazy("language", "All")), *language_choices()], required=False
    )
    access = forms.BooleanField(label=_("Only rooms without steps"), required=False)
    focus = forms.ChoiceField(
        label=_("Kind of group"),
        choices=lambda: [
            ("", pgettext_lazy("kind of group", "All")),
            (MIXED, frame_label(MIXED)),
            *Topic.choices,
        ],
        required=False,
    )

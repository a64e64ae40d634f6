"""The five screens of a wish, and the search."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rundbord.kernel.week import WEEKDAYS
from rundbord.shell.forms import NO_SUCH_CHOICE, ChoiceField, CleanCharField, SelectField, TickField
from rundbord.surfaces.asking import (
    DISTANCES,
    FORMS,
    USUAL_KM,
    HitField,
    NumberField,
    WhatForm,
    WhenForm,
    WhereForm,
    YouForm,
)
from rundbord.topics.catalogue import MIXED, AgeBand, Topic, frame_label, language_choices

PARTS = [
    ("morning", _("Morning")),
    ("midday", _("Midday")),
    ("afternoon", _("Afternoon")),
    ("evening", _("Evening")),
]


UNDER_18 = "under-18"  # an answer that leads to people who are there for her; stored nowhere


class AboutYouForm(YouForm):
    """Screen 4. Whoever is under 18 can say so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        age = cast(ChoiceField, self.fields["age_band"])
        # Last, since the first is what a slip of the finger chooses.
        age.choices = [*AgeBand.choices, (UNDER_18, _("Under 18 years"))]


class HintsForm(forms.Form):
    """What a search was for that is no answer to a question: told in words, ticked nowhere."""

    weekday = forms.TypedChoiceField(choices=lambda: list(enumerate(WEEKDAYS)), coerce=int, empty_value=None)
    part = forms.ChoiceField(choices=PARTS)


class ConsentForm(forms.Form):
    """Screen 5: the answers once more, and a clear yes."""

    consent = TickField(
        label=_("I agree that my answers are kept while I wait and take part"),
        error_messages={"required": _("We need your yes before we can keep your answers.")},
    )


STEPS: list[type[forms.Form]] = [WhereForm, WhenForm, WhatForm, AboutYouForm, ConsentForm]


class SearchForm(forms.Form):
    """Find: where, and what suits. Everything may be left empty."""

    place = HitField(label=_("Place or postal code"), required=False)
    county = CleanCharField(required=False, widget=forms.HiddenInput)  # chosen on the map
    radius = NumberField(label=_("How far away?"), choices=DISTANCES, usual=USUAL_KM)
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        choices=lambda: [("", pgettext_lazy("weekday", "All")), *enumerate(WEEKDAYS)],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": NO_SUCH_CHOICE},
    )
    part = SelectField(
        label=_("Part of day"), choices=[("", pgettext_lazy("part of day", "All")), *PARTS], required=False
    )
    form = SelectField(
        label=_("Form"),
        choices=[("", pgettext_lazy("form", "All")), *FORMS[:2]],
        required=False,
    )
    language = SelectField(
        label=_("Language"),
        choices=lambda: [("", pgettext_lazy("language", "All")), *language_choices()],
        required=False,
    )
    access = TickField(label=_("Only rooms without steps"), required=False)
    focus = SelectField(
        label=_("Kind of group"),
        choices=lambda: [
            ("", pgettext_lazy("kind of group", "All")),
            (MIXED, frame_label(MIXED)),
            *Topic.choices,
        ],
        required=False,
    )

"""The five screens of a wish, and the search."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rundbord.kernel.week import WEEKDAYS
from rundbord.shell.forms import NO_SUCH_CHOICE, SelectField, TickField
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
from rundbord.topics.catalogue import MIXED, Topic, frame_label, language_choices

PARTS = [
    ("morning", _("Morning")),
    ("midday", _("Midday")),
    ("afternoon", _("Afternoon")),
    ("evening", _("Evening")),
]


class ConsentForm(forms.Form):
    """Screen 5: the answers once more, and a clear yes."""

    consent = TickField(
        label=_("I agree that my answers are kept while I wait and take part"),
        error_messages={"required": _("We need your yes before we can keep your answers.")},
    )


STEPS: list[type[forms.Form]] = [WhereForm, WhenForm, WhatForm, YouForm, ConsentForm]


class SearchForm(forms.Form):
    """Find: where, and what suits. Everything may be left empty."""

    place = HitField(label=_("Place or postal code"), required=False)
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

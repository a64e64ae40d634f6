"""A starter as the office writes her down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rundbord.people.rules import StarterFields
from rundbord.shell.forms import ChoiceField, ChoicesField, CleanCharField, EmailField, PhoneField, SlotsField
from rundbord.surfaces.asking import PlaceField
from rundbord.topics.catalogue import DEFAULT_LANGUAGE, language_choices

_UI_LANGUAGES = [("nb", "bokmål"), ("nn", "nynorsk"), ("en", "English")]


class StarterForm(forms.Form):
    """Name, where, when, and how many groups at once."""

    first_name = CleanCharField(
        label=_("First name"), help_text=_("Participants see this name."), max_length=60
    )
    surname = CleanCharField(label=_("Surname"), max_length=60, required=False)
    email = EmailField(label=_("E-mail address"))
    phone = PhoneField(label=_("Phone"), required=False)
    ui_language = ChoiceField(label=_("Language of messages"), choices=_UI_LANGUAGES, required=False)
    languages = ChoicesField(label=_("Languages"), choices=language_choices, required=False)
    place = PlaceField(label=_("Lives in"), help_text=_("Municipality, city district or postal code."))
    max_km = forms.IntegerField(
        label=_("Travels at most (km)"),
        min_value=1,
        max_value=300,
        initial=30,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Please write a whole number from 1 to 300.")
        ),
    )
    physical = forms.BooleanField(label=_("Starts groups in a room"), required=False, initial=True)
    digital = forms.BooleanField(label=_("Starts digital groups"), required=False)
    woman = ChoiceField(
        label=_("Can start groups for women"),
        help_text=_("Groups for women are started by women."),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        required=False,
    )
    slots = SlotsField(label=_("Free times"), required=False)
    concurrent_starts = forms.IntegerField(
        label=_("Groups at the same time"),
        min_value=1,
        max_value=5,
        initial=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Please write a whole number from 1 to 5.")
        ),
    )

    def clean(self) -> dict[str, Any]:
        """A starter must start groups somewhere."""
        cleaned = super().clean() or {}
        if not cleaned.get("physical") and not cleaned.get("digital"):
            self.add_error("physical", _("Choose a room, digital, or both."))
        return cleaned

    def starter(self) -> StarterFields:
        """The clean answers as the room takes them."""
        said = self.cleaned_data
        return StarterFields(
            first_name=said["first_name"],
            surname=said["surname"],
            email=said["email"],
            phone=said["phone"],
            place_code=said["place"].code,
            ui_language=said["ui_language"] or "nb",
            languages=said["languages"] or [DEFAULT_LANGUAGE],
            max_km=said["max_km"],
            physical=said["physical"],
            digital=said["digital"],
            woman={"yes": True, "no": False}.get(said["woman"]),
            slots=said["slots"],
            concurrent_starts=said["concurrent_starts"],
        )


def written(starter: Any) -> dict[str, Any]:
    """A starter as the form shows her."""
    names = ("first_name", "surname", "email", "phone", "ui_language", "languages", "max_km")
    more = ("physical", "digital", "slots", "concurrent_starts")
    return {name: getattr(starter, name) for name in (*names, *more)} | {
        "place": starter.place.name,
        "woman": {True: "yes", False: "no"}.get(starter.woman, ""),
    }

"""What is asked of everybody who wishes for a place: the same questions on every surface."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rundbord.places import queries as places
from rundbord.places.queries import Hit, Place
from rundbord.shell.forms import ChoiceField, ChoicesField, CleanCharField, SelectField, SlotsField, TickField
from rundbord.signups.rules import WishFields, contact_of
from rundbord.topics.catalogue import (
    DEFAULT_LANGUAGE,
    MIXED,
    AgeBand,
    frame_codes,
    frame_label,
    language_choices,
)

ROOM, DIGITAL, BOTH = "room", "digital", "both"
FORMS = [
    (ROOM, pgettext_lazy("form", "In a room")),
    (DIGITAL, pgettext_lazy("form", "Digital")),
    (BOTH, pgettext_lazy("form", "Both are fine")),
]
DISTANCES = [(5, "5 km"), (10, "10 km"), (20, "20 km"), (40, "40 km"), (80, "80 km")]
_UNKNOWN = _("We do not know that place. Try the name of a municipality, or a postal code.")
USUAL_KM = 20
# What the room calls an answer, and where it was asked for.
_ASKED_AS = {"contact_kind": "contact", "place_code": "place", "postal_code": "place", "physical": "form"}


def _found(text: str) -> Hit:
    """The place meant. ValidationError names those it could be."""
    exact = places.meant(text)
    if exact is not None:
        return exact
    hits = places.search(text, limit=4)
    if len(hits) == 1:
        return hits[0]
    if not hits:
        raise forms.ValidationError(_UNKNOWN, code="place")
    suggestions = ", ".join(hit.label for hit in hits)
    raise forms.ValidationError(
        gettext("Which place do you mean? For example: %(places)s.") % {"places": suggestions}, code="place"
    )


class HitField(CleanCharField):
    """A municipality, district or postal code as people type it. Cleaned value: a Hit, or None when empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=80, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _found(text) if text else None


class PlaceField(HitField):
    """The same, where the postal code does not matter. Cleaned value: a Place, or None when empty."""

    def clean(self, value: Any) -> Any:
        hit = super().clean(value)
        return hit.place if hit else None


class PlacesField(CleanCharField):
    """Several places, one on each line or with commas between. Cleaned value: list of Place."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=4000, multiline=True, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        names = [name.strip() for name in text.replace(",", "\n").split("\n")]
        found: list[Place] = [_found(name).place for name in names if name]
        return list({place.code: place for place in found}.values())


class NumberField(SelectField):
    """A number from a list. Cleaned value: an int; `usual` when nothing is chosen."""

    def __init__(self, *, usual: int, **options: Any) -> None:
        self.usual = usual
        super().__init__(required=False, initial=usual, **options)

    def clean(self, value: Any) -> int:
        chosen = super().clean(value)
        return int(chosen) if chosen else self.usual


class WhereForm(forms.Form):
    """Where."""

    place = HitField(
        label=_("Where do you live, or where would you like to meet?"),
        help_text=_("Municipality, city district or postal code."),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    form = ChoiceField(label=_("How would you like to meet?"), choices=FORMS, required=False)
    max_km = NumberField(label=_("How far can you travel?"), choices=DISTANCES, usual=USUAL_KM)


class WhenForm(forms.Form):
    """When."""

    slots = SlotsField(
        label=_("When could you come?"),
        help_text=_("A meeting lasts two hours. Tick every time that could work: more ticks, shorter wait."),
        required=True,
    )


class WhatForm(forms.Form):
    """What. Nothing chosen means mixed, the usual kind."""

    focus = ChoicesField(
        label=_("What kind of group would you like?"),
        help_text=_(
            "Most groups are mixed: people with different lives round the same table. "
            "You can also choose topics."
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
    """Who. A first name, an age band and one way of contact are enough."""

    first_name = CleanCharField(
        label=_("What shall we call you?"),
        help_text=_("First name or another name you choose."),
        max_length=60,
    )
    age_band = ChoiceField(
        label=_("How old are you?"),
        help_text=_("Groups are for people who are 18 or older."),
        choices=AgeBand.choices,
    )
    contact = CleanCharField(
        label=_("How can we reach you?"),
        help_text=_("E-mail address or mobile number. One is enough."),
        max_length=254,
    )
    ring_me = TickField(
        label=_("Please ring me instead of writing"), required=False, help_text=_("Then give a phone number.")
    )
    women_only = TickField(label=_("Only a group for women"), required=False)
    young_only = TickField(label=_("Only a group for young adults (18–30)"), required=False)
    access_needs = TickField(label=_("I need a room without steps"), required=False)
    self_start_ok = TickField(label=_("It is fine to start without a starter"), required=False)
    discretion = NumberField(
        label=_("Is there anyone near you whom you would rather not meet?"),
        choices=[
            (0, _("It does not matter")),
            (1, _("Nobody from my own postal code, please")),
            (2, _("Nobody from my own municipality, please")),
        ],
        usual=0,
    )
    note = CleanCharField(
        label=_("Anything else we should know?"),
        help_text=_(
            "Nobody reads this at once. If it is urgent, ring one of the numbers at the foot of the page."
        ),
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
                self.add_error("contact", str(wrong))
            cleaned["contact_kind"], cleaned["contact_value"] = kind, value
        return cleaned


_TICKS = ("women_only", "young_only", "access_needs", "self_start_ok")


def also(said: Mapping[str, Any]) -> Iterator[str]:
    """What only some say, in words: the boxes ticked, whom to keep clear of, and the note."""
    asked: dict[str, Any] = YouForm.base_fields
    yield from (str(asked[name].label) for name in _TICKS if said[name])
    if said["discretion"]:
        yield str(dict(asked["discretion"].choices)[said["discretion"]])
    if said["note"]:
        yield said["note"]


def point_out(form: forms.Form, wrong: Mapping[str, object]) -> bool:
    """Puts what the room found wrong beside the fields of this form; whether any of it belongs here."""
    here = {_ASKED_AS.get(name, name): str(sentence) for name, sentence in wrong.items()}
    mine = {name: sentence for name, sentence in here.items() if name in form.fields}
    form.full_clean()
    for name, sentence in mine.items():
        if name not in form.errors:
            form.add_error(name, sentence)
    return bool(mine)


def wish_of(said: dict[str, Any], *, ui_language: str) -> WishFields:
    """The clean answers of all four forms as the room takes them."""
    same = ("first_name", "max_km", "slots", "age_band", "note", "women_only", "young_only")
    more = ("discretion", "access_needs", "self_start_ok")
    return WishFields(
        **{name: said[name] for name in (*same, *more)},
        contact_kind=said["contact_kind"],
        contact=said["contact_value"],
        ui_language=ui_language,
        place_code=said["place"].place.code,
        postal_code=said["place"].postal_code or "",
        physical=said["form"] != DIGITAL,
        digital=said["form"] in {DIGITAL, BOTH},
        focus=said["focus"] or [MIXED],
        languages=said["languages"] or [DEFAULT_LANGUAGE],
    )

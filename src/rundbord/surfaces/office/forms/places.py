"""Places as people type them, one or several."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rundbord.places import queries as places
from rundbord.places.models import Place
from rundbord.shell.forms import CleanCharField

_UNKNOWN = _("We do not know that place. Try the name of a municipality, or a postal code.")


def _place(text: str) -> Place:
    """The place meant. ValidationError names the ones it could be."""
    exact = places.resolve(text)
    if exact is not None:
        return exact
    hits = places.search(text, limit=4)
    if len(hits) == 1:
        return hits[0].place
    if not hits:
        raise forms.ValidationError(_UNKNOWN, code="place")
    suggestions = ", ".join(hit.label for hit in hits)
    raise forms.ValidationError(
        gettext("Which place do you mean? For example: %(places)s.") % {"places": suggestions}, code="place"
    )


class PlaceField(CleanCharField):
    """One place. Cleaned value: the Place, or None when empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=80, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _place(text) if text else None


class PlacesField(CleanCharField):
    """Several places, one on each line or with commas between. Cleaned value: list of Place."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=4000, multiline=True, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        names = [name.strip() for name in text.replace(",", "\n").split("\n")]
        return list({place.code: place for place in map(_place, filter(None, names))}.values())

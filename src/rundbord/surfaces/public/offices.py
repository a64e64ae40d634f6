"""Offices as the public reads them: a search, lines of a list, whom to ask in a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from rundbord.organisations import queries as organisations
from rundbord.organisations.queries import Directory, Organisation
from rundbord.organisations.rules import Service
from rundbord.places.queries import Place
from rundbord.shell.forms import SelectField
from rundbord.surfaces.asking import HitField

_PLACES_SAID = 6  # on a card; the office's own page names them all


class OfficeSearch(forms.Form):
    """Where, and what kind of office. Both may be left empty."""

    place = HitField(label=gettext_lazy("Place or postal code"), required=False)
    kind = SelectField(label=gettext_lazy("Kind of office"), required=False)

    def __init__(self, *args: Any, offices: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {office.kind_id: organisations.kind_name(office.kind) for office in offices}
        self.fields["kind"].choices = [("", pgettext_lazy("kind of office", "All")), *kinds.items()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Line:
    """An office in a list: its kind and its area in words."""

    office: Organisation
    kind: str
    area: str


@dataclass(frozen=True)
class Answer:
    """Whom to ask in one place: those who serve it, those above them, and the neighbour where nobody does."""

    place: Place
    here: list[Line]
    above: list[Line]
    receives: Line | None
    neighbour: Line | None
    km: float | None


def lines(directory: Directory, offices: Iterable[Organisation]) -> list[Line]:
    """These offices in words."""
    return [_line(directory, office) for office in offices]


def _line(directory: Directory, office: Organisation) -> Line:
    return Line(office, organisations.kind_name(office.kind), area_in_words(directory.area(office)))


def area_in_words(places: list[Place]) -> str:
    """ "Fredrikstad, Hvaler", and how many more when there are many."""
    said = ", ".join(place.name for place in places[:_PLACES_SAID])
    more = len(places) - _PLACES_SAID
    if more <= 0:
        return said
    return ngettext("%(places)s and %(more)d more", "%(places)s and %(more)d more", more) % {
        "places": said,
        "more": more,
    }


def answer(directory: Directory, place: Place, kind: str) -> Answer:
    """Whom to ask about a group in this place."""
    here = [office for office in directory.serving(place) if not kind or office.kind_id == kind]
    serving = {office.id for office in here}
    above = [each for office in here for each in directory.above(office) if each.id not in serving]
    near = None if here else directory.neighbour(place)
    receiver = None if here else _receiver(directory)
    return Answer(
        place,
        lines(directory, here),
        lines(directory, dict.fromkeys(above)),
        _line(directory, receiver) if receiver else None,
        _line(directory, near[0]) if near and near[0] != receiver else None,
        near[1] / 1000 if near else None,
    )


def _receiver(directory: Directory) -> Organisation | None:
    """Who takes a wish from a place that nobody serves, read from what is at hand."""
    found = organisations.fallback()
    return next((office for office in directory.offices if found and office.id == found.id), None)


def services_in_words(office: Organisation) -> list[str]:
    """What the office does, as far as the list knows it."""
    return [str(Service(code).label) for code in office.services if code in Service.values]

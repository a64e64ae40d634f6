"""The map beside a search: where there are groups in a county, or in the country; never how many."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rundbord.groups import queries as groups
from rundbord.groups.rules import Openness
from rundbord.places import queries as places
from rundbord.places.queries import Place
from rundbord.shell import states
from rundbord.surfaces.asking import DIGITAL, ROOM
from rundbord.surfaces.public import maps
from rundbord.surfaces.public.drawing import LATER, OPEN, SHUT, SOON, Picture, Spot, draw
from rundbord.surfaces.public.finding import Search

# The better word first.
_TONES = {
    Openness.OPEN: OPEN,
    Openness.FORMING: SOON,
    Openness.WAITING_LIST: LATER,
    Openness.CLOSED: SHUT,
}
_BEST = list(_TONES)
Where = dict[str, Openness]  # code of a place -> the best word there


@dataclass(frozen=True)
class Around:
    """A map, what its dots choose ("place" or "county"), and the address of the whole country or ""."""

    picture: Picture
    chooses: str
    whole: str = ""

    def drawn(self) -> str:
        """As it stands beside the list, in the active language."""
        return _drawn(self, get_language())


@lru_cache(maxsize=64)
def _drawn(map_: Around, _language: str | None) -> str:
    """The same dots make the same map: it need not be put together at every look."""
    return render_to_string("public/_around.html", {"map": map_, "picture": map_.picture})


def around(search: Search) -> Around | None:
    """The map of a search. None for digital groups: they meet nowhere on it."""
    asked = search.filters
    if asked.form == DIGITAL:
        return None
    county = search.place.county_code if search.place else search.county
    there = groups.public_places(replace(asked, place_code=None, county_code=county, form=ROOM))
    only = {code[:2] for code in there} if county is None else {county}
    if len(only) != 1:
        return Around(_of_country(search, there), "county")
    whole = search.address(place="", county="") if county else ""
    return Around(_of_county(search, only.pop(), there), "place", whole)


def _of_county(search: Search, county: str, there: Where) -> Picture:
    known = _places_of(county)
    spots = [_spot(search, place, there[place.code]) for place in known if place.code in there]
    title = _("Map of %(area)s") % {"area": search.counties[county]}
    return draw(title, maps.county(known), spots, marked=search.place.point if search.place else None)


@lru_cache(maxsize=20)
def _places_of(county: str) -> list[Place]:
    """The product's own list: it changes with a release."""
    return places.county_places(county)


def _spot(search: Search, place: Place, word: Openness) -> Spot:
    href = search.address(place=place.label, county="")
    return Spot(place.code, place.point, place.name, href, _TONES[word], _said(word), place.label)


def _of_country(search: Search, there: Where) -> Picture:
    seats = places.seat_points()
    spots = []
    for code, name in search.counties.items():
        words = [word for at, word in there.items() if at[:2] == code]
        if words:
            word = min(words, key=_BEST.index)
            point = maps.middle([at for number, at in seats.items() if number[:2] == code])
            spots.append(
                Spot(code, point, name, search.address(county=code), _TONES[word], _said(word), code)
            )
    return draw(_("Map of Norway"), maps.country(seats), spots)


def _said(word: Openness) -> str:
    return str(states.look(word.value).label)

"""Where there is a contact point and where there is none: a table by county, and a map of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rundbord.organisations.queries import Covered, Directory, Organisation
from rundbord.organisations.rules import Coverage
from rundbord.places.queries import Place
from rundbord.places.rules.names import alphabetical
from rundbord.surfaces.public import maps
from rundbord.surfaces.public.drawing import OPEN, SHUT, SOON, Picture, Spot, draw

_DOTS = {Coverage.POINT: OPEN, Coverage.ABOVE: SOON, Coverage.NOBODY: SHUT}


@dataclass(frozen=True)
class Row:
    """A municipality in the table of coverage: how it is served in words, and whom to ask."""

    place: Place
    coverage: Coverage
    words: str
    offices: list[Organisation]
    neighbour: Organisation | None = None

    @property
    def sign(self) -> str:
        """How its dot looks on the map."""
        return _DOTS[self.coverage]


@dataclass(frozen=True)
class County:
    """A county's rows, and in how many of its municipalities there is a contact point or an office above."""

    code: str
    name: str
    rows: list[Row]
    served: int

    @property
    def coverage(self) -> Coverage:
        """All of it, some of it, nothing."""
        if self.served == len(self.rows):
            return Coverage.POINT
        return Coverage.ABOVE if self.served else Coverage.NOBODY


_WORDS = {
    Coverage.POINT: _("Contact point here"),
    Coverage.ABOVE: _("Served from further away"),
    Coverage.NOBODY: _("Nobody yet"),
}


def counties(found: Iterable[Covered]) -> list[County]:
    """The table of coverage, county by county, by name."""
    by_county: dict[tuple[str, str], list[Row]] = {}
    for each in found:
        by_county.setdefault((each.place.county_code, each.place.county_name), []).append(_row(each))
    made = [County(code, name, rows, _served(rows)) for (code, name), rows in by_county.items()]
    return sorted(made, key=lambda county: alphabetical(county.name))


def with_neighbours(county: County, directory: Directory) -> County:
    """The same, with whom to ask where nobody serves a municipality."""
    return replace(county, rows=[replace(row, neighbour=_neighbour(row, directory)) for row in county.rows])


def _neighbour(row: Row, directory: Directory) -> Organisation | None:
    near = None if row.offices else directory.neighbour(row.place)
    return near[0] if near else None


def _served(rows: list[Row]) -> int:
    return sum(row.coverage != Coverage.NOBODY for row in rows)


def _row(each: Covered) -> Row:
    words = str(_WORDS[each.coverage])
    if each.in_parts:
        words = gettext("%(served)s, in some districts") % {"served": words}
    return Row(each.place, each.coverage, words, each.offices)


_ALL_OR_SOME = {
    Coverage.POINT: _("Somebody to ask everywhere"),
    Coverage.ABOVE: _("Somebody to ask in some municipalities"),
    Coverage.NOBODY: _("Nobody yet"),
}


def map_of_country(counties: Sequence[County]) -> Picture:
    """The counties, each leading to its own map. One query."""
    seats = {row.place.code: row.place.point for county in counties for row in county.rows}
    here = reverse("public:coverage")
    spots = [
        Spot(
            code=county.code,
            point=maps.middle([row.place.point for row in county.rows]),
            label=county.name,
            href=f"{here}?{urlencode({'county': county.code})}",
            tone=_DOTS[county.coverage],
            words=str(_ALL_OR_SOME[county.coverage]),
        )
        for county in counties
    ]
    return draw(gettext("Contact points in the whole country"), maps.country(seats), spots)


def map_of_county(county: County) -> Picture:
    """A county's municipalities, each leading to whom one asks there. One query."""
    here = reverse("public:offices")
    spots = [
        Spot(
            code=row.place.code,
            point=row.place.point,
            label=row.place.name,
            href=f"{here}?{urlencode({'place': row.place.label})}",
            tone=_DOTS[row.coverage],
            words=row.words,
        )
        for row in county.rows
    ]
    title = gettext("Contact points in %(county)s") % {"county": county.name}
    return draw(title, maps.county([row.place for row in county.rows]), spots)

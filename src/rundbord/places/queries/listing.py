"""Places in lists, in the order of the Norwegian alphabet whatever the database sorts by."""

from collections.abc import Iterable

from rundbord.places.models import Outline, Place
from rundbord.places.rules.kinds import PlaceKind
from rundbord.places.rules.names import alphabetical

Polygons = list[list[list[list[int]]]]  # polygons of rings of [x, y] in metres on the plane


def place(code: str) -> Place:
    """The municipality or district with this code. Place.DoesNotExist if there is none."""
    return Place.objects.select_related("parent").get(code=code)


def municipalities(county_code: str | None = None) -> list[Place]:
    """All municipalities, or one county's."""
    every = Place.objects.filter(kind=PlaceKind.MUNICIPALITY)
    return by_name(every.filter(county_code=county_code) if county_code else every)


def districts(municipality: Place) -> list[Place]:
    """A municipality's city districts; most have none."""
    return by_name(Place.objects.filter(parent=municipality).select_related("parent"))


def counties() -> list[tuple[str, str]]:
    """(code, name) of every county."""
    pairs = Place.objects.order_by().values_list("county_code", "county_name").distinct()
    return sorted(pairs, key=lambda county: alphabetical(county[1]))


def outlines(codes: Iterable[str]) -> dict[str, Polygons]:
    """Borders of the counties (two digits) and municipalities (four) asked for, as far as imported."""
    return dict(Outline.objects.filter(code__in=list(codes)).values_list("code", "polygons"))


def by_name(found: Iterable[Place]) -> list[Place]:
    """In the order of the Norwegian alphabet. No query of its own."""
    return sorted(found, key=lambda one: (alphabetical(one.name), one.code))

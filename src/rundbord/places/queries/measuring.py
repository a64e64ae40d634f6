"""How far it is: metres on the plane, as the crow flies."""

from collections.abc import Iterable

from django.db.models import Q

from rundbord.places.models import Place, PostalCode
from rundbord.places.rules import plane
from rundbord.places.rules.plane import Point


def distance_m(a: Place, b: Place) -> int:
    """Whole metres between two places' points. No query."""
    return plane.metres(a.point, b.point)


def point(place: Place, postal_code: str | None = None) -> Point:
    """(x, y) of the postal code where its position is known, else of the place."""
    return points([(place, postal_code)])[0]


def points(whereabouts: Iterable[tuple[Place, str | None]]) -> list[Point]:
    """`point` for many at once, in the order given, by one query (none if no postal codes are named)."""
    asked = list(whereabouts)
    codes = {code for _, code in asked if code}
    found = PostalCode.objects.filter(code__in=codes) if codes else ()
    known = {postal.code: postal.point for postal in found}
    return [known.get(code or "") or place.point for place, code in asked]


def within(place: Place, radius_m: int) -> list[str]:
    """Codes of the places whose point is at most `radius_m` metres away, by code.

    A place always includes itself, its own districts, and the municipality it is a district of.
    """
    family = Q(code=place.code) | Q(parent=place.code) | Q(code=place.parent_id)
    rows = Place.objects.filter(family | _box(place, radius_m)).values_list("code", "parent_id", "x", "y")
    return sorted(
        code
        for code, parent, x, y in rows
        if plane.metres(place.point, (x, y)) <= radius_m
        or place.code in (code, parent)
        or code == place.parent_id
    )


def neighbours(place: Place, limit: int = 8) -> list[tuple[Place, int]]:
    """The nearest other places of the same kind, each with its distance in metres, nearest first."""
    others = Place.objects.filter(kind=place.kind).exclude(code=place.code).select_related("parent")
    measured = [(other, distance_m(place, other)) for other in others]
    return sorted(measured, key=lambda pair: (pair[1], pair[0].code))[:limit]


def _box(place: Place, radius_m: int) -> Q:
    x, y = place.point
    return Q(x__range=(x - radius_m, x + radius_m), y__range=(y - radius_m, y + radius_m))

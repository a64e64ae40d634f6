"""What maps are drawn from, without reading more than they show."""

from collections.abc import Iterable

from rundbord.places.models import Outline, Place
from rundbord.places.rules.kinds import PlaceKind
from rundbord.places.rules.plane import Point


def outline_fingerprints(codes: Iterable[str]) -> dict[str, str]:
    """Of the borders of these counties and municipalities, as far as imported; "" for one never taken."""
    return dict(Outline.objects.filter(code__in=list(codes)).values_list("code", "fingerprint"))


def seat_points() -> dict[str, Point]:
    """Number of each municipality -> where its seat lies on the plane, in the order of the numbers."""
    seats = Place.objects.filter(kind=PlaceKind.MUNICIPALITY).order_by("code")
    return {code: (x, y) for code, x, y in seats.values_list("code", "x", "y")}


def county_places(county_code: str) -> list[Place]:
    """A county's municipalities and their city districts, by number."""
    return list(Place.objects.filter(county_code=county_code).order_by("code"))


def seats() -> list[tuple[str, float, float]]:
    """(label, lat, lon) in degrees of every municipality's seat, in the order of their numbers."""
    rows = Place.objects.filter(kind=PlaceKind.MUNICIPALITY).order_by("code")
    return [(label, float(lat), float(lon)) for label, lat, lon in rows.values_list("label", "lat", "lon")]

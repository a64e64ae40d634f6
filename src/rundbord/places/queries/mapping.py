"""What maps are drawn from, without reading more than they show."""

from collections.abc import Iterable

from rundbord.places.models import Outline, Place
from rundbord.places.rules.kinds import PlaceKind
from rundbord.places.rules.plane import Point


def outline_fingerprints(codes: Iterable[str]) -> dict[str, str]:
    """Of the borders of these counties and municipalities, as far as imported; "" for one never taken."""
    return dict(Outline.objects.filter(code__in=list(codes)).values_list("code", "fingerprint"))


def seat_points() -> list[Point]:
    """Where the municipalities' seats lie on the plane, in the order of their numbers."""
    seats = Place.objects.filter(kind=PlaceKind.MUNICIPALITY).order_by("code")
    return list(seats.values_list("x", "y"))


def seats() -> list[tuple[str, float, float]]:
    """(label, lat, lon) in degrees of every municipality's seat, in the order of their numbers."""
    rows = Place.objects.filter(kind=PlaceKind.MUNICIPALITY).order_by("code")
    return [(label, float(lat), float(lon)) for label, lat, lon in rows.values_list("label", "lat", "lon")]

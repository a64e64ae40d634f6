"""Borders on the plane: read from GeoJSON, made simple enough to draw, and asked what lies inside."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

from rundbord.places.rules import plane
from rundbord.places.rules.plane import Point
from rundbord.places.rules.refusals import FileNotUnderstood

TOLERANCE_M = 200  # a border may move this much when made simple; less than a line's width on a county map
SMALLEST_ISLAND_M2 = 200_000  # skerries below this are not drawn, unless there is nothing else

Ring = list[Point]
Polygon = list[Ring]  # the outer ring first, then holes

_NUMBERS = ("kommunenummer", "fylkesnummer", "kommunenr", "fylkesnr", "number", "nummer", "id")


@dataclass(frozen=True)
class Border:
    """One feature of a file: its number (two digits county, four municipality; "" if none) and its polygons
    in metres; none of them if the file's geometry could not be used."""

    number: str
    polygons: list[Polygon]


def borders(collection: dict[str, Any]) -> list[Border]:
    """Every feature of a GeoJSON FeatureCollection (RFC 7946, degrees). FileNotUnderstood if it is none."""
    features = collection.get("features")
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise FileNotUnderstood()
    return [Border(_number(feature), _polygons(feature.get("geometry"))) for feature in features]


def simplified(polygons: list[Polygon]) -> list[Polygon]:
    """The same land with fewer points: rings thinned to TOLERANCE_M, skerries left out."""
    thin = [[_thinned(ring) for ring in polygon] for polygon in polygons]
    whole = [[ring for ring in polygon if len(ring) >= 4] for polygon in thin if len(polygon[0]) >= 4]
    large = [polygon for polygon in whole if _area(polygon[0]) >= SMALLEST_ISLAND_M2]
    return large or whole or polygons


def fingerprint(polygons: Any) -> str:
    """Sixteen letters that change whenever the borders do: who has drawn them need not read them again."""
    return sha256(json.dumps(polygons).encode()).hexdigest()[:16]


def inside(point: Point, polygons: list[Polygon]) -> bool:
    """Whether a point lies on this land; holes are not land."""
    return any(sum(_crossings(point, ring) for ring in polygon) % 2 for polygon in polygons)


def nearest_corner_m(point: Point, polygons: list[Polygon]) -> int:
    """Metres to the nearest corner of the border; a little more than to the border itself."""
    return min(plane.metres(point, (x, y)) for polygon in polygons for ring in polygon for x, y in ring)


def _number(feature: dict[str, Any]) -> str:
    told = feature.get("properties")
    found = next((told[name] for name in _NUMBERS if told.get(name)), "") if isinstance(told, dict) else ""
    text = str(found).strip()
    return text.zfill(4 if len(text) > 2 else 2) if text.isdecimal() else ""


def _polygons(geometry: Any) -> list[Polygon]:
    """[] for a geometry that is not land in degrees in Norway."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return []
    rings = geometry.get("coordinates")
    try:
        many = [rings] if geometry["type"] == "Polygon" else rings
        read = [[[_corner(*corner[:2]) for corner in ring] for ring in polygon] for polygon in many]  # type: ignore[union-attr]
    except (TypeError, ValueError, OverflowError):
        return []
    return [polygon for polygon in read if polygon and all(len(ring) >= 4 for ring in polygon)]


def _corner(lon: float, lat: float) -> Point:
    if not plane.inside_norway(float(lat), float(lon)):
        raise ValueError("not degrees in Norway")
    return plane.on_plane(float(lat), float(lon))


def _thinned(ring: Ring) -> Ring:
    """Douglas and Peucker's way (1973), from the first corner to the farthest and back."""
    far = max(range(len(ring)), key=lambda i: plane.metres(ring[0], ring[i]))
    kept = {0, far, len(ring) - 1}
    spans = [(0, far), (far, len(ring) - 1)]
    while spans:
        start, end = spans.pop()
        corner, off = _farthest(ring, start, end)
        if off > TOLERANCE_M:
            kept.add(corner)
            spans += [(start, corner), (corner, end)]
    return [ring[i] for i in sorted(kept)]


def _farthest(ring: Ring, start: int, end: int) -> tuple[int, float]:
    """(index, metres) of the corner farthest from the straight line between two others."""
    (ax, ay), (bx, by) = ring[start], ring[end]
    length = plane.metres((ax, ay), (bx, by)) or 1
    between = range(start + 1, end)
    off = [(abs((bx - ax) * (ay - ring[i][1]) - (ax - ring[i][0]) * (by - ay)) / length, i) for i in between]
    distance, corner = max(off, default=(0.0, start))
    return corner, distance


def _area(ring: Ring) -> float:
    """Square metres, whichever way the ring runs."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in _edges(ring))) / 2


def _crossings(point: Point, ring: Ring) -> int:
    """How many edges a line from the point to the east crosses; odd means inside."""
    x, y = point
    return sum(
        (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in _edges(ring)
    )


def _edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return pairwise([(x, y) for x, y in ring])

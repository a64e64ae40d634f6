"""The ground of maps: a county or the country, with borders where they were imported.

Drawing borders is slow and they seldom change: what was drawn is kept in the process under the borders'
fingerprints, so that a new import is seen at once.
"""

from collections.abc import Collection, Mapping

from rundbord.places import queries as places
from rundbord.places.queries import Place, Point
from rundbord.surfaces.public.drawing import Ground, ground

_kept: dict[tuple[object, ...], Ground] = {}
_MOST_KEPT = 40  # 15 counties, the country, a few more


def county(of: Collection[Place]) -> Ground:
    """Of a county's municipalities, with or without their districts. One query; one more the first time."""
    return _ground([place.code for place in of], [place.point for place in of])


def country(seats: Mapping[str, Point]) -> Ground:
    """All of it, from `places.seat_points()`. One query; one more the first time."""
    return _ground(sorted({code[:2] for code in seats}), list(seats.values()))


def middle(points: Collection[Point]) -> Point:
    """The point in the middle of several: where a county's dot stands."""
    xs, ys = zip(*points, strict=True)
    return round(sum(xs) / len(xs)), round(sum(ys) / len(ys))


def _ground(codes: list[str], points: list[Point]) -> Ground:
    prints = places.outline_fingerprints(codes)
    key = (tuple(sorted(prints.items())), tuple(points))
    if key in _kept:
        return _kept[key]
    drawn = ground(points, places.outlines(codes) if prints else {})
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    # Borders without a fingerprint may change unseen.
    if all(prints.values()):
        _kept[key] = drawn
    return drawn

"""Norway on a plane: metres between two points without trigonometry at every question.

Transverse Mercator on a sphere of 6 371 km around 13° E. Straight-line distances are right
within one per cent from Utsira to Vardø; the sphere itself is half a per cent off the Earth.
"""

from math import atan2, atanh, cos, hypot, radians, sin, tan

RADIUS_M = 6_371_000
CENTRAL_MERIDIAN = 13.0

Point = tuple[int, int]  # (x, y) in whole metres, x to the east, y to the north

# Mainland and coast with a margin; Svalbard and Jan Mayen have no municipality.
SOUTH, NORTH, WEST, EAST = 57.5, 71.5, 4.0, 31.6


def on_plane(lat: float, lon: float) -> Point:
    """Degrees (WGS 84) to metres on the plane. Meant for |lon - 13| < 60."""
    turn = radians(lon - CENTRAL_MERIDIAN)
    phi = radians(lat)
    x = RADIUS_M * atanh(cos(phi) * sin(turn))
    y = RADIUS_M * atan2(tan(phi), cos(turn))
    return round(x), round(y)


def metres(a: Point, b: Point) -> int:
    """Whole metres, as the crow flies."""
    return round(hypot(a[0] - b[0], a[1] - b[1]))


def inside_norway(lat: float, lon: float) -> bool:
    """Whether a pair of degrees can be a place in mainland Norway at all (a box, not the border)."""
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST

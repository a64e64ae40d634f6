"""Metres on the plane against the sphere it is made from."""

from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.places.rules import plane

LATITUDES = st.floats(min_value=plane.SOUTH, max_value=plane.NORTH)
LONGITUDES = st.floats(min_value=plane.WEST, max_value=plane.EAST)


def on_sphere(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres along the great circle (haversine): another way to the same distance."""
    up, out = radians(lat2 - lat1) / 2, radians(lon2 - lon1) / 2
    part = sin(up) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(out) ** 2
    return 2 * plane.RADIUS_M * asin(sqrt(part))


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distances_are_right_within_a_hundredth(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    measured = plane.metres(plane.on_plane(lat1, lon1), plane.on_plane(lat2, lon2))
    assert measured == pytest.approx(on_sphere(lat1, lon1, lat2, lon2), rel=0.015, abs=3)


@given(LATITUDES, LONGITUDES)
def test_east_is_right_and_north_is_up(lat: float, lon: float) -> None:
    x, y = plane.on_plane(lat, lon)
    assert plane.on_plane(lat, lon + 0.1)[0] > x
    assert plane.on_plane(lat + 0.1, lon)[1] > y


def test_the_central_meridian_is_straight_up() -> None:
    assert plane.on_plane(60.0, 13.0)[0] == 0
    assert plane.on_plane(64.0, 13.0)[0] == 0


def test_from_bergen_to_oslo_is_three_hundred_kilometres() -> None:
    bergen, oslo = plane.on_plane(60.39, 5.32), plane.on_plane(59.91, 10.75)
    assert plane.metres(bergen, oslo) == plane.metres(oslo, bergen)
    assert 300_000 < plane.metres(bergen, oslo) < 310_000


@pytest.mark.parametrize(
    ("lat", "lon", "inside"),
    [
        (59.91, 10.75, True),
        (70.37, 31.11, True),
        (10.75, 59.91, False),
        (0.0, 0.0, False),
        (78.2, 15.6, False),
    ],
)
def test_the_box_round_norway(lat: float, lon: float, inside: bool) -> None:
    assert plane.inside_norway(lat, lon) is inside


def test_no_number_is_nowhere() -> None:
    assert not plane.inside_norway(float("nan"), 10.0)
    assert not plane.inside_norway(60.0, float("inf"))

"""Borders: read, made simple, and asked what lies inside."""

from math import cos, pi, sin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rundbord.places.rules import outlines, plane
from rundbord.places.rules.refusals import FileNotUnderstood
from tests.places import samples

SQUARE = [(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000), (0, 0)]
HOLE = [(4_000, 4_000), (6_000, 4_000), (6_000, 6_000), (4_000, 6_000), (4_000, 4_000)]


def circle(radius: int, corners: int) -> outlines.Ring:
    """A ring round the origin."""
    turns = [2 * pi * i / corners for i in range(corners)]
    ring = [(round(radius * cos(turn)), round(radius * sin(turn))) for turn in turns]
    return [*ring, ring[0]]


def read(*features: dict[str, object]) -> list[outlines.Border]:
    """What a file with these features gives."""
    return outlines.borders({"type": "FeatureCollection", "features": list(features)})


def test_a_square_of_degrees_becomes_a_square_of_metres() -> None:
    (border,) = read(samples.feature("3107", samples.square(10.93, 59.21)))
    assert border.number == "3107"
    assert len(border.polygons[0][0]) == 5
    assert outlines.inside(plane.on_plane(59.21, 10.93), border.polygons)
    assert not outlines.inside(plane.on_plane(59.21, 12.0), border.polygons)


def test_several_islands() -> None:
    land = [samples.square(10.0, 60.0), samples.square(12.0, 62.0)]
    (border,) = read(samples.feature("32", land, "MultiPolygon", "fylkesnummer"))
    assert len(border.polygons) == 2
    assert outlines.inside(plane.on_plane(62.0, 12.0), border.polygons)


@pytest.mark.parametrize(
    ("named", "number", "read_as"),
    [
        ("kommunenummer", "301", "0301"),
        ("fylkesnummer", "3", "03"),
        ("id", "5610", "5610"),
        ("name", "Oslo", ""),
    ],
)
def test_numbers_are_found_and_get_their_nought(named: str, number: str, read_as: str) -> None:
    (border,) = read(samples.feature(number, samples.square(10.0, 60.0), named=named))
    assert border.number == read_as


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [10.0, 60.0]),
        ("Polygon", []),
        ("Polygon", [[[10.0, 60.0], [10.1, 60.0], [10.0, 60.0]]]),
        ("Polygon", [[[262_000.0, 6_650_000.0]] * 4]),  # metres of a national grid, not degrees
        ("Polygon", [[["10", "sixty"]] * 4]),
        ("Polygon", [[[60.0, 10.0]] * 4]),  # latitude first
        ("MultiPolygon", samples.square(10.0, 60.0)),
    ],
)
def test_land_that_cannot_be_is_none(kind: str, coordinates: object) -> None:
    assert read(samples.feature("3107", coordinates, kind))[0].polygons == []


@pytest.mark.parametrize("features", [None, {}, "x", [1], [None]])
def test_what_is_no_collection_is_refused(features: object) -> None:
    with pytest.raises(FileNotUnderstood):
        outlines.borders({"type": "FeatureCollection", "features": features})


def test_a_hole_is_not_land() -> None:
    land = [[SQUARE, HOLE]]
    assert outlines.inside((1_000, 1_000), land)
    assert not outlines.inside((5_000, 5_000), land)
    assert not outlines.inside((11_000, 5_000), land)


def test_the_nearest_corner() -> None:
    assert outlines.nearest_corner_m((-3_000, -4_000), [[SQUARE]]) == 5_000


def test_a_fine_border_becomes_a_coarse_one_and_corners_stay() -> None:
    (polygon,) = outlines.simplified([[circle(20_000, 720)]])
    assert 15 < len(polygon[0]) < 100
    assert outlines.simplified([[SQUARE]]) == [[SQUARE]]


def test_skerries_go_unless_there_is_nothing_else() -> None:
    skerry = [circle(100, 8)]
    assert outlines.simplified([[SQUARE], skerry]) == [[SQUARE]]
    assert outlines.simplified([skerry]) == [skerry]


def test_a_hole_that_shrinks_to_a_line_goes() -> None:
    assert outlines.simplified([[SQUARE, circle(50, 9)]]) == [[SQUARE]]


@given(st.integers(min_value=5_000, max_value=80_000), st.integers(min_value=12, max_value=400))
def test_what_is_clearly_in_or_out_stays_so(radius: int, corners: int) -> None:
    land = outlines.simplified([[circle(radius, corners)]])
    # A ring of few corners lies inside its circle by itself; then the tolerance on top.
    slack = radius * (1 - cos(pi / corners)) + outlines.TOLERANCE_M + 2
    assume(slack < radius / 2)
    for turn in (0.3, 2.1, 4.4):
        near, far = radius - slack, radius + outlines.TOLERANCE_M + 2
        assert outlines.inside((round(near * cos(turn)), round(near * sin(turn))), land)
        assert not outlines.inside((round(far * cos(turn)), round(far * sin(turn))), land)


@given(st.lists(st.tuples(st.integers(0, 50_000), st.integers(0, 50_000)), min_size=3, max_size=40))
def test_simple_rings_close_and_use_only_corners_they_had(corners: list[tuple[int, int]]) -> None:
    ring = [*corners, corners[0]]
    for polygon in outlines.simplified([[ring]]):
        assert polygon[0][0] == polygon[0][-1]
        assert set(polygon[0]) <= set(ring)


@given(st.lists(st.tuples(st.integers(0, 50_000), st.integers(0, 50_000)), min_size=3, max_size=40))
def test_simplifying_again_changes_little_or_nothing(corners: list[tuple[int, int]]) -> None:
    once = outlines.simplified([[[*corners, corners[0]]]])
    twice = outlines.simplified(once)
    assert sum(len(ring) for polygon in twice for ring in polygon) <= sum(len(r) for p in once for r in p)

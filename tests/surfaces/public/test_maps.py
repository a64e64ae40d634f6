"""Maps: what is drawn where, and that a map tells no more than the list."""

import re

import pytest

from rundbord.places import queries as places
from rundbord.places.models import Outline
from rundbord.places.rules.outlines import fingerprint
from rundbord.surfaces.public import maps
from rundbord.surfaces.public.drawing import OPEN, SHUT, WIDTH, Spot, draw, ground

SQUARE = [[[[0, 0], [0, 40_000], [40_000, 40_000], [40_000, 0], [0, 0]]]]


def spot(code, x, y, label="Sted", **more):
    return Spot(code, (x, y), label, **more)


class TestDrawing:
    def test_north_is_up_and_east_is_right(self):
        land = ground([(0, 0), (50_000, 50_000)], {})
        south_west, north_east = draw("", land, [spot("a", 0, 0), spot("b", 50_000, 50_000)]).dots
        assert south_west.x < north_east.x and south_west.y > north_east.y

    @pytest.mark.parametrize(
        "points",
        [[], [(0, 0)], [(0, 0), (1_100_000, 1_500_000)], [(0, 0), (900_000, 1)], [(5, 5)] * 3],
        ids=["nothing", "one", "country", "flat", "the same"],
    )
    def test_everything_lies_inside_the_picture(self, points):
        picture = draw("", ground(points, {}), [spot(str(n), *at) for n, at in enumerate(points)])
        assert 0 < picture.height <= 1300
        assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= picture.height for dot in picture.dots)

    def test_borders_are_drawn_where_there_are_any_and_points_where_there_are_none(self):
        with_borders = draw("", ground([(10, 10)], {"31": SQUARE}), [spot("31", 10, 10, tone=SHUT)])
        assert [(code, tone) for code, tone, _ in with_borders.borders] == [("31", SHUT)]
        assert re.fullmatch(r"M\d+ \d+l[-\d ]+z", with_borders.borders[0][2])
        assert with_borders.dots[0].land and not with_borders.grains
        without = draw("", ground([(10, 10), (500, 500)], {}), [])
        assert without.grains.count("M") == 2 and not without.borders

    def test_an_island_too_small_to_see_is_left_out(self):
        speck = [[[0, 0], [0, 60], [60, 60], [60, 0], [0, 0]]]
        assert ground([], {"31": [*SQUARE, speck]}).borders == ground([], {"31": SQUARE}).borders
        assert draw("", ground([(0, 0), (9e5, 9e5)], {"31": [speck]}), []).borders == ()

    def test_names_do_not_cover_one_another(self):
        crowd = [spot(str(n), n * 400, 0, "Et langt navn") for n in range(60)]
        picture = draw("", ground([one.point for one in crowd], {}), crowd)
        named = [dot for dot in picture.dots if dot.name]
        assert 0 < len(named) < len(crowd)
        assert len({(dot.name.x, dot.name.y) for dot in named}) == len(named)

    def test_those_that_take_people_are_named_first(self):
        near = [spot("a", 0, 0, "Lukket " * 4, tone=SHUT), spot("b", 500, 0, "Åpen " * 6, tone=OPEN)]
        *_, open_ = draw("", ground([(0, 0), (80_000, 0)], {}), near).dots
        assert open_.name


class TestGround:
    @pytest.fixture
    def county(self, db):
        return places.municipalities("31")

    def border(self, polygons):
        return Outline.objects.update_or_create(
            code="3107", defaults={"polygons": polygons, "fingerprint": fingerprint(polygons)}
        )

    def test_borders_are_read_once_and_seen_at_once_when_they_change(self, county, django_assert_num_queries):
        x, y = places.place("3107").point
        small = [[[[x, y], [x, y + 20_000], [x + 20_000, y], [x - 9_000, y - 9_000], [x, y]]]]
        self.border(small)
        with django_assert_num_queries(2):
            first = maps.county(county)
        with django_assert_num_queries(1):
            assert maps.county(county) is first
        self.border([[[[x, y], [x, y + 30_000], [x + 30_000, y], [x - 9_000, y - 9_000], [x, y]]]])
        assert maps.county(county).borders != first.borders

    def test_borders_without_a_fingerprint_are_never_kept(self, county):
        x, y = places.place("3107").point
        Outline.objects.create(code="3107", polygons=[[[[x, y], [x, y + 20_000], [x + 20_000, y], [x, y]]]])
        first = maps.county(county)
        assert first.borders and maps.county(county) is not first

    def test_the_country_has_every_seat(self, db):
        assert maps.country(places.seat_points()).grains.count("M") == 357

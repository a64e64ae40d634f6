"""Lists and distances."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from rundbord.places import queries
from rundbord.places.models import Outline, Place
from rundbord.places.rules import plane, seed

pytestmark = pytest.mark.django_db

CODES = st.sampled_from([row["code"] for row in seed.places()])
ONE_DATABASE_FOR_ALL = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_municipalities_are_listed_in_the_order_of_the_alphabet() -> None:
    names = [place.name for place in queries.municipalities()]
    assert len(names) == 357
    assert names[0] == "Alstahaug"
    assert names[-1] == "Åsnes"
    assert names.index("Ærø" if "Ærø" in names else "Øksnes") < names.index("Ål")


def test_one_countys_municipalities_and_no_others() -> None:
    assert [place.name for place in queries.municipalities("39")] == [
        "Færder", "Holmestrand", "Horten", "Larvik", "Sandefjord", "Tønsberg",
    ]  # fmt: skip


def test_counties_by_name() -> None:
    assert len(queries.counties()) == 15
    assert queries.counties()[0] == ("42", "Agder")
    assert queries.counties()[-1] == ("31", "Østfold")


def test_districts_of_a_city_and_of_a_town_without() -> None:
    trondheim, hol = queries.place("5001"), queries.place("3330")
    assert [place.name for place in queries.districts(trondheim)] == [
        "Heimdal",
        "Lerkendal",
        "Midtbyen",
        "Østbyen",
    ]
    assert queries.districts(hol) == []


def test_a_place_that_is_none() -> None:
    with pytest.raises(Place.DoesNotExist):
        queries.place("0000")


def test_other_names_as_a_list() -> None:
    assert queries.place("5540").other_names == ["Gáivuotna", "Kaivuono"]
    assert queries.place("3107").other_names == []


def test_distance_is_the_same_both_ways_and_nought_to_itself() -> None:
    moss, halden = queries.place("3103"), queries.place("3101")
    assert queries.distance_m(moss, halden) == queries.distance_m(halden, moss)
    assert 50_000 < queries.distance_m(moss, halden) < 60_000
    assert queries.distance_m(moss, moss) == 0


def test_within_is_sorted_and_exact() -> None:
    fredrikstad = queries.place("3107")
    assert queries.within(fredrikstad, 25_000) == ["3105", "3107", "3110", "3112"]
    halden = queries.distance_m(fredrikstad, queries.place("3101"))
    assert "3101" in queries.within(fredrikstad, halden)
    assert "3101" not in queries.within(fredrikstad, halden - 1)


def test_a_city_includes_its_districts_and_a_district_its_city_however_small_the_circle() -> None:
    bergen, arna = queries.place("4601"), queries.place("460101")
    assert queries.within(bergen, 0) == ["4601", *(f"46010{n}" for n in range(1, 9))]
    assert queries.within(arna, 0) == ["4601", "460101"]


@given(CODES, st.integers(min_value=0, max_value=200_000))
@ONE_DATABASE_FOR_ALL
def test_within_agrees_with_measuring_everything(code: str, radius: int) -> None:
    middle = queries.place(code)
    close = {place.code for place in Place.objects.all() if queries.distance_m(middle, place) <= radius}
    family = {place.code for place in Place.objects.all() if code in (place.code, place.parent_id)}
    assert set(queries.within(middle, radius)) == close | family | {middle.parent_id or code}


def test_neighbours_are_of_the_same_kind_nearest_first() -> None:
    near = queries.neighbours(queries.place("3107"), 4)
    assert [place.name for place, _ in near] == ["Sarpsborg", "Råde", "Hvaler", "Halden"]
    assert [metres for _, metres in near] == sorted(metres for _, metres in near)
    assert {place.kind for place, _ in queries.neighbours(queries.place("030102"))} == {"district"}


def test_a_postal_codes_position_is_used_where_it_is_known(postal: None) -> None:
    hol = queries.place("3330")
    assert queries.point(hol) == hol.point
    assert queries.point(hol, "3580") == plane.on_plane(60.5340, 8.2090)
    assert queries.point(hol, "3576") == hol.point  # the register alone does not tell where it lies
    assert queries.point(hol, "0000") == hol.point


@pytest.mark.parametrize("times", [1, 40])
def test_many_points_cost_one_query(
    postal: None, times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = [(place, "3580") for place in queries.municipalities()[:times]]
    with django_assert_num_queries(1):
        assert queries.points(asked) == [plane.on_plane(60.5340, 8.2090)] * times


def test_points_without_postal_codes_cost_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    asked = [(place, None) for place in queries.municipalities()]
    with django_assert_num_queries(0):
        assert queries.points(asked) == [place.point for place, _ in asked]


def test_lists_cost_one_query_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    oslo = queries.place("0301")
    with django_assert_num_queries(6):
        assert queries.municipalities()
        assert queries.counties()
        assert [place.parent.name for place in queries.districts(oslo) if place.parent] == ["Oslo"] * 15
        assert [str(place) for place, _ in queries.neighbours(oslo)]
        assert queries.within(oslo, 100_000)
        assert queries.place("030102").parent == oslo


def test_outlines_asked_for_and_no_others() -> None:
    ring = [[0, 0], [0, 9], [9, 9], [0, 0]]
    for code in ("3107", "31", "3105"):
        Outline.objects.create(code=code, polygons=[[ring]])
    assert queries.outlines(["3107", "31", "3110"]) == {"3107": [[ring]], "31": [[ring]]}

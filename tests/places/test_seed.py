"""The product's own list of places: whole, without doubles, in Norway, and laid in by migrate."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from rundbord.places import queries
from rundbord.places.actions import load_seed
from rundbord.places.models import Place
from rundbord.places.rules import names, plane, seed

# Regjeringen, the division into municipalities and counties from 1 January 2024.
MUNICIPALITIES_PER_COUNTY = {
    "03": 1, "11": 23, "15": 27, "18": 41, "31": 12, "32": 21, "33": 18, "34": 46, "39": 6, "40": 17,
    "42": 25, "46": 43, "50": 38, "55": 21, "56": 18,
}  # fmt: skip


def municipalities() -> list[seed.Row]:
    """Those of the list that are municipalities."""
    return [row for row in seed.places() if row["kind"] == "municipality"]


def test_there_are_357_municipalities_with_numbers_of_their_own() -> None:
    assert len(municipalities()) == 357
    assert len({row["code"] for row in municipalities()}) == 357


def test_each_county_has_its_number_of_municipalities() -> None:
    assert Counter(row["county_code"] for row in municipalities()) == MUNICIPALITIES_PER_COUNTY
    assert set(seed.counties()) == set(MUNICIPALITIES_PER_COUNTY)


def test_the_four_largest_cities_have_their_districts() -> None:
    districts = Counter(row["parent_id"] for row in seed.places() if row["kind"] == "district")
    assert districts == {"0301": 15, "1103": 9, "4601": 8, "5001": 4}


def test_a_districts_code_begins_with_its_municipalitys() -> None:
    for row in seed.places():
        assert row["parent_id"] in (None, row["code"][:4])
        assert len(row["code"]) == (6 if row["parent_id"] else 4)


def test_every_place_is_in_norway_and_near_its_neighbours() -> None:
    points = [(row["x"], row["y"]) for row in municipalities()]
    for row in seed.places():
        assert plane.inside_norway(float(row["lat"]), float(row["lon"])), row["name"]
        nearest = sorted(plane.metres((row["x"], row["y"]), point) for point in points)[1]
        assert nearest < 110_000, row["name"]


def test_a_district_lies_within_its_city() -> None:
    of = {row["code"]: row for row in seed.places()}
    for row in of.values():
        if parent := of.get(row["parent_id"] or ""):
            assert plane.metres((row["x"], row["y"]), (parent["x"], parent["y"])) < 25_000, row["name"]


def test_no_two_places_have_the_same_label_or_are_confused_when_normalised() -> None:
    labels = Counter(names.normalise(row["label"]) for row in seed.places())
    assert [label for label, times in labels.items() if times > 1] == []


def test_places_that_share_a_name_are_told_apart_by_county() -> None:
    shared = {row["label"] for row in municipalities() if row["label"] != row["name"]}
    assert shared == {"Våler (Østfold)", "Våler (Innlandet)", "Herøy (Møre og Romsdal)", "Herøy (Nordland)"}


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("5610", "Kárášjohka"),
        ("5612", "Guovdageaidnu"),
        ("5540", "Gáivuotna / Kaivuono"),
        ("5622", "Porsáŋgu / Porsanki"),
        ("5041", "Snåase"),
        ("1875", "Hábmer"),
        ("3107", ""),
    ],
)
def test_sami_and_kven_names_stand_beside_the_norwegian(code: str, others: str) -> None:
    assert next(row["also_named"] for row in seed.places() if row["code"] == code) == others


def test_what_is_written_fits_its_columns() -> None:
    for row in seed.places():
        for name in ("code", "name", "label", "also_named", "county_name", "seat", "search"):
            assert len(row[name]) <= Place._meta.get_field(name).max_length, row["name"]


@pytest.mark.django_db
def test_a_fresh_database_knows_them() -> None:
    assert Place.objects.count() == 357 + 36
    assert queries.place("3107").name == "Fredrikstad"


@pytest.mark.django_db
def test_laying_it_in_again_changes_nothing() -> None:
    counts = load_seed()
    assert (counts.read, counts.new, counts.changed, counts.same) == (393, 0, 0, 393)


@pytest.mark.django_db
def test_laying_it_in_again_mends_what_was_lost_or_bent() -> None:
    Place.objects.filter(code="5001").update(name="Nidaros")
    Place.objects.filter(code="3107").delete()
    counts = load_seed()
    assert (counts.new, counts.changed, counts.same) == (1, 1, 391)
    assert queries.place("5001").name == "Trondheim"
    assert queries.place("3107").seat == "Fredrikstad"


@pytest.mark.django_db
def test_it_is_laid_in_by_few_statements(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    Place.objects.filter(kind="district").delete()
    Place.objects.all().delete()
    with django_assert_max_num_queries(12):
        assert load_seed().new == 393


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "places", "--check", "--dry-run", verbosity=0)
    assert {"places_place", "places_postalcode", "places_outline"} <= set(
        connection.introspection.table_names()
    )

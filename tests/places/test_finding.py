"""Finding a place by what people type."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from rundbord.places import queries
from rundbord.places.models import Place, PostalCode
from rundbord.places.rules import seed

pytestmark = pytest.mark.django_db

ONE_DATABASE_FOR_ALL = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TYPED = st.one_of(st.text(max_size=30), st.sampled_from([row["label"] for row in seed.places()]))


def labels(text: str, limit: int = 10) -> list[str]:
    """What a search shows."""
    return [hit.label for hit in queries.search(text, limit)]


def test_fred_is_fredrikstad() -> None:
    assert labels("fred") == ["Fredrikstad"]


@pytest.mark.parametrize("typed", ["Kárášjohka", "karasjohka", "KARASJOK", "karasj", " Karasjok "])
def test_karasjok_is_found_in_both_languages_with_or_without_accents(typed: str) -> None:
    assert [hit.place.code for hit in queries.search(typed)] == ["5610"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Aalesund", "Ålesund"),
        ("tromsoe", "Tromsø"),
        ("hønefoss", "Hønefoss, Ringerike"),
        ("honefoss", "Hønefoss, Ringerike"),
        ("Kárášjohka", "Kárášjohka / Karasjok"),
        ("grunerlokka", "Grünerløkka, Oslo"),
        ("Tråante", "Tråante / Trondheim"),
        ("varanger", "Varangerbotn, Nesseby"),
    ],
)
def test_the_label_says_why_it_was_found(typed: str, first: str) -> None:
    assert labels(typed)[0] == first


def test_the_name_itself_comes_before_names_that_begin_so_and_those_before_names_that_contain_it() -> None:
    assert labels("os", 4) == ["Os", "Osen", "Oslo", "Osterøy"]
    beginning = ["Vik", "Vik, Hole", "Vik, Sømna", "Vikersund, Modum", "Vikeså, Bjerkreim"]
    assert labels("vik", 6) == [*beginning, "Eivindvik, Gulen"]


def test_a_city_comes_before_its_districts() -> None:
    found = labels("oslo", 30)
    assert found[0] == "Oslo"
    assert len(found) == 16


def test_both_places_of_a_shared_name_are_shown_told_apart() -> None:
    assert labels("våler", 2) == ["Våler (Innlandet)", "Våler (Østfold)"]


def test_a_single_letter_finds_only_names_that_begin_with_it() -> None:
    assert labels("y") == ["Ytrebygda, Bergen", "Ydstebøhamn, Kvitsøy", "Yykeä / Lyngen"]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "|", "\x00", "?!", "ingensteds i verden"])
def test_nothing_finds_nothing(typed: str) -> None:
    assert queries.search(typed) == []
    assert queries.meant(typed) is None
    assert queries.resolve(typed) is None


@pytest.mark.parametrize("limit", [0, -1])
def test_no_room_no_hits(limit: int) -> None:
    assert queries.search("oslo", limit) == []


def test_control_characters_and_great_length_do_no_harm() -> None:
    assert labels("\x00fred\x00") == ["Fredrikstad"]
    assert labels("fredrikstad " + "x" * 10_000) == []


def test_a_postal_code_is_not_known_before_the_register_is() -> None:
    assert queries.search("1606") == []
    assert queries.resolve("1606") is None


def test_a_number_names_its_municipality() -> None:
    assert labels("3107") == ["Fredrikstad"]
    assert queries.resolve("030102") == Place.objects.get(code="030102")


def test_a_postal_code_finds_its_municipality(postal: None) -> None:
    hit = queries.search("1606")[0]
    assert (hit.place.code, hit.label, hit.postal_code) == ("3107", "1606 Fredrikstad", "1606")
    assert queries.meant("1606 Fredrikstad") == hit


def test_the_beginning_of_a_postal_code_finds_all_that_begin_so(postal: None) -> None:
    assert labels("160") == ["1606 Fredrikstad", "1607 Fredrikstad"]


def test_a_number_that_is_both_is_a_postal_code_first(postal: None) -> None:
    assert labels("3107") == ["3107 Sem, Tønsberg", "Fredrikstad"]
    assert queries.resolve("3107") == Place.objects.get(name="Tønsberg")


def test_a_postal_town_is_found_once_with_its_lowest_code(postal: None) -> None:
    hits = queries.search("geilo")
    assert [(hit.label, hit.postal_code, hit.place.name) for hit in hits] == [("Geilo, Hol", "3580", "Hol")]


def test_a_town_that_is_the_municipality_or_its_seat_is_not_shown_twice(postal: None) -> None:
    assert labels("fred") == ["Fredrikstad"]
    assert labels("mo i") == ["Mo i Rana, Rana"]


@pytest.mark.parametrize(
    ("text", "code", "postal_code"),
    [
        ("fredrikstad", "3107", None),
        ("Våler (Østfold)", "3114", None),
        ("våler østfold", "3114", None),
        ("Bø", "1867", None),  # a name comes before a seat: Bø is also Midt-Telemark's seat
        ("Bø, Midt-Telemark", "4020", None),
        ("Grünerløkka", "030102", None),
        ("Kárášjohka / Karasjok", "5610", None),
        ("Hønefoss", "3305", None),
        ("Geilo", "3330", "3580"),
        ("Geilo, Hol", "3330", "3580"),
        ("3581 Geilo, Hol", "3330", "3581"),
        ("Storgata 1, Hol", "3330", None),
    ],
)
def test_what_a_text_means(postal: None, text: str, code: str, postal_code: str | None) -> None:
    hit = queries.meant(text)
    assert hit is not None
    assert (hit.place.code, hit.postal_code) == (code, postal_code)


@pytest.mark.parametrize("text", ["Våler", "Herøy", "Sand", "fred", "Oslo, Atlantis", "99999", "1606x"])
def test_what_names_none_or_several_is_not_guessed(text: str) -> None:
    assert queries.meant(text) is None


def test_a_town_in_two_municipalities_is_not_guessed(postal: None) -> None:
    PostalCode.objects.create(code="9999", town="Geilo", place_id="3324", search="|geilo|")
    assert queries.meant("Geilo") is None
    assert labels("geilo") == ["Geilo, Gol", "Geilo, Hol"]
    assert queries.meant("Geilo, Gol").postal_code == "9999"  # type: ignore[union-attr]


@given(TYPED)
@ONE_DATABASE_FOR_ALL
def test_any_label_shown_means_what_it_showed(postal: None, text: str) -> None:
    for hit in queries.search(text, 5):
        again = queries.meant(hit.label)
        assert again is not None, hit.label
        assert (again.place, again.postal_code) == (hit.place, hit.postal_code)


@given(TYPED, st.integers(min_value=1, max_value=20))
@ONE_DATABASE_FOR_ALL
def test_hits_are_distinct_and_no_more_than_asked_for(text: str, limit: int) -> None:
    found = labels(text, limit)
    assert len(found) == len(set(found)) <= limit


def test_every_place_is_found_first_by_its_label_and_among_the_first_by_its_name() -> None:
    for row in seed.places()[::7]:
        assert queries.search(row["label"], 1)[0].place.code == row["code"], row["label"]
        assert row["code"] in [hit.place.code for hit in queries.search(row["name"], 5)]


@pytest.mark.parametrize("typed", ["fred", "o", "16", "1606"])
def test_searching_costs_two_queries(
    postal: None, typed: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        assert [str(hit.place.county_name) for hit in queries.search(typed)]


@pytest.mark.parametrize(
    "text", ["fredrikstad", "Geilo, Hol", "1606", "3107", "nowhere, at all", "9999 No, Way"]
)
def test_reading_a_text_costs_at_most_four_queries(
    postal: None, text: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        queries.meant(text)

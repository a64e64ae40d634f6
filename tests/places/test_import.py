"""Files taken in: counted, whole or not at all, and the same the second time."""

import json
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from rundbord.kernel.refusals import Refused
from rundbord.places import queries
from rundbord.places.actions import Counts, import_file
from rundbord.places.models import Outline, Place, PostalCode
from rundbord.places.rules import placing, plane
from rundbord.places.rules.refusals import FileIsEmpty, FileNotUnderstood, NothingUsable
from tests.places import samples

pytestmark = pytest.mark.django_db

FILES = [
    samples.REGISTER.encode(),
    samples.REGISTER_JSON.encode(),
    samples.GEONAMES.encode(),
    samples.BOLSTAD.encode(),
    samples.collection(samples.feature("3107", samples.square(10.93, 59.21))),
]


def held() -> dict[str, tuple[str, str]]:
    """Postal code -> (town, municipality's number), all of them."""
    return {code.code: (code.town, code.place_id) for code in PostalCode.objects.all()}


def figures(counts: Counts) -> tuple[int, int, int, int, int]:
    """(read, new, changed, same, skipped)"""
    return counts.read, counts.new, counts.changed, counts.same, counts.skipped


def test_the_register_brings_towns_and_municipalities() -> None:
    assert figures(import_file(samples.REGISTER.encode())) == (9, 9, 0, 0, 0)
    assert held()["8610"] == ("Mo i Rana", "1833")
    assert held()["9730"] == ("Kárášjohka", "5610")
    assert len(held()) == 9


def test_the_register_as_json_says_why_svalbard_is_left_out() -> None:
    counts = import_file(samples.REGISTER_JSON.encode())
    assert figures(counts) == (3, 2, 0, 0, 1)
    assert counts.reasons == {placing.OUTSIDE: 1}
    assert counts.examples == {placing.OUTSIDE: ["9170 Longyearbyen (2100 SVALBARD)"]}
    assert held() == {"1606": ("Fredrikstad", "3107"), "3580": ("Geilo", "3330")}


@pytest.mark.parametrize("data", FILES)
def test_the_same_file_again_changes_nothing(data: bytes) -> None:
    first = import_file(data)
    before = held(), queries.outlines(["3107"])
    again = import_file(data)
    assert figures(again) == (first.read, 0, 0, first.new, first.skipped)
    assert (held(), queries.outlines(["3107"])) == before


@pytest.mark.parametrize("data", FILES)
def test_what_is_read_is_new_changed_the_same_or_skipped(postal: None, data: bytes) -> None:
    counts = import_file(data)
    assert counts.read == counts.new + counts.changed + counts.same + counts.skipped


def test_a_newer_register_moves_a_code_and_keeps_its_position(postal: None) -> None:
    moved = "3580\tGEILO ØST\t3328\tÅL\tG\n"
    assert figures(import_file(moved.encode("iso-8859-1"))) == (1, 0, 1, 0, 0)
    code = PostalCode.objects.get(code="3580")
    assert (code.town, code.place_id, code.lat) == ("Geilo Øst", "3328", Decimal("60.5340"))
    assert queries.search("geilo øst")[0].place.name == "Ål"


def test_positions_leave_town_and_municipality_to_the_register() -> None:
    import_file(b"1606\tGAMLEBYEN\t3105\tSARPSBORG\tG\n")
    counts = import_file(samples.GEONAMES.encode())
    assert figures(counts) == (3, 2, 1, 0, 0)
    assert held()["1606"] == ("Gamlebyen", "3105")
    assert PostalCode.objects.get(code="1606").point == plane.on_plane(59.2105, 10.9391)


def test_a_position_far_from_its_municipality_is_left_out() -> None:
    counts = import_file(samples.GEONAMES.encode())  # puts Lakselv in Oslo
    assert counts.doubtful == 1
    assert PostalCode.objects.get(code="9700").point is None
    assert queries.point(queries.place("5622"), "9700") == queries.place("5622").point


def test_with_borders_a_position_must_lie_within_them() -> None:
    import_file(samples.collection(samples.feature("3107", samples.square(10.6, 59.5))))
    counts = import_file(samples.GEONAMES.encode())
    assert counts.doubtful == 2
    assert PostalCode.objects.get(code="1606").lat is None


def test_older_numbers_are_placed_by_name_and_position() -> None:
    counts = import_file(samples.BOLSTAD.encode())
    assert held() == {
        "0171": ("Oslo", "0301"),
        "1300": ("Sandvika", "3201"),
        "1592": ("Våler i Østfold", "3114"),
        "6002": ("Ålesund", "1508"),
        "6270": ("Brattvåg", "1580"),
    }
    assert counts.reasons == {
        placing.UNUSED: 1,
        placing.UNCERTAIN: 1,
        placing.OUTSIDE: 1,
        placing.UNKNOWN: 1,
    }


def test_a_border_settles_what_distance_cannot() -> None:
    import_file(samples.collection(samples.feature("1508", samples.square(6.25, 62.48))))
    import_file(samples.BOLSTAD.encode())
    assert held()["6280"] == ("Midtveis", "1508")


def test_a_code_already_known_needs_no_guessing() -> None:
    import_file(b"6280\tMIDTVEIS\t1580\tHARAM\tG\n")
    assert placing.UNCERTAIN not in import_file(samples.BOLSTAD.encode()).reasons
    assert held()["6280"] == ("Midtveis", "1580")
    assert PostalCode.objects.get(code="6280").lat == Decimal("62.5350")


def test_a_name_that_two_share_is_not_guessed_without_a_position() -> None:
    line = "1592\tVåler i Østfold\tGate\t3018\tVåler\tViken\t\t\n"
    sure = "0171\tOslo\tGate\t301\tOslo\tOslo\t\t\n"
    counts = import_file((samples.HEADING + line + sure).encode())
    assert counts.reasons == {placing.UNCERTAIN: 1}
    assert held() == {"0171": ("Oslo", "0301")}


def test_double_names_are_known_by_either_part() -> None:
    line = "9845\tTana\tGate\t5441\tDeatnu - Tana\tTroms og Finnmark\t70.20000\t28.19000\n"
    import_file((samples.HEADING + line).encode())
    assert held() == {"9845": ("Tana", "5628")}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("160\tX\t3107\tX\tG", placing.NOT_A_CODE),
        ("16O6\tX\t3107\tX\tG", placing.NOT_A_CODE),
        ("１６０６\tX\t3107\tX\tG", placing.NOT_A_CODE),
        ("1608\t \t3107\tX\tG", placing.NO_TOWN),
        ("1608\t" + "x" * 61 + "\t3107\tX\tG", placing.NO_TOWN),
        ("1608\tX\t9999\tATLANTIS\tG", placing.UNKNOWN),
        ("1606\tX\t3107\tX\tG", "twice in the file"),
    ],
)
def test_a_line_that_cannot_be_used_is_counted_with_its_reason(line: str, reason: str) -> None:
    counts = import_file(f"1606\tFREDRIKSTAD\t3107\tFREDRIKSTAD\tG\n{line}\n".encode())
    assert counts.reasons == {reason: 1}
    assert held() == {"1606": ("Fredrikstad", "3107")}


def test_only_the_first_examples_of_a_reason_are_kept() -> None:
    lines = "".join(f"16{n:02}\tX\t9999\tATLANTIS\tG\n" for n in range(50))
    counts = import_file((samples.REGISTER + lines).encode())
    assert counts.skipped == 50
    assert len(counts.examples[placing.UNKNOWN]) == 3


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", FileIsEmpty),
        (b"Dear all, here is the list", FileNotUnderstood),
        (samples.REGISTER.encode() + b"1699\tBROKEN\n", FileNotUnderstood),
        (samples.REGISTER.encode("utf-16"), FileNotUnderstood),
        (b"1606\tX\t9999\tATLANTIS\tG\n", NothingUsable),
        (b"{}", NothingUsable),
        (samples.collection(), NothingUsable),
        (samples.collection(samples.feature("9999", samples.square(10.0, 60.0))), NothingUsable),
        (samples.collection(samples.feature("3107", [])), NothingUsable),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_and_changes_nothing(
    postal: None, data: bytes, refusal: type[Refused]
) -> None:
    before = held()
    with pytest.raises(refusal) as refused:
        import_file(data)
    with translation.override("en"):
        assert "Nothing was changed" in refused.value.say()
        assert "%(" not in refused.value.say()
    assert held() == before
    assert Outline.objects.count() == 0


def test_a_kind_that_is_told_is_believed() -> None:
    with pytest.raises(NothingUsable):
        import_file(samples.GEONAMES.encode(), "register")


def test_borders_are_stored_simplified_and_counted() -> None:
    counts = import_file(
        samples.collection(
            samples.feature("3107", samples.square(10.93, 59.21)),
            samples.feature("31", [samples.square(11.0, 59.4)], "MultiPolygon", "fylkesnummer"),
            samples.feature("3107", samples.square(10.93, 59.21)),
            samples.feature("9999", samples.square(10.0, 60.0)),
            samples.feature("3105", [[[262_000, 6_650_000]] * 4]),
        )
    )
    assert figures(counts) == (5, 2, 0, 0, 3)
    assert set(counts.reasons.values()) == {1}
    assert set(queries.outlines(["31", "3107", "3105"])) == {"31", "3107"}


def test_a_border_that_has_moved_is_changed() -> None:
    import_file(samples.collection(samples.feature("3107", samples.square(10.93, 59.21))))
    counts = import_file(samples.collection(samples.feature("3107", samples.square(10.95, 59.21))))
    assert figures(counts) == (1, 0, 1, 0, 0)


def test_importing_costs_no_more_queries_for_more_lines(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    lines = "".join(f"{n}\tOSLO\t0301\tOSLO\tG\n" for n in range(1000, 1100))
    with django_assert_max_num_queries(7):
        assert import_file(lines.encode()).new == 100


def test_places_themselves_are_never_touched_by_an_import(postal: None) -> None:
    before = list(Place.objects.values())
    for data in FILES:
        import_file(data)
    assert list(Place.objects.values()) == before


CELL = st.one_of(st.sampled_from(["1606", "3107", "301", "Oslo", "", "59.2"]), st.text(max_size=8))
TSV = st.lists(st.lists(CELL, min_size=4, max_size=12).map("\t".join), min_size=1, max_size=5).map("\n".join)


@given(st.sampled_from(["1606\tX\t3107\tX\n", samples.GEONAMES, samples.HEADING]), TSV)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_are_counted_or_refused(start: str, rows: str) -> None:
    try:
        counts = import_file((start + rows).encode("utf-8", "replace"))
    except Refused as refused:
        assert refused.say()
    else:
        assert counts.read == counts.new + counts.changed + counts.same + counts.skipped
        assert json.dumps(counts.examples)

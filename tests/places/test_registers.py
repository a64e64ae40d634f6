"""Files read into lines: formats told by content, odd files refused, nothing else ever raised."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel.refusals import Refused
from rundbord.places.rules import outlines, registers
from rundbord.places.rules.registers import PostalLine
from tests.places import samples


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (samples.REGISTER, "register"),
        (samples.REGISTER_JSON, "register-json"),
        (samples.GEONAMES, "geonames"),
        (samples.BOLSTAD, "bolstad"),
        (samples.BOLSTAD.replace("\t", ";"), "bolstad"),
        ("\n\n" + samples.REGISTER, "register"),
        (samples.collection().decode(), "outlines"),
        ('{"features": [], "type": "FeatureCollection"}', "outlines"),
    ],
)
def test_the_format_is_told_by_content(text: str, kind: str) -> None:
    assert registers.kind_of(text) == kind


@pytest.mark.parametrize(
    "text", ["hello", "1606,FREDRIKSTAD,3107", "<html>", "[1, 2]", "NO;1606;Fredrikstad", "16060\tX\t3107\tX"]
)
def test_other_formats_are_refused(text: str) -> None:
    with pytest.raises(registers.FileNotUnderstood):
        registers.kind_of(text)


def test_the_register_gives_towns_as_people_write_them() -> None:
    lines = registers.postal_lines(samples.REGISTER, "register")
    assert len(lines) == 9
    assert lines[1] == PostalLine("1606", "Fredrikstad", "3107", "FREDRIKSTAD")
    assert lines[7].town == "Mo i Rana"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252"])
def test_the_register_is_read_in_any_of_the_encodings_it_comes_in(encoding: str) -> None:
    text = "3080\tHOLMESTRAND\t3903\tHOLMESTRAND\tG\n6002\tÅLESUND\t1508\tÅLESUND\tP\n"
    lines = registers.postal_lines(registers.text_of(text.encode(encoding)), "register")
    assert [line.town for line in lines] == ["Holmestrand", "Ålesund"]


def test_the_register_as_json() -> None:
    lines = registers.postal_lines(samples.REGISTER_JSON, "register-json")
    assert lines[1] == PostalLine("3580", "Geilo", "3330", "HOL")


def test_geonames_gives_positions() -> None:
    lines = registers.postal_lines(samples.GEONAMES, "geonames")
    assert lines[0] == PostalLine("1606", "Fredrikstad", "3107", "Fredrikstad", (59.2105, 10.9391))


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_bolstads_list_gives_positions_and_what_is_in_use(separator: str) -> None:
    lines = registers.postal_lines(samples.BOLSTAD.replace("\t", separator), "bolstad")
    assert lines[0] == PostalLine("0171", "Oslo", "0301", "Oslo", (59.92, 10.74))
    assert (lines[1].town, lines[1].in_use) == ("Oslo", False)
    assert lines[7].position is None  # Svalbard is outside the box


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("", ""), ("x", "10"), ("nan", "10"), ("1e999", "10"), ("10.75", "59.91"), ("59.9", "-10")],
)
def test_a_position_that_cannot_be_is_none(lat: str, lon: str) -> None:
    text = samples.HEADING + f"0171\tOslo\tGate\t301\tOslo\tOslo\t{lat}\t{lon}\n"
    assert [line.position for line in registers.postal_lines(text, "bolstad")] == [None]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1606\tFREDRIKSTAD\n", "register"),
        ("NO\t1606\tFredrikstad\n", "geonames"),
        ("POSTNR\tNAVN\n1606\tx\n", "bolstad"),
        (samples.HEADING + '0171\t"' + "x" * 140_000, "bolstad"),
        ("{", "register-json"),
        ("[]", "register-json"),
        ('{"1606": "FREDRIKSTAD"}', "register-json"),
        ('{"1606": ["FREDRIKSTAD", 3107, "X"]}', "register-json"),
        ('{"a":' * 100_000, "register-json"),
    ],
)
def test_broken_files_are_refused(text: str, kind: str) -> None:
    with pytest.raises(registers.FileNotUnderstood):
        registers.postal_lines(text, kind)


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(registers.FileIsEmpty):
        registers.text_of(data)


def test_a_file_beyond_all_measure_is_refused() -> None:
    with pytest.raises(registers.FileIsTooLarge) as refused:
        registers.text_of(b"1" * (registers.LARGEST_MB * 2**20 + 1))
    assert str(registers.LARGEST_MB) in refused.value.say()


def test_control_characters_do_not_come_through() -> None:
    lines = registers.postal_lines("1606\tFREDRIK\x00STAD\x1b\t3107\tX\tG\n", "register")
    assert lines[0].town.isprintable()


LINES = st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=14).map("\t".join), max_size=6).map(
    "\n".join
)
STARTS = st.sampled_from(
    ["", "1606\tX\t3107\tX\tG\n", "NO\t1606\tX\t", samples.HEADING, '{"type": "FeatureCollection"']
)


@given(STARTS, LINES)
def test_any_text_is_read_or_refused(start: str, rest: str) -> None:
    try:
        text = registers.text_of((start + rest).encode("utf-8", "replace"))
        kind = registers.kind_of(text)
        if kind == "outlines":
            outlines.borders(registers.document(text))
        else:
            assert all(isinstance(line, PostalLine) for line in registers.postal_lines(text, kind))
    except Refused as refused:
        assert refused.say()


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        assert registers.text_of(data)
    except Refused as refused:
        assert refused.say()


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), JSONS, max_size=4))
def test_any_json_object_is_read_as_a_register_or_refused(content: dict[str, object]) -> None:
    try:
        assert len(registers.postal_lines(json.dumps(content), "register-json")) == len(content)
    except Refused as refused:
        assert refused.say()


@given(JSONS, JSONS, JSONS)
def test_any_feature_is_read_or_left_without_land(
    properties: object, kind: object, coordinates: object
) -> None:
    geometry = {"type": kind, "coordinates": coordinates}
    for shape in (geometry, geometry | {"type": "Polygon"}, geometry | {"type": "MultiPolygon"}, coordinates):
        read = outlines.borders({"features": [{"properties": properties, "geometry": shape}]})
        assert read[0].polygons == []

"""The formats postal codes come in, read into one kind of line. Source of each format beside its reader."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rundbord.places.rules import names, plane
from rundbord.places.rules.refusals import FileIsEmpty, FileIsTooLarge, FileNotUnderstood

LARGEST_MB = 60

REGISTER, REGISTER_JSON, GEONAMES, BOLSTAD, OUTLINES = (
    "register",
    "register-json",
    "geonames",
    "bolstad",
    "outlines",
)
KINDS = (REGISTER, REGISTER_JSON, GEONAMES, BOLSTAD, OUTLINES)
# The postal register decides town and municipality; the other two are asked where a code lies.
DECIDES = (REGISTER, REGISTER_JSON)


@dataclass(frozen=True)
class PostalLine:
    """One postal code as a file has it. position is (lat, lon) in degrees, or None."""

    code: str
    town: str
    number: str  # the municipality's, as the file's year knew it; four digits
    municipality: str
    position: tuple[float, float] | None = None
    in_use: bool = True


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8 (marked or not) or Windows/ISO Latin-1. Refuses empty and huge files."""
    if len(data) > LARGEST_MB * 2**20:
        raise FileIsTooLarge(limit=LARGEST_MB)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if not text.strip():
        raise FileIsEmpty()
    return text


def kind_of(text: str) -> str:
    """Which of KINDS this is, told by content. FileNotUnderstood if none."""
    first = text.lstrip().splitlines()[0]
    if first.startswith("{"):
        return OUTLINES if '"FeatureCollection"' in text else REGISTER_JSON
    if first.upper().startswith("POSTNR"):
        return BOLSTAD
    if re.match(r"[A-Z]{2}\t\d{4}\t", first):
        return GEONAMES
    if re.match(r"\d{4}\t[^\t]+\t\d{3,4}\t", first):
        return REGISTER
    raise FileNotUnderstood()


def postal_lines(text: str, kind: str) -> list[PostalLine]:
    """Every record of a postal file, usable or not. FileNotUnderstood if it is no such file."""
    try:
        return list(_READERS[kind](text))
    except csv.Error as problem:
        raise FileNotUnderstood() from problem


def document(text: str) -> dict[str, Any]:
    """A JSON object. FileNotUnderstood for anything else, broken or nested beyond reason."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise FileNotUnderstood() from problem
    if not isinstance(read, dict):
        raise FileNotUnderstood()
    return read


def _register(text: str) -> Iterator[PostalLine]:
    """Posten/Bring "Postnummerregister": code, town, municipality number and name, category, tabs between."""
    for row in _rows(text, "\t", least=4):
        yield PostalLine(row[0].strip(), names.town(_clean(row[1])), _number(row[2]), _clean(row[3]))


def _register_json(text: str) -> Iterator[PostalLine]:
    """The same register as {"1606": ["FREDRIKSTAD", "3107", "FREDRIKSTAD", "G"]}."""
    for code, values in document(text).items():
        if not (isinstance(values, list) and len(values) >= 3 and all(isinstance(v, str) for v in values)):
            raise FileNotUnderstood()
        yield PostalLine(code, names.town(_clean(values[0])), _number(values[1]), _clean(values[2]))


def _geonames(text: str) -> Iterator[PostalLine]:
    """GeoNames postal codes: twelve columns, no heading, tabs between (that collection's readme.txt)."""
    for row in _rows(text, "\t", least=11):
        position = _position(row[9], row[10])
        yield PostalLine(
            row[1].strip(), names.town(_clean(row[2])), _number(row[6]), _clean(row[5]), position
        )


def _bolstad(text: str) -> Iterator[PostalLine]:
    """Erik Bolstad's list: named columns between tabs, semicolons or commas; codes out of use say so."""
    separator = max("\t;,", key=text.splitlines()[0].count)
    rows = csv.DictReader(io.StringIO(text), delimiter=separator, quoting=csv.QUOTE_NONE)
    if not {"POSTNR", "POSTSTAD", "KOMMNR", "KOMMUNE"} <= set(rows.fieldnames or ()):
        raise FileNotUnderstood()
    for row in rows:
        cell = {name: value or "" for name, value in row.items() if isinstance(value, str)}
        town = _clean(cell.get("POSTSTAD", ""))
        yield PostalLine(
            cell["POSTNR"].strip(),
            names.town(re.sub(r"\s*\(.*\)$", "", town)),
            _number(cell.get("KOMMNR", "")),
            _clean(cell.get("KOMMUNE", "")),
            _position(cell.get("LAT", ""), cell.get("LON", "")),
            "ikkje i bruk" not in town,
        )


_READERS = {REGISTER: _register, REGISTER_JSON: _register_json, GEONAMES: _geonames, BOLSTAD: _bolstad}


def _rows(text: str, separator: str, least: int) -> Iterator[list[str]]:
    """Lines cut at the separator; one that is too short makes the whole file another format."""
    for line in text.splitlines():
        if line.strip():
            row = line.split(separator)
            if len(row) < least:
                raise FileNotUnderstood()
            yield row


def _clean(text: str) -> str:
    """Without control characters (no database stores NUL) and stray spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _number(text: str) -> str:
    """A municipality's number with its leading nought, which spreadsheets drop: "301" -> "0301"."""
    return text.strip().zfill(4)


def _position(lat: str, lon: str) -> tuple[float, float] | None:
    """Degrees, rounded as stored (11 m); None for what is missing, no number, or not in Norway."""
    try:
        position = round(float(lat), 4), round(float(lon), 4)
    except (ValueError, OverflowError):
        return None
    return position if plane.inside_norway(*position) else None

"""The product's own list of Norway: counties, municipalities (structure of 1 January 2024), city districts.

Compiled by hand for this product: numbers, names, seats and the seats' positions to two decimals.
`also` holds other names official or in common use (Sámi, Kven, Norwegian), with " / " between.
"""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from rundbord.places.rules.kinds import PlaceKind
from rundbord.places.rules.names import normalise, search_column
from rundbord.places.rules.plane import on_plane

FOLDER = Path(__file__).resolve().parents[1] / "seed"

Row = dict[str, Any]  # column -> value, ready for a model


def counties() -> dict[str, str]:
    """County code -> name, 15 of them."""
    return {line["code"]: line["name"] for line in _read("counties")}


def places() -> list[Row]:
    """Rows of Place: municipalities first, then districts, so that a parent comes before its districts."""
    named = counties()
    municipalities = _told_apart([_municipality(line, named) for line in _read("municipalities")])
    of = {row["code"]: row for row in municipalities}
    rows = municipalities + [_district(line, of[line["code"][:4]]) for line in _read("districts")]
    return [row | {"search": _found_by(row)} for row in rows]


def _found_by(row: Row) -> str:
    return search_column(row["name"], row["label"], *row["also_named"].split("/"), row["seat"])


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _told_apart(municipalities: list[Row]) -> list[Row]:
    times = Counter(normalise(row["name"]) for row in municipalities)
    for row in municipalities:
        if times[normalise(row["name"])] > 1:
            row["label"] = f"{row['name']} ({row['county_name']})"
    return municipalities


def _municipality(line: dict[str, str], county_names: dict[str, str]) -> Row:
    county = line["code"][:2]
    return {
        "code": line["code"],
        "kind": PlaceKind.MUNICIPALITY.value,
        "name": line["name"],
        "label": line["name"],
        "also_named": line["also"],
        "county_code": county,
        "county_name": county_names[county],
        "parent_id": None,
        "seat": line["seat"],
        **_position(line),
    }


def _district(line: dict[str, str], municipality: Row) -> Row:
    return {
        "code": line["code"],
        "kind": PlaceKind.DISTRICT.value,
        "name": line["name"],
        "label": f"{line['name']}, {municipality['label']}",
        "also_named": "",
        "county_code": municipality["county_code"],
        "county_name": municipality["county_name"],
        "parent_id": municipality["code"],
        "seat": "",
        **_position(line),
    }


def _position(line: dict[str, str]) -> Row:
    x, y = on_plane(float(line["lat"]), float(line["lon"]))
    return {"lat": Decimal(line["lat"]), "lon": Decimal(line["lon"]), "x": x, "y": y}

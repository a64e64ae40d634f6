"""Tiny files of our own writing, in the formats that others publish them in."""

import json

REGISTER = (
    "0171\tOSLO\t0301\tOSLO\tG\n"
    "1606\tFREDRIKSTAD\t3107\tFREDRIKSTAD\tG\n"
    "1607\tFREDRIKSTAD\t3107\tFREDRIKSTAD\tG\n"
    "3107\tSEM\t3905\tTØNSBERG\tG\n"
    "3576\tHOL\t3330\tHOL\tG\n"
    "3580\tGEILO\t3330\tHOL\tG\n"
    "3581\tGEILO\t3330\tHOL\tP\n"
    "8610\tMO I RANA\t1833\tRANA\tG\n"
    "9730\tKÁRÁŠJOHKA\t5610\tKÁRÁŠJOHKA KARASJOK\tG\n"
)

REGISTER_JSON = json.dumps(
    {
        "1606": ["FREDRIKSTAD", "3107", "FREDRIKSTAD", "G"],
        "3580": ["GEILO", "3330", "HOL", "G"],
        "9170": ["LONGYEARBYEN", "2100", "SVALBARD", "G"],
    }
)

GEONAMES = (
    "NO\t1606\tFredrikstad\tØstfold\t31\tFredrikstad\t3107\t\t\t59.2105\t10.9391\t4\n"
    "NO\t3580\tGeilo\tBuskerud\t33\tHol\t3330\t\t\t60.5340\t8.2090\t4\n"
    "NO\t9700\tLakselv\tFinnmark\t56\tPorsanger\t5622\t\t\t59.9000\t10.7000\t1\n"
)

HEADING = "POSTNR\tPOSTSTAD\tBRUKSOMRÅDE\tKOMMNR\tKOMMUNE\tFYLKE\tLAT\tLON\n"
BOLSTAD = HEADING + (
    "0171\tOslo\tGate\t301\tOslo\tOslo\t59.92000\t10.74000\n"
    "0014\tOslo (ikkje i bruk)\tFirma\t301\tOslo\tOslo\t59.91160\t10.75450\n"
    "1300\tSandvika\tGate\t3024\tBærum\tViken\t59.89000\t10.52000\n"
    "1592\tVåler i Østfold\tGate\t3018\tVåler\tViken\t59.49100\t10.87420\n"
    "6002\tÅlesund\tGate\t1507\tÅlesund\tMøre og Romsdal\t62.47100\t6.15100\n"
    "6270\tBrattvåg\tGate\t1507\tÅlesund\tMøre og Romsdal\t62.59900\t6.44800\n"
    "6280\tMidtveis\tGate\t1507\tÅlesund\tMøre og Romsdal\t62.53500\t6.29500\n"
    "9170\tLongyearbyen\tGate\t2100\tSvalbard\tSvalbard\t78.22000\t15.65000\n"
    "9990\tIngensteds\tGate\t9901\tAtlantis\tViken\t60.00000\t10.00000\n"
)


def square(lon: float, lat: float, size: float = 0.2) -> list[list[list[float]]]:
    """A GeoJSON polygon: a square with its middle there, `size` degrees of latitude high, twice as wide."""
    up, out = size / 2, size
    corners = [(-out, -up), (out, -up), (out, up), (-out, up), (-out, -up)]
    return [[[round(lon + x, 4), round(lat + y, 4)] for x, y in corners]]


def feature(
    number: str, coordinates: object, kind: str = "Polygon", named: str = "kommunenummer"
) -> dict[str, object]:
    """One feature of a border file."""
    return {
        "type": "Feature",
        "properties": {named: number},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: dict[str, object]) -> bytes:
    """A border file."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()

"""Postal codes and borders taken in from files that others publish. Either a whole file or nothing of it."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from rundbord.places.actions.filling import Counts, Row, fill
from rundbord.places.models import Outline, Place, PostalCode
from rundbord.places.rules import names, outlines, registers
from rundbord.places.rules.kinds import PlaceKind
from rundbord.places.rules.placing import Atlas, Known, NotPlaced
from rundbord.places.rules.plane import Point
from rundbord.places.rules.refusals import NothingUsable
from rundbord.places.rules.registers import PostalLine

TWICE = gettext_noop("twice in the file")
NO_LAND = gettext_noop("no outline in degrees")
NO_RECORDS = gettext_noop("no records")
UNKNOWN_NUMBER = gettext_noop("no county or municipality of today has this number")


@transaction.atomic
def import_file(data: bytes, kind: str | None = None) -> Counts:
    """Take in one file of any format of registers.KINDS, told by its content unless `kind` is given.

    Importing the same file again changes nothing. Refuses (rules/refusals.py) a file that is empty, too
    large, in no known format, or without one usable record; nothing is changed then.
    """
    text = registers.text_of(data)
    kind = kind or registers.kind_of(text)
    counts = Counts(kind=kind)
    if kind == registers.OUTLINES:
        _take_borders(outlines.borders(registers.document(text)), counts)
    else:
        _take_postal(registers.postal_lines(text, kind), counts)
    if counts.skipped == counts.read:
        raise NothingUsable(read=counts.read, reason=gettext(next(iter(counts.reasons), NO_RECORDS)))
    return counts


def _take_borders(borders: list[outlines.Border], counts: Counts) -> None:
    counts.read = len(borders)
    known = {code for pair in Place.objects.values_list("code", "county_code") for code in pair}
    rows: dict[str, Row] = {}
    for border in borders:
        if reason := _against(border, known, rows):
            counts.skip(reason, border.number)
        else:
            rows[border.number] = _outline(border)
    fill(Outline, rows.values(), counts)


def _against(border: outlines.Border, known: set[str], taken: dict[str, Row]) -> str:
    if border.number not in known:
        return UNKNOWN_NUMBER
    if border.number in taken:
        return TWICE
    return "" if border.polygons else NO_LAND


def _outline(border: outlines.Border) -> Row:
    polygons = _stored(border)
    return {"code": border.number, "polygons": polygons, "fingerprint": outlines.fingerprint(polygons)}


def _stored(border: outlines.Border) -> list[list[list[list[int]]]]:
    """Lists all the way down, as JSON gives them back, so that a second import finds no difference."""
    return [
        [[[x, y] for x, y in ring] for ring in polygon] for polygon in outlines.simplified(border.polygons)
    ]


def _take_postal(lines: list[PostalLine], counts: Counts) -> None:
    counts.read = len(lines)
    atlas = _atlas()
    if counts.kind in registers.DECIDES:
        fill(PostalCode, [_row(line, code) for line, code in _placed(lines, atlas, {}, counts)], counts)
        return
    # Of a code already held only the position is news: the register decides town and municipality.
    held = dict(PostalCode.objects.values_list("code", "place_id"))
    placed = list(_placed(lines, atlas, held, counts))
    positions = {line.code: _position(line, atlas, code, counts) for line, code in placed}
    new = [_row(line, code) | positions[line.code] for line, code in placed if line.code not in held]
    told = [{"code": code} | where for code, where in positions.items() if code in held and where["lat"]]
    fill(PostalCode, new, counts)
    fill(PostalCode, told, counts)
    counts.same += len(placed) - len(new) - len(told)


def _placed(
    lines: Iterable[PostalLine], atlas: Atlas, held: dict[str, str], counts: Counts
) -> Iterable[tuple[PostalLine, str]]:
    taken: set[str] = set()
    for line in lines:
        try:
            code = atlas.place(line, held.get(line.code))
        except NotPlaced as reason:
            counts.skip(str(reason), f"{line.code} {line.town} ({line.number} {line.municipality})"[:100])
            continue
        if line.code in taken:
            counts.skip(TWICE, line.code)
            continue
        taken.add(line.code)
        yield line, code


def _row(line: PostalLine, place_code: str) -> Row:
    return {
        "code": line.code,
        "town": line.town,
        "place_id": place_code,
        "search": names.search_column(line.town)[:80],
    }


def _position(line: PostalLine, atlas: Atlas, place_code: str, counts: Counts) -> Row:
    point: Point | None = atlas.believable(line, place_code)
    if not point or not line.position:
        counts.doubtful += line.position is not None
        return dict.fromkeys(("lat", "lon", "x", "y"))
    lat, lon = (Decimal(f"{degrees:.4f}") for degrees in line.position)
    return {"lat": lat, "lon": lon, "x": point[0], "y": point[1]}


def _atlas() -> Atlas:
    known = {
        place.code: Known(
            place.code, tuple(map(names.normalise, [place.name, *place.other_names])), place.point
        )
        for place in Place.objects.filter(kind=PlaceKind.MUNICIPALITY)
    }
    return Atlas(known, dict(Outline.objects.values_list("code", "polygons")))

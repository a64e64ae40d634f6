"""Maps drawn on the server: points and borders in metres on the plane become one inline SVG.

    land = maps.county(municipalities)     or maps.country(places.seat_points()), or ground(points, borders)
    spots = [Spot("3107", place.point, place.label, href="…", tone=OPEN, words="Open"), …]
    picture = draw(_("Map of Østfold"), land, spots)
    {% include "public/_map.html" with picture=picture %}        and shell/css/map.css in head_extra,
                                                                    public/map.js in scripts

The part draws the map and, folded below it, the same places as a list, for those who do not see a map.
A spot is a dot whether one thing is there or twenty: nothing on a map is ever counted. A tone only says how
a dot and its land look (full, half, ringed, empty); `words` say what it means.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rundbord.places.queries import Point, Polygons

WIDTH, LOWEST, TALLEST = 1000, 560, 1300  # units; a picture is always as wide, so that names keep their size
MARGIN = 90
LETTER = 42  # height of a written name in units
OPEN, SOON, LATER, SHUT = "open", "soon", "later", "shut"
_ORDER = (OPEN, SOON, LATER, SHUT)
_FINEST = 3  # corners nearer to one another than this are not told apart, in units

Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class Frame:
    """What part of the plane is shown: left and top in metres, metres in a unit, units from top to bottom."""

    left: float
    top: float
    unit: float
    height: int

    def at(self, point: Point) -> tuple[int, int]:
        """Where a point lies in the picture, from its upper left corner."""
        return round((point[0] - self.left) / self.unit), round((self.top - point[1]) / self.unit)


@dataclass(frozen=True)
class Ground:
    """What a map is drawn on: borders as paths by code, or faint points where there are none."""

    frame: Frame
    borders: Mapping[str, str]
    grains: str = ""


@dataclass(frozen=True)
class Spot:
    """A dot with a name; a link when `href` is given. `code` ties it to the borders of the same code;
    `value` is what its button sends where the list is made of buttons."""

    code: str
    point: Point
    label: str
    href: str = ""
    tone: str = OPEN
    words: str = ""
    value: str = ""


@dataclass(frozen=True)
class Name:
    """A written name: where it stands, and which end of it."""

    x: int
    y: int
    anchor: str


@dataclass(frozen=True)
class Dot:
    """A spot as it is drawn. `name` is None where there is no room for one; `land` whether it has borders."""

    spot: Spot
    x: int
    y: int
    land: bool
    name: Name | None


@dataclass(frozen=True)
class Picture:
    """All that templates/public/_map.html needs. `borders`: (code, tone, path); `marked`: you are here;
    `legend`: (tone, words) of the dots there are."""

    title: str
    height: int
    dots: tuple[Dot, ...]
    borders: tuple[tuple[str, str, str], ...]
    grains: str
    marked: tuple[int, int] | None
    legend: tuple[tuple[str, str], ...]
    width: int = WIDTH


def ground(points: Iterable[Point], borders: Mapping[str, Polygons]) -> Ground:
    """What to draw on: room for all the points and borders, and a margin."""
    known = list(points)
    borders = {code: polygons for code, polygons in borders.items() if polygons}
    frame = _frame([*((x, y, x, y) for x, y in known), *map(_box, borders.values())])
    paths = {code: _path(polygons, frame) for code, polygons in borders.items()}
    grains = "" if paths else "".join("M{} {}h0".format(*frame.at(point)) for point in known)
    return Ground(frame, paths, grains)


def draw(title: str, land: Ground, spots: Iterable[Spot], marked: Point | None = None) -> Picture:
    """One map of that ground."""
    shown = list(spots)
    tones = {spot.code: spot.tone for spot in shown}
    legend = {(spot.tone, spot.words) for spot in shown if spot.words}
    return Picture(
        title=title,
        height=land.frame.height,
        dots=tuple(_dots(shown, land)),
        borders=tuple((code, tones.get(code, ""), path) for code, path in land.borders.items() if path),
        grains=land.grains,
        marked=land.frame.at(marked) if marked else None,
        legend=tuple(sorted(legend, key=lambda one: _rank(one[0]))),
    )


def _rank(tone: str) -> int:
    """Tones known here first, in the order of how much they promise."""
    return _ORDER.index(tone) if tone in _ORDER else len(_ORDER)


def _frame(boxes: list[Box]) -> Frame:
    west, south, east, north = _around(boxes) if boxes else (0.0, 0.0, 0.0, 0.0)
    wide, high = max(east - west, 20_000), max(north - south, 10_000)  # a lone point gets 20 km around it
    unit = max(wide / (WIDTH - 2 * MARGIN), high / (TALLEST - 2 * MARGIN))
    height = min(TALLEST, max(LOWEST, round(high / unit) + 2 * MARGIN))
    left, top = (west + east - unit * WIDTH) / 2, (south + north + unit * height) / 2
    return Frame(left, top, unit, height)


def _around(boxes: list[Box]) -> Box:
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _box(polygons: Polygons) -> Box:
    return _around([(x, y, x, y) for polygon in polygons for x, y in polygon[0]])


def _path(polygons: Polygons, frame: Frame) -> str:
    """Borders in whole units; what is too small to be seen is left out, and all of it may be."""
    return "".join(_ring(ring, frame) for polygon in polygons for ring in polygon)


def _ring(ring: list[list[int]], frame: Frame) -> str:
    corners: list[tuple[int, int]] = []
    for x, y in ring:
        corner = frame.at((x, y))
        if not corners or max(abs(corner[0] - corners[-1][0]), abs(corner[1] - corners[-1][1])) >= _FINEST:
            corners.append(corner)
    if len(corners) < 4:
        return ""
    steps = [f"{x - ax} {y - ay}" for (ax, ay), (x, y) in pairwise(corners)]
    return f"M{corners[0][0]} {corners[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def _dots(spots: list[Spot], land: Ground) -> list[Dot]:
    """The dots, with names where they do not cover one another. Those that take people get theirs first."""
    at = {spot.code: land.frame.at(spot.point) for spot in spots}
    taken: list[Box] = [(x - 20, y - 20, x + 20, y + 20) for x, y in at.values()]
    names: dict[str, Name | None] = {}
    for spot in sorted(spots, key=lambda spot: _rank(spot.tone)):
        names[spot.code] = _name(spot.label, *at[spot.code], land.frame.height, taken)
    return [Dot(s, *at[s.code], bool(land.borders.get(s.code)), names[s.code]) for s in spots]


def _name(label: str, x: int, y: int, height: int, taken: list[Box]) -> Name | None:
    """Where the name of a dot can stand: right, left, above, below; takes that room. None: nowhere."""
    long = len(label) * LETTER * 0.58
    ways = {
        Name(x + 30, y + 14, "start"): (x + 26, y - 24, x + 30 + long, y + 24),
        Name(x - 30, y + 14, "end"): (x - 30 - long, y - 24, x - 26, y + 24),
        Name(x, y - 32, "middle"): (x - long / 2, y - 72, x + long / 2, y - 24),
        Name(x, y + 60, "middle"): (x - long / 2, y + 24, x + long / 2, y + 72),
    }
    for name, box in ways.items():
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height
        if inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return name
    return None


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

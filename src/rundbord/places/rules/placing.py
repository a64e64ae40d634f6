"""Which of today's municipalities a record means. Files are often older than the numbers in use."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_noop as _

from rundbord.places.rules import names, outlines, plane
from rundbord.places.rules.outlines import Polygon
from rundbord.places.rules.plane import Point
from rundbord.places.rules.registers import PostalLine

# Svalbard (2100, 2111) and Jan Mayen (2211): inhabited, but in no municipality.
NO_MUNICIPALITY = ("2100", "2111", "2121", "2131", "2211")
# Numbers of municipalities that were divided on 1 January 2024: position must tell which part.
DIVIDED = {"1507": ("1508", "1580")}
FARTHEST_M = 80_000  # no municipality reaches farther from its seat where people get mail
BESIDE_M = 5_000  # simplified borders and rounded positions: this far outside is still inside
MUCH_NEARER = 2.0  # between two seats, this many times nearer counts as certain

# Reasons are counted as they stand here and translated when printed.
UNUSED = _("no longer in use")
NOT_A_CODE = _("no postal code of four digits")
NO_TOWN = _("no town, or one too long")
OUTSIDE = _("on Svalbard or Jan Mayen, in no municipality")
UNKNOWN = _("municipality not known by number or name")
UNCERTAIN = _("municipality was divided or shares its name, and the position does not tell which")


class NotPlaced(Exception):
    """A record that cannot be used; the message is the reason, to be counted."""


@dataclass(frozen=True)
class Known:
    """A municipality as far as placing needs it."""

    code: str
    names: tuple[str, ...]  # normalised
    seat: Point


@dataclass(frozen=True)
class Atlas:
    """All municipalities by code, with borders for as many as are known."""

    known: Mapping[str, Known]
    borders: Mapping[str, list[Polygon]]

    def place(self, line: PostalLine, held: str | None = None) -> str:
        """Code of the municipality a usable line lies in; `held` if that is known better already.
        NotPlaced with the reason otherwise."""
        _check(line)
        if held:
            return held
        if line.number in self.known:
            return line.number
        if line.number in NO_MUNICIPALITY:
            raise NotPlaced(OUTSIDE)
        meant = DIVIDED.get(line.number) or self._named(line.municipality)
        return self._told_by_position([code for code in meant if self._may_lie_in(code, line)], line)

    def believable(self, line: PostalLine, code: str) -> Point | None:
        """The line's position on the plane, or None where it has none or lies outside the municipality."""
        if not line.position:
            return None
        point = plane.on_plane(*line.position)
        return point if self._near(code, point) else None

    def _may_lie_in(self, code: str, line: PostalLine) -> bool:
        return line.position is None or self._near(code, plane.on_plane(*line.position))

    def _near(self, code: str, point: Point) -> bool:
        if border := self.borders.get(code):
            return outlines.inside(point, border) or outlines.nearest_corner_m(point, border) <= BESIDE_M
        return plane.metres(point, self.known[code].seat) <= FARTHEST_M

    def _named(self, text: str) -> list[str]:
        """Codes of the municipalities called so; a double name ("Deatnu - Tana") counts by its parts."""
        parts = [names.normalise(part) for part in text.replace("/", " - ").split(" - ")]
        return [code for part in dict.fromkeys(parts) for code in self._by_name.get(part, ())]

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for municipality in self.known.values():
            for name in municipality.names:
                found.setdefault(name, []).append(municipality.code)
        return found

    def _told_by_position(self, codes: list[str], line: PostalLine) -> str:
        several = list(dict.fromkeys(codes))
        if not several:
            raise NotPlaced(UNKNOWN)
        if len(several) == 1 and line.number not in DIVIDED:
            return several[0]
        if not line.position:
            raise NotPlaced(UNCERTAIN)
        return self._around(several, plane.on_plane(*line.position))

    def _around(self, codes: list[str], point: Point) -> str:
        within = [code for code in codes if outlines.inside(point, self.borders.get(code, []))]
        if len(within) == 1:
            return within[0]
        nearest = sorted((plane.metres(point, self.known[code].seat), code) for code in codes)
        if len(nearest) > 1 and nearest[1][0] < MUCH_NEARER * nearest[0][0]:
            raise NotPlaced(UNCERTAIN)
        return nearest[0][1]


def _check(line: PostalLine) -> None:
    if not (len(line.code) == 4 and line.code.isascii() and line.code.isdecimal()):
        raise NotPlaced(NOT_A_CODE)
    if not line.in_use:
        raise NotPlaced(UNUSED)
    if not 0 < len(line.town) <= 60:
        raise NotPlaced(NO_TOWN)

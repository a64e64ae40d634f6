"""Reads: all offices with their areas at once, so that a list, a page or a map costs two queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rundbord.kernel import tenancy
from rundbord.organisations.models import AreaServed, Organisation
from rundbord.organisations.rules import Coverage
from rundbord.places.models import Place
from rundbord.places.queries import by_name, distance_m


@dataclass(frozen=True)
class Directory:
    """Every active office, nearest kind first and then by name, and the places each serves, by name."""

    offices: list[Organisation]
    areas: dict[UUID, list[Place]]

    def area(self, office: Organisation) -> list[Place]:
        """The places an office serves."""
        return self.areas.get(office.id, [])

    def serving(self, place: Place) -> list[Organisation]:
        """Who serves a place: by itself, through its municipality, or in one of its districts."""
        codes = {place.code, place.code[:4]}
        return [
            office
            for office in self.offices
            if any(served.code in codes or served.parent_id == place.code for served in self.area(office))
        ]

    def above(self, office: Organisation) -> list[Organisation]:
        """The active offices above it in the tree, nearest first."""
        known: dict[UUID | None, Organisation] = {each.id: each for each in self.offices}
        found: list[Organisation] = []
        while (parent := known.get(office.parent_id)) and parent not in found:
            found.append(parent)
            office = parent
        return found

    def beneath(self, office: Organisation) -> list[Organisation]:
        """The active offices right below it."""
        return [each for each in self.offices if each.parent_id == office.id]

    def neighbour(self, place: Place) -> tuple[Organisation, int] | None:
        """The office nearest to a place, and how many metres away; None if none serves any place."""
        nearest = min(
            (
                (distance_m(place, served), rank, office)
                for rank, office in enumerate(self.offices)
                for served in self.area(office)
            ),
            default=None,
            key=lambda found: found[:2],
        )
        return (nearest[2], nearest[0]) if nearest else None


def directory() -> Directory:
    """All active offices and their areas. Two queries."""
    rows = Organisation.objects.select_related("kind").filter(active=True)
    offices = list(rows.order_by("kind__rank", "name", "id"))
    areas: dict[UUID, list[Place]] = {}
    with tenancy.everywhere("anybody may ask who serves a place"):
        for served in AreaServed.objects.select_related("place"):
            areas.setdefault(served.organisation_id, []).append(served.place)
    return Directory(offices, {id_: by_name(served) for id_, served in areas.items()})


@dataclass(frozen=True)
class Covered:
    """A municipality, how well it is served, by whom, and whom to ask where nobody serves it.

    `in_parts`: only some of its districts are served.
    """

    place: Place
    coverage: Coverage
    offices: list[Organisation]
    neighbour: Organisation | None
    in_parts: bool


def covered(offices: Directory, municipalities: Iterable[Place]) -> list[Covered]:
    """How each of these municipalities is served. No query."""
    serving: dict[str, list[Organisation]] = {}
    whole: set[str] = set()
    for office in offices.offices:
        for place in offices.area(office):
            here = serving.setdefault(place.code[:4], [])
            whole.add(place.code)
            if office not in here:
                here.append(office)
    return [_covered(offices, place, serving.get(place.code, []), whole) for place in municipalities]


def _covered(offices: Directory, place: Place, here: list[Organisation], whole: set[str]) -> Covered:
    if not here:
        near = offices.neighbour(place)
        return Covered(place, Coverage.NOBODY, [], near[0] if near else None, in_parts=False)
    coverage = Coverage.POINT if here[0].kind.rank == 0 else Coverage.ABOVE
    return Covered(place, coverage, here, None, in_parts=place.code not in whole)

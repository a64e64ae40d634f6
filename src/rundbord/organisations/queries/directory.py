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
    """Every active office, nearest kind first and then by name, and the places each serves, by name.

    `areas` holds those that were read: all of them in `directory()`.
    """

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
        first: dict[str, tuple[Place, Organisation]] = {}
        for office in self.offices:
            for served in self.area(office):
                first.setdefault(served.code, (served, office))
        # The first of its place is of the nearest kind, and stays first among those equally far away.
        measured = ((office, distance_m(place, served)) for served, office in first.values())
        return min(measured, default=None, key=lambda found: found[1])


def directory() -> Directory:
    """All active offices and their areas. Two queries."""
    every = tree()
    return with_areas(every, every.offices)


def tree() -> Directory:
    """All active offices, as yet without areas. One query."""
    rows = Organisation.objects.select_related("kind").filter(active=True)
    return Directory(list(rows.order_by("kind__rank", "name", "id")), {})


def with_areas(tree: Directory, offices: Iterable[Organisation]) -> Directory:
    """The same with the areas of these offices, for a page that shows a few of many. One query."""
    ids = [office.id for office in offices]
    areas: dict[UUID, list[Place]] = {}
    with tenancy.everywhere("anybody may ask who serves a place"):
        for served in AreaServed.objects.select_related("place").filter(organisation__in=ids):
            areas.setdefault(served.organisation_id, []).append(served.place)
    return Directory(tree.offices, {id_: by_name(served) for id_, served in areas.items()})


@dataclass(frozen=True)
class Covered:
    """A municipality, how well it is served, and by whom. `in_parts`: only in some of its districts."""

    place: Place
    coverage: Coverage
    offices: list[Organisation]
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
    return [_covered(place, serving.get(place.code, []), place.code in whole) for place in municipalities]


def _covered(place: Place, here: list[Organisation], whole: bool) -> Covered:
    if not here:
        return Covered(place, Coverage.NOBODY, [], in_parts=False)
    coverage = Coverage.POINT if here[0].kind.rank == 0 else Coverage.ABOVE
    return Covered(place, coverage, here, in_parts=not whole)

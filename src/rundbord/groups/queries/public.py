"""What anybody may see of groups: across organisations, and never who sits there or how many."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from rundbord.groups.models import Group
from rundbord.groups.rules.states import GroupState, Newcomers, Openness, openness
from rundbord.groups.rules.terms import GroupFilters
from rundbord.kernel import tenancy, week
from rundbord.places.models import Place
from rundbord.places.queries import within

_WHY = "the list of groups is public"
_SHOWN = (GroupState.FORMING, GroupState.STARTING, GroupState.SELF_LED)
_ORDER = (Openness.OPEN, Openness.FORMING, Openness.WAITING_LIST, Openness.CLOSED)


@dataclass(frozen=True)
class PublicGroup:
    """A group as the public sees it. `place` is the area, never the address; `accessible` of its room."""

    id: UUID
    focus: str
    language: str
    slot: int
    every_weeks: int
    digital: bool
    place: Place
    women_only: bool
    young_only: bool
    accessible: bool
    openness: Openness
    organisation_id: UUID
    organisation_name: str
    organisation_phone: str


def public_list(filters: GroupFilters | None = None) -> list[PublicGroup]:
    """Groups to find, those that take people first. One query, two more with a place."""
    asked = filters or GroupFilters()
    with tenancy.everywhere(_WHY):
        rows = _public_rows().filter(listed=True, state__in=_SHOWN)
        found = [_public(row) for row in _narrowed(rows, asked)]
    return sorted(
        (group for group in found if _fits(group, asked)),
        key=lambda group: (_ORDER.index(group.openness), group.place.name, group.slot, str(group.id)),
    )


def public_group(group_id: UUID) -> PublicGroup | None:
    """One group's public page; that of its successor if it started anew; None if there is nothing to show."""
    with tenancy.everywhere(_WHY):
        row = _public_rows().filter(pk=group_id).first()
        while row is not None and row.state == GroupState.ENDED:
            row = _public_rows().filter(successor_of=row.pk).first()
        shown = row is not None and row.listed and row.state in _SHOWN
        return _public(row) if row is not None and shown else None


def open_groups(organisation_id: UUID) -> list[Group]:
    """Groups of this organisation that lead themselves and have said they take new people. One query."""
    with tenancy.scope(organisation_id):
        rows = Group.objects.select_related("room__venue", "place")
        return list(
            rows.filter(state=GroupState.SELF_LED, newcomers=Newcomers.OPEN, newcomer_places__gt=0).order_by(
                "created_at", "id"
            )
        )


def _public_rows() -> QuerySet[Group]:
    rows = Group.objects.select_related("place", "room__venue", "organisation")
    return rows.only(
        "id", "state", "newcomers", "listed", "focus", "language", "slot", "every_weeks", "digital",
        "women_only", "young_only", "place", "room__venue__accessible", "organisation__name",
        "organisation__phone",
    )  # fmt: skip


def _narrowed(rows: QuerySet[Group], asked: GroupFilters) -> Iterable[Group]:
    exact = {
        "focus": asked.focus,
        "language": asked.language,
        "digital": {"digital": True, "room": False}.get(asked.form or ""),
        "room__venue__accessible": True if asked.accessible else None,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None and value != ""})
    return rows.filter(place__in=_near(asked)) if asked.place_code else rows


def _near(asked: GroupFilters) -> list[str]:
    place = Place.objects.filter(pk=asked.place_code).first()
    return within(place, asked.within_km * 1000) if place else []


def _fits(group: PublicGroup, asked: GroupFilters) -> bool:
    return (
        (asked.weekday is None or week.weekday(group.slot) == asked.weekday)
        and (not asked.part_of_day or week.part_of_day(group.slot) == asked.part_of_day)
        and (not asked.openness or group.openness == asked.openness)
    )


def _public(row: Group) -> PublicGroup:
    return PublicGroup(
        id=row.id,
        focus=row.focus,
        language=row.language,
        slot=row.slot,
        every_weeks=row.every_weeks,
        digital=row.digital,
        place=row.place,
        women_only=row.women_only,
        young_only=row.young_only,
        accessible=row.room is not None and row.room.venue.accessible,
        openness=openness(row),
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name,
        organisation_phone=row.organisation.phone,
    )

"""What anybody may see of groups: across organisations, and never who sits there or how many."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Expression, ExpressionWrapper, F, FloatField, Min, QuerySet, Value
from django.db.models.functions import Cast

from rundbord.groups.models import Group
from rundbord.groups.rules.states import PUBLIC_ORDER, GroupState, Newcomers, Openness, openness
from rundbord.groups.rules.terms import GroupFilters
from rundbord.kernel import tenancy
from rundbord.places.models import Place
from rundbord.places.queries import distance_m, within

_WHY = "the list of groups is public"
_SHOWN = (GroupState.FORMING, GroupState.STARTING, GroupState.SELF_LED)


@dataclass(frozen=True)
class PublicGroup:
    """A group as the public sees it. `place` is the area, never the address; `accessible` of its room;
    `away_m` how far the area lies from the place asked for, None when none was."""

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
    away_m: int | None = None


def public_list(
    filters: GroupFilters | None = None, *, near: Place | None = None, start: int = 0, most: int | None = None
) -> list[PublicGroup]:
    """Groups to find, those that take people first, then the nearest. One query, two more with a place.

    `near` is the row of the filters' place, where it has been read already: one query less.
    """
    asked = filters or GroupFilters()
    place = _place(asked, near)
    if asked.place_code and place is None:
        return []
    with tenancy.everywhere(_WHY):
        rows = _narrowed(_public_rows(), asked, place).order_by(*_order(place))
        return [_public(row, place) for row in rows[start : None if most is None else start + most]]


def public_places(filters: GroupFilters | None = None) -> dict[str, Openness]:
    """Code of each place where such groups meet in a room -> the best word there. Never how many.

    One query, two more with a place.
    """
    asked = replace(filters or GroupFilters(), form="room")
    place = _place(asked, None)
    with tenancy.everywhere(_WHY):
        rows = _narrowed(Group.objects.all(), asked, place)
        best = rows.order_by().values("place").annotate(best=Min("public_order"))
        return {row["place"]: PUBLIC_ORDER[row["best"]] for row in best}


def public_group(group_id: UUID) -> PublicGroup | None:
    """One group's public page; that of its successor if it started anew; None if there is nothing to show."""
    with tenancy.everywhere(_WHY):
        row = _public_rows().filter(pk=group_id).first()
        while row is not None and row.state == GroupState.ENDED:
            row = _public_rows().filter(successor_of=row.pk).first()
        shown = row is not None and row.listed and row.state in _SHOWN
        return _public(row, None) if row is not None and shown else None


def open_groups(organisation_id: UUID) -> list[Group]:
    """Groups of this organisation that lead themselves and have said they take new people. One query."""
    with tenancy.scope(organisation_id):
        rows = Group.objects.select_related("room__venue", "place")
        return list(
            rows.filter(state=GroupState.SELF_LED, newcomers=Newcomers.OPEN, newcomer_places__gt=0).order_by(
                "created_at", "id"
            )
        )


def _place(asked: GroupFilters, known: Place | None) -> Place | None:
    if not asked.place_code or (known is not None and known.code == asked.place_code):
        return known if asked.place_code else None
    return Place.objects.filter(pk=asked.place_code).first()


def _public_rows() -> QuerySet[Group]:
    """With `accessible`, `office` and `phone` beside the group's own columns; nothing else is read."""
    rows = Group.objects.select_related("place").annotate(
        accessible=F("room__venue__accessible"),
        office=F("organisation__name"),
        phone=F("organisation__phone"),
    )
    return rows.only(
        "id", "state", "newcomers", "listed", "focus", "language", "slot", "every_weeks", "digital",
        "women_only", "young_only", "place", "organisation_id",
    )  # fmt: skip


def _narrowed(rows: QuerySet[Group], asked: GroupFilters, place: Place | None) -> QuerySet[Group]:
    exact: dict[str, Any] = {
        "focus": asked.focus,
        "language": asked.language,
        "digital": {"digital": True, "room": False}.get(asked.form or ""),
        "room__venue__accessible": True if asked.accessible else None,
        "public_order": PUBLIC_ORDER.index(Openness(asked.openness)) if asked.openness else None,
        "slot__in": asked.slots,
        "place__in": within(place, asked.within_km * 1000) if place else None,
    }
    rows = rows.filter(public_order__isnull=False)
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None and value != ""})
    if asked.county_code and not place:
        # A place's number begins with its county's.
        rows = rows.filter(place__gte=asked.county_code, place__lt=asked.county_code + ":")
    return rows


def _order(place: Place | None) -> list[Expression | str]:
    return ["public_order", *([_away(place)] if place else []), "place_id", "slot", "id"]


def _away(place: Place) -> Expression:
    """The square of the distance; in floating point, as whole numbers would not hold it."""
    east, north = (
        Cast(F(f"place__{axis}"), FloatField()) - Value(float(at))
        for axis, at in zip("xy", place.point, strict=True)
    )
    return ExpressionWrapper(east * east + north * north, output_field=FloatField())


def _public(row: Any, asked_from: Place | None) -> PublicGroup:
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
        accessible=bool(row.accessible),
        openness=openness(row),
        organisation_id=row.organisation_id,
        organisation_name=row.office,
        organisation_phone=row.phone,
        away_m=distance_m(asked_from, row.place) if asked_from else None,
    )

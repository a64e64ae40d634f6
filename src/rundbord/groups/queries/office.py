"""What the organisation sees: all it needs until hand-over, then state, openings and what the group tells."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from rundbord.groups.models import (
    Group,
    Meeting,
    MeetingState,
    Offer,
    OfferState,
    Participation,
    RequestState,
    Reserve,
    StarterRequest,
)
from rundbord.groups.rules.states import BEFORE_HAND_OVER, GroupState, Openness, openness
from rundbord.groups.rules.story import TOLD_AFTER_HAND_OVER
from rundbord.kernel import tenancy, timeline
from rundbord.kernel.models import TimelineEntry
from rundbord.signups.queries import initial, reach

_BEFORE = Q(state__in=BEFORE_HAND_OVER)


@dataclass(frozen=True)
class OfficeLine:
    """One line of the group list. From hand-over on the counts, starters and next meeting are None or empty.

    `needs`: codes of what waits for the coordinator: "starter" (nobody asked or yes), "people" (too few open
    and yes), "start" (could start), "hand_over" (all startup meetings are past).
    """

    group: Group
    openness: Openness
    places: int
    yes: int | None = None
    unanswered: int | None = None
    starters: tuple[str, ...] = ()
    next_meeting: datetime | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficePerson:
    """Somebody offered a place: an initial and where her answer stands. `by_voice`: no letter reaches her."""

    offer: Offer
    participation: Participation | None
    initial: str
    by_voice: bool


@dataclass(frozen=True)
class OfficeGroup:
    """The page of one group. People, reserves, requests and meetings are empty from hand-over on."""

    line: OfficeLine
    people: list[OfficePerson] = field(default_factory=list)
    reserves: int = 0
    requests: list[StarterRequest] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    history: list[TimelineEntry] = field(default_factory=list)


def office_list(organisation_id: UUID, *, ended: bool = False) -> list[OfficeLine]:
    """The organisation's groups, newest first, those that have ended only if asked for. Two queries."""
    with tenancy.scope(organisation_id):
        rows = _rows().order_by("-created_at", "id")
        return [_line(row) for row in (rows if ended else rows.exclude(state=GroupState.ENDED))]


def office_group(organisation_id: UUID, group_id: UUID) -> OfficeGroup | None:
    """One group of this organisation, or None. A constant number of queries."""
    with tenancy.scope(organisation_id):
        row = _rows().filter(pk=group_id).first()
        if row is None:
            return None
        told = timeline.history(row.id)
        if row.state not in BEFORE_HAND_OVER:
            return OfficeGroup(_line(row), history=list(told.filter(verb__in=TOLD_AFTER_HAND_OVER)))
        return OfficeGroup(
            line=_line(row),
            people=_people(row),
            reserves=Reserve.objects.filter(group=row).count(),
            requests=list(row.requests.select_related("starter").order_by("asked_at", "id")),
            meetings=list(row.meetings.order_by("starts_at")),
            history=list(told),
        )


def get(organisation_id: UUID, group_id: UUID) -> Group | None:
    """One group of this organisation, with its place and room. One query."""
    with tenancy.scope(organisation_id):
        return Group.objects.select_related("place", "room__venue").filter(pk=group_id).first()


def participation(organisation_id: UUID, participation_id: UUID) -> Participation | None:
    """One participation of this organisation, with its group and wish. One query."""
    with tenancy.scope(organisation_id):
        rows = Participation.objects.select_related("group", "signup")
        return rows.filter(pk=participation_id).first()


def offers_by_voice(organisation_id: UUID) -> list[OfficePerson]:
    """Open offers to people no letter reaches: they are rung. Soonest to run out first. One query."""
    with tenancy.scope(organisation_id):
        rows = Offer.objects.filter(state=OfferState.OPEN).select_related("signup", "group")
        people = [_person(offer, {}) for offer in rows.order_by("expires_at", "id")]
    return [person for person in people if person.by_voice]


def _rows() -> QuerySet[Group]:
    yes = StarterRequest.objects.filter(state__in=[RequestState.YES, RequestState.ASKED])
    present = Q(participations__left_at__isnull=True, participations__isnull=False)
    rows = Group.objects.select_related("place", "room__venue")
    return rows.prefetch_related(
        Prefetch("requests", yes.select_related("starter").order_by("asked_at", "id"), to_attr="asked")
    ).annotate(
        yes=Count("participations", filter=present, distinct=True),
        unanswered=Count("offers", filter=Q(offers__state=OfferState.OPEN), distinct=True),
        next_at=Min("meetings__starts_at", filter=Q(meetings__state=MeetingState.PLANNED)),
    )


def _line(row: Group) -> OfficeLine:
    plain = OfficeLine(row, openness(row), row.newcomer_places)
    if row.state not in BEFORE_HAND_OVER:
        return plain
    said_yes = [request.starter for request in row.asked if request.state == RequestState.YES]  # type: ignore[attr-defined]
    return OfficeLine(
        row,
        plain.openness,
        plain.places,
        yes=row.yes,  # type: ignore[attr-defined]
        unanswered=row.unanswered,  # type: ignore[attr-defined]
        starters=tuple(starter.first_name for starter in said_yes),
        next_meeting=row.next_at,  # type: ignore[attr-defined]
        needs=tuple(_needs(row, bool(said_yes))),
    )


def _needs(row: Group, has_starter: bool) -> list[str]:
    yes, unanswered = row.yes, row.unanswered  # type: ignore[attr-defined]
    if row.state == GroupState.STARTING:
        return [] if row.next_at else ["hand_over"]  # type: ignore[attr-defined]
    startable = yes >= row.floor and (has_starter or row.self_start)
    checks = {
        "starter": not row.self_start and not row.asked,  # type: ignore[attr-defined]
        "people": yes + unanswered < row.enough,
        "start": startable and not unanswered,
    }
    return [code for code, wanted in checks.items() if wanted]


def _people(row: Group) -> list[OfficePerson]:
    present = Participation.objects.filter(group=row, left_at__isnull=True)
    seated = {each.signup_id: each for each in present}
    offers = Offer.objects.filter(group=row).select_related("signup").order_by("sent_at", "id")
    return [_person(offer, seated) for offer in offers]


def _person(offer: Offer, seated: dict[UUID, Participation]) -> OfficePerson:
    return OfficePerson(
        offer=offer,
        participation=seated.get(offer.signup_id),
        initial=initial(offer.signup),
        by_voice=reach(offer.signup) is None,
    )

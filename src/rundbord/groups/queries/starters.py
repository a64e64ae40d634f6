"""What a starter sees: what she is asked, whom to ring, her meetings with their guide."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Prefetch

from rundbord.groups.models import (
    Group,
    GroupState,
    Meeting,
    MeetingKind,
    MeetingState,
    Participation,
    RequestState,
    StarterRequest,
)
from rundbord.groups.rules import MeetingGuide, guide, place_in_course
from rundbord.groups.rules.states import BEFORE_HAND_OVER
from rundbord.kernel import clock, tenancy
from rundbord.people.models import Starter

_IN_HAND = (RequestState.ASKED, RequestState.YES)


@dataclass(frozen=True)
class Call:
    """One person to ring before the first meeting. `contact` as she gave it, e-mail or number."""

    participation: Participation
    name: str
    contact: str
    contact_kind: str
    called: bool
    pledged: bool


@dataclass(frozen=True)
class StartupMeeting:
    """A startup meeting, which one it is, its guide, and what is ticked."""

    meeting: Meeting
    number: int
    guide: MeetingGuide
    ticks: frozenset[str]


@dataclass(frozen=True)
class Start:
    """A group the starter has said yes to, until hand-over; afterwards only the return visit is left."""

    group: Group
    request: StarterRequest
    calls: list[Call] = field(default_factory=list)
    meetings: list[StartupMeeting] = field(default_factory=list)
    visit_at: datetime | None = None

    @property
    def next_meeting(self) -> StartupMeeting | None:
        """The first one not settled yet."""
        planned = (each for each in self.meetings if each.meeting.state == MeetingState.PLANNED)
        return next(planned, None)

    @property
    def leaves_on(self) -> date | None:
        """The day of the last startup meeting: the date of departure."""
        staying = [each.meeting for each in self.meetings if each.meeting.state in _COUNTS]
        return clock.local(staying[-1].starts_at).date() if staying else None


_COUNTS = (MeetingState.PLANNED, MeetingState.HELD)


@dataclass(frozen=True)
class StarterDesk:
    """Everything on a starter's page."""

    asked: list[StarterRequest]
    starts: list[Start]


def starts_in_progress(starter_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many groups not yet handed over each starter is asked for or has said yes to. One query."""
    rows = StarterRequest.objects.filter(
        starter__in=list(starter_ids), state__in=_IN_HAND, group__state__in=BEFORE_HAND_OVER
    )
    return dict(rows.values_list("starter").annotate(Count("id")).order_by())


def for_starter(starter: Starter) -> StarterDesk:
    """What the starter is asked and what she has in hand, oldest first. Five queries, however many."""
    with tenancy.scope(starter.organisation_id):
        rows = StarterRequest.objects.filter(starter=starter, state__in=_IN_HAND)
        rows = rows.exclude(group__state=GroupState.ENDED).order_by("asked_at", "id")
        requests = list(
            rows.select_related("group__place", "group__room__venue").prefetch_related(*_with_people())
        )
    asked = [r for r in requests if r.state == RequestState.ASKED]
    return StarterDesk(asked, [_start(r) for r in requests if r.state == RequestState.YES])


def start_of(starter: Starter, group_id: UUID) -> Start | None:
    """One of the starter's starts; None if it is not hers."""
    return next((start for start in for_starter(starter).starts if start.group.id == group_id), None)


def _with_people() -> tuple[Prefetch, Prefetch]:
    present = Participation.objects.filter(left_at__isnull=True).select_related("signup")
    return (
        Prefetch("group__participations", present.order_by("joined_at", "id"), to_attr="present"),
        Prefetch("group__meetings", Meeting.objects.order_by("starts_at"), to_attr="planned"),
    )


def _start(request: StarterRequest) -> Start:
    group = request.group
    if group.state not in BEFORE_HAND_OVER:
        return Start(group, request, visit_at=_visit(group))
    return Start(
        group,
        request,
        calls=[_call(participation) for participation in group.present],  # type: ignore[attr-defined]
        meetings=_startup(group),
    )


def _visit(group: Group) -> datetime | None:
    planned = (m for m in group.planned if m.kind == MeetingKind.VISIT)  # type: ignore[attr-defined]
    return next((m.starts_at for m in planned if m.state == MeetingState.PLANNED), None)


def _call(participation: Participation) -> Call:
    signup = participation.signup
    return Call(
        participation,
        signup.first_name,
        signup.contact,
        signup.contact_kind,
        participation.called_at is not None,
        participation.pledged_at is not None,
    )


def _startup(group: Group) -> list[StartupMeeting]:
    startup = [m for m in group.planned if m.kind == MeetingKind.STARTUP]  # type: ignore[attr-defined]
    return [_with_guide(meeting, startup, group.startup_meetings) for meeting in startup]


def _with_guide(meeting: Meeting, startup: list[Meeting], total: int) -> StartupMeeting:
    number = min(place_in_course(meeting, startup), total)
    return StartupMeeting(meeting, number, guide(number, total), frozenset(meeting.ticks))

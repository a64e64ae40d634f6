"""What a person sees of her offer and her group: only her own, and only while she takes part."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rundbord.groups.models import (
    Absence,
    GroundRule,
    Group,
    GroupState,
    Meeting,
    MeetingState,
    Notice,
    Offer,
    OfferState,
    Participation,
    RequestState,
    StarterRequest,
)
from rundbord.groups.rules.states import AFTER_HAND_OVER
from rundbord.kernel import tenancy
from rundbord.signups.models import SignUp

COMING = 12  # meetings shown


@dataclass(frozen=True)
class OfferedPlace:
    """An offer as the person reads it: not the address, which follows a yes (TRUST.md)."""

    offer: Offer
    group: Group
    starter_names: list[str]


@dataclass(frozen=True)
class ComingMeeting:
    """A planned meeting. `absent`: this person cannot come; `away`: first names of all who cannot."""

    meeting: Meeting
    absent: bool
    away: list[str]


@dataclass(frozen=True)
class WrittenNotice:
    """A notice and who wrote it; "" for somebody who has left."""

    notice: Notice
    writer: str
    from_starter: bool


@dataclass(frozen=True)
class MyGroup:
    """The group page of one participant."""

    group: Group
    participation: Participation
    names: list[str]
    starter_names: list[str]
    meetings: list[ComingMeeting]
    rules: list[GroundRule]
    notices: list[WrittenNotice]

    @property
    def next_meeting(self) -> ComingMeeting | None:
        """The next one, if any is planned."""
        return self.meetings[0] if self.meetings else None

    @property
    def self_led(self) -> bool:
        """Whether the group has been handed over."""
        return self.group.state in AFTER_HAND_OVER


@dataclass(frozen=True)
class MyPlace:
    """What there is for a wish: an open offer, or a group, or neither."""

    offered: OfferedPlace | None = None
    mine: MyGroup | None = None


def for_signup(signup: SignUp, now: datetime) -> MyPlace:
    """The person's open offer or her group with everything on its page. A constant number of queries."""
    with tenancy.scope(signup.organisation_id):
        offer = _offer(signup)
        if offer is not None:
            return MyPlace(offered=OfferedPlace(offer, offer.group, _starter_names(offer.group)))
        participation = _participation(signup)
        return MyPlace(mine=_my_group(participation, now) if participation else None)


def offer_of(signup: SignUp, offer_id: UUID) -> Offer | None:
    """One of the person's own offers, in any state."""
    with tenancy.scope(signup.organisation_id):
        return Offer.objects.select_related("group__place").filter(pk=offer_id, signup=signup).first()


def meeting_of(signup: SignUp, meeting_id: UUID) -> Meeting | None:
    """A meeting of the group the person is in."""
    with tenancy.scope(signup.organisation_id):
        mine = Participation.objects.filter(signup=signup, left_at__isnull=True).values("group")
        return Meeting.objects.filter(pk=meeting_id, group__in=mine).first()


def _offer(signup: SignUp) -> Offer | None:
    rows = Offer.objects.select_related("group__place", "group__room__venue")
    return rows.filter(signup=signup, state=OfferState.OPEN).first()


def _participation(signup: SignUp) -> Participation | None:
    rows = Participation.objects.select_related("group__place", "group__room__venue", "signup")
    return rows.filter(signup=signup, left_at__isnull=True).exclude(group__state=GroupState.ENDED).first()


def _my_group(participation: Participation, now: datetime) -> MyGroup:
    group = participation.group
    people = Participation.objects.filter(group=group).select_related("signup").order_by("joined_at", "id")
    names = {person.id: person.signup.first_name for person in people if person.left_at is None}
    return MyGroup(
        group=group,
        participation=participation,
        names=list(names.values()),
        starter_names=_starter_names(group),
        meetings=_coming(group, participation, names, now),
        rules=list(group.ground_rules.order_by("number")),
        notices=[_written(notice, names) for notice in group.notices.order_by("-at", "id")],
    )


def _starter_names(group: Group) -> list[str]:
    """First names of those who start the group; none once it leads itself."""
    if group.state in AFTER_HAND_OVER:
        return []
    rows = StarterRequest.objects.filter(group=group, state=RequestState.YES).select_related("starter")
    return [request.starter.first_name for request in rows.order_by("answered_at", "id")]


def _coming(group: Group, mine: Participation, names: dict[UUID, str], now: datetime) -> list[ComingMeeting]:
    ahead = group.meetings.filter(state=MeetingState.PLANNED, ends_at__gt=now).order_by("starts_at")
    meetings = list(ahead[:COMING])
    said = Absence.objects.filter(meeting__in=meetings).values_list("meeting_id", "participation_id")
    away: dict[UUID, list[UUID]] = {meeting.id: [] for meeting in meetings}
    for meeting_id, participation_id in said.order_by("said_at", "id"):
        away[meeting_id].append(participation_id)
    return [
        ComingMeeting(m, mine.id in away[m.id], [names[p] for p in away[m.id] if p in names])
        for m in meetings
    ]


def _written(notice: Notice, names: dict[UUID, str]) -> WrittenNotice:
    writer = notice.from_participation_id
    return WrittenNotice(notice, names.get(writer, "") if writer else "", notice.from_starter)

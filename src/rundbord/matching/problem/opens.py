"""Groups with free places, as the engine sees them: being formed, or opened by their own decision."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch

from rundbord.groups.models import Group, MeetingState, Seat
from rundbord.groups.rules import LIVE, GroupState, Newcomers, OfferState, still_takes_people
from rundbord.matching.problem.rows import Row, audiences, caution, municipality, postal_number
from rundbord.signups.models import SignUp
from rundbord.topics.catalogue import frame_codes, language_codes


def with_places(now: datetime, offer_hours: int) -> list[Group]:
    """Groups of the organisation in scope that may take somebody now, with `held` seats. Four queries."""
    seats = Prefetch("seats", Seat.objects.select_related("signup__place"), to_attr="held")
    rows = Group.objects.filter(state__in=LIVE).select_related("room__venue", "place")
    found = rows.prefetch_related(seats, "offers", "meetings").order_by("created_at", "id")
    answer_by = now + timedelta(hours=offer_hours)
    return [group for group in found if _takes(group, answer_by) and places(group) > 0]


def _takes(group: Group, answer_by: datetime) -> bool:
    if group.focus not in frame_codes() or group.language not in language_codes():
        return False
    if group.state == GroupState.SELF_LED:
        return group.newcomers == Newcomers.OPEN
    meetings = [m for m in group.meetings.all() if m.state in (MeetingState.PLANNED, MeetingState.HELD)]
    return still_takes_people(group.state, meetings[0].starts_at if meetings else None, answer_by)


def places(group: Group) -> int:
    """Chairs nobody holds; in a group that leads itself, no more than it has said."""
    room = group.room.capacity - (not group.self_start) if group.room else group.ceiling
    free = min(group.ceiling, room) - len(group.held)  # type: ignore[attr-defined]
    if group.state != GroupState.SELF_LED:
        return free
    asked = sum(offer.state == OfferState.OPEN for offer in group.offers.all())
    return min(free, group.newcomer_places - asked)


def row(group: Group, id: str, munis: Mapping[str, int]) -> Row:
    """An open group of the format."""
    return {
        "id": id, "frame": frame_codes().index(group.focus), "lang": language_codes().index(group.language),
        "audience": audiences(group), "slot": group.slot, "venue": _venue(group), "free": places(group),
        "members": [_member(seat.signup, munis) for seat in group.held]  # type: ignore[attr-defined]
        or [{"id": f"m-{group.id.hex}", "pc": -1, "muni": -1, "discretion": 0}],
    }  # fmt: skip


def _venue(group: Group) -> Row | None:
    if group.digital:
        return None
    if group.room is None:  # outdoors, or a place of the group's own
        return {"x": group.place.x, "y": group.place.y, "accessible": False}
    venue = group.room.venue
    return {"x": venue.x, "y": venue.y, "accessible": venue.accessible}


def _member(signup: SignUp, munis: Mapping[str, int]) -> Row:
    return {
        "id": f"m-{signup.id.hex}", "pc": postal_number(signup.place, signup.postal_code),
        "muni": munis[municipality(signup.place)], "discretion": caution(signup),
    }  # fmt: skip


def unwelcome(groups: Iterable[Group], waiting: Iterable[SignUp]) -> dict[UUID, set[UUID]]:
    """For each group, those who have been asked for it before, or who want a starter where there is none."""
    people = list(waiting)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for group in groups:
        found[group.id] |= {offer.signup_id for offer in group.offers.all()}
        if group.self_start and group.state in (GroupState.FORMING, GroupState.STARTING):
            found[group.id] |= {signup.id for signup in people if not signup.self_start_ok}
    return found

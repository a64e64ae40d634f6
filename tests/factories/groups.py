"""Invented people, starters and groups; groups are made through the room's own verbs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from rundbord.groups import actions
from rundbord.groups.models import Group, Meeting, Offer, Participation
from rundbord.groups.rules import GroupTerms
from rundbord.kernel import tenancy
from rundbord.kernel.ids import new_id
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people.models import Starter
from rundbord.signups.models import SignUp
from rundbord.signups.rules import SignUpState
from tests.factories.organisations import RoomFactory, VenueFactory, place

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday morning
TUESDAY_EVENING = 9
STAFF = Actor("staff", new_id())
_numbers: Iterator[int] = count(1)


def signup(organisation: Organisation, **facts: Any) -> SignUp:
    """Somebody who waits for a place."""
    n = next(_numbers)
    given: dict[str, Any] = {
        "state": SignUpState.WAITING,
        "first_name": f"Kari{n}",
        "contact_kind": "email",
        "contact": f"kari{n}@example.org",
        "contact_index": n.to_bytes(32, "big"),
        "ui_language": "en",
        "place": place(),
        "slots": [TUESDAY_EVENING],
        "languages": ["no"],
        "age_band": "31-45",
        "focus": ["mixed"],
        "consent_version": "1",
        "created_at": NOW - timedelta(weeks=5),
        "confirmed_at": NOW - timedelta(weeks=4),
        "waiting_since": NOW - timedelta(weeks=4),
        "state_since": NOW - timedelta(weeks=4),
    }
    with tenancy.scope(organisation.id):
        return SignUp.objects.create(organisation=organisation, **(given | facts))


def signups(organisation: Organisation, number: int, **facts: Any) -> list[SignUp]:
    """So many who wait."""
    return [signup(organisation, **facts) for _ in range(number)]


def starter(organisation: Organisation, **facts: Any) -> Starter:
    """A starter who can take two groups at once."""
    n = next(_numbers)
    given: dict[str, Any] = {
        "first_name": f"Anne{n}",
        "email": f"anne{n}@example.org",
        "email_index": n.to_bytes(32, "big"),
        "ui_language": "en",
        "languages": ["no"],
        "place": place(),
        "slots": [TUESDAY_EVENING],
        "concurrent_starts": 2,
        "created_at": NOW - timedelta(weeks=20),
    }
    with tenancy.scope(organisation.id):
        return Starter.objects.create(organisation=organisation, **(given | facts))


def terms(organisation: Organisation, **facts: Any) -> GroupTerms:
    """A mixed group on Tuesday evenings in a room of its own, with a starter of its own."""
    given: dict[str, Any] = {
        "slot": TUESDAY_EVENING,
        "focus": "mixed",
        "language": "no",
        "place_code": place().code,
    }
    if not facts.get("digital") and "room_id" not in facts:
        with tenancy.scope(organisation.id):
            given["room_id"] = RoomFactory(venue=VenueFactory(organisation=organisation)).id
    if "starter_id" not in facts:
        given["starter_id"] = starter(organisation).id
    return GroupTerms(**(given | facts))


def formed(
    organisation: Organisation, people: int = 6, reserves: int = 0, now: datetime = NOW, **facts: Any
) -> Group:
    """A group being formed, with offers out."""
    return actions.form_group(
        organisation=organisation,
        terms=terms(organisation, **facts),
        signups=signups(organisation, people),
        reserves=signups(organisation, reserves),
        by=STAFF,
        now=now,
    )


def offers(group: Group) -> list[Offer]:
    """The group's offers in the order of its seats; those without a seat last."""
    with tenancy.scope(group.organisation_id):
        rows = Offer.objects.filter(group=group).select_related("signup")
        return list(rows.order_by("signup__seat__number", "id"))


def says_yes(offer: Offer, now: datetime = NOW) -> Participation:
    """The person says yes."""
    return actions.accept_offer(offer=offer, by=Actor("person", offer.signup_id), now=now)


def starter_answers(group: Group, yes: bool = True, now: datetime = NOW) -> None:
    """Everybody who has been asked to start it answers."""
    with tenancy.scope(group.organisation_id):
        asked = list(group.requests.filter(state="asked"))
    for request in asked:
        actions.answer_request(request=request, yes=yes, by=Actor("starter", request.starter_id), now=now)


def fresh(group: Group) -> Group:
    """The group as it is now."""
    with tenancy.scope(group.organisation_id):
        return Group.objects.get(pk=group.pk)


def started(organisation: Organisation, people: int = 6, now: datetime = NOW, **facts: Any) -> Group:
    """A group with all yes and its startup meetings planned."""
    group = formed(organisation, people, now=now, **facts)
    starter_answers(group, now=now)
    for offer in offers(group):
        says_yes(offer, now)
    return fresh(group)


def meetings(group: Group, **facts: Any) -> list[Meeting]:
    """The group's meetings in order of time."""
    with tenancy.scope(group.organisation_id):
        return list(Meeting.objects.filter(group=group, **facts).order_by("starts_at"))


def people(group: Group) -> list[Participation]:
    """Those who take part now."""
    with tenancy.scope(group.organisation_id):
        rows = Participation.objects.filter(group=group, left_at__isnull=True).select_related("signup")
        return list(rows.order_by("joined_at", "id"))


def hold_all(group: Group) -> datetime:
    """All startup meetings are held; the moment after the last."""
    startup = meetings(group, kind="startup")
    for meeting in startup:
        actions.mark_held(meeting=meeting, by=STAFF, now=meeting.ends_at)
    return startup[-1].ends_at


def self_led(organisation: Organisation, people: int = 6, now: datetime = NOW, **facts: Any) -> Group:
    """A group that has been handed over, right after its last startup meeting."""
    group = started(organisation, people, now, **facts)
    actions.hand_over(group=group, by=STAFF, now=hold_all(group))
    return fresh(group)

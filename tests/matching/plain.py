"""Proposals judged by plain facts in the rows: an independent reading of the rules, without the engine."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from math import hypot

from rundbord.matching.models import Proposal
from rundbord.people.models import Starter
from rundbord.places.queries import point
from rundbord.signups.models import SignUp
from rundbord.topics.catalogue import AgeBand
from rundbord.venues.queries import lent_slots

YOUNG = 30


def faults(proposals: Iterable[Proposal]) -> list[str]:
    """Everything that is wrong with these proposals (as `queries.board` gives them), in words."""
    found = list(proposals)
    return [*across(found), *(fault for proposal in found for fault in of_one(proposal))]


def across(proposals: list[Proposal]) -> Iterator[str]:
    """Nobody and nothing is counted on twice."""
    people = Counter(seat.signup_id for proposal in proposals for seat in proposal.placed)
    yield from (f"{id} is in two proposals" for id, times in people.items() if times > 1)
    rooms = Counter((p.room_id, p.slot) for p in proposals if p.room_id and not p.joins_id)
    yield from (f"room {id} is used twice at {slot}" for (id, slot), times in rooms.items() if times > 1)
    starts = Counter((p.starter_id, p.slot) for p in proposals if p.starter_id)
    yield from (f"starter {id} starts two at {slot}" for (id, slot), times in starts.items() if times > 1)
    for starter, times in Counter(p.starter for p in proposals if p.starter).items():
        if times > starter.concurrent_starts:
            yield f"starter {starter.id} starts {times}"


def of_one(proposal: Proposal) -> Iterator[str]:
    """One proposal by itself."""
    people = [seat.signup for seat in proposal.placed]
    if not proposal.joins_id:
        yield from group_faults(proposal, people)
    for person in people:
        yield from (f"{person.id} {fault}" for fault in person_faults(proposal, person))
    for one, other in combinations(people, 2):
        if neighbours(one, other):
            yield f"{one.id} and {other.id} live near one another"


def group_faults(proposal: Proposal, people: list[SignUp]) -> Iterator[str]:
    """Size, room and starter."""
    if not 6 <= len(people) <= 8:
        yield f"{len(people)} people"
    if proposal.digital == bool(proposal.room):
        yield "neither digital nor in a room"
    if proposal.room:
        if len(people) + bool(proposal.starter) > proposal.room.capacity:
            yield "the room is too small"
        if proposal.slot not in proposal.room.slots:
            yield "the room is not offered then"
        if (proposal.room_id, proposal.slot) in lent_slots(proposal.organisation_id):
            yield "the room is lent"
    if proposal.starter:
        yield from starter_faults(proposal, proposal.starter)


def starter_faults(proposal: Proposal, starter: Starter) -> Iterator[str]:
    """A starter who cannot."""
    if not starter.active or proposal.slot not in starter.slots:
        yield "the starter is not free"
    if proposal.language not in starter.languages:
        yield "the starter speaks another language"
    if proposal.women_only and not starter.woman:
        yield "the starter is no woman"
    if proposal.digital and not starter.digital:
        yield "the starter does not start digital groups"
    if proposal.room and (not starter.physical or too_far(proposal, starter)):
        yield "the starter does not reach the room"


def person_faults(proposal: Proposal, person: SignUp) -> Iterator[str]:
    """A person who does not belong there."""
    if proposal.slot not in person.slots or proposal.slot in person.declined_slots:
        yield "cannot come"
    if proposal.focus not in person.focus:
        yield "wished for something else"
    if proposal.language not in person.languages:
        yield "speaks another language"
    if proposal.women_only and person.gender != "f":
        yield "is no woman"
    if proposal.young_only and AgeBand(person.age_band).representative_age > YOUNG:
        yield "is too old"
    if (person.women_only and not proposal.women_only) or (person.young_only and not proposal.young_only):
        yield "asked for a narrower group"
    if not (person.digital if proposal.digital else person.physical):
        yield "does not meet so"
    if proposal.room and too_far(proposal, person):
        yield "lives too far away"
    if proposal.room and person.access_needs and not proposal.room.venue.accessible:
        yield "does not get in"
    if not (proposal.starter_id or proposal.joins_id or person.self_start_ok):
        yield "wants a starter"


def too_far(proposal: Proposal, who: SignUp | Starter) -> bool:
    """Further than she goes, in a straight line."""
    x, y = point(who.place, getattr(who, "postal_code", None))
    venue = proposal.room.venue
    return hypot(x - venue.x, y - venue.y) > 1000 * who.max_km


def neighbours(one: SignUp, other: SignUp) -> bool:
    """Whether either asked not to meet the other, as far as postal codes tell; unsaid counts as near."""
    care = max(one.discretion, other.discretion)
    here, there = (person.place.parent_id or person.place_id for person in (one, other))
    if not care or here != there:
        return False
    codes = {one.postal_code, other.postal_code}
    return care == 2 or len(codes) == 1 or "" in codes

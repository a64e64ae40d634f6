"""Makes the invented county, through the same verbs as everybody uses, at times that lie behind us."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rundbord.config.demonstration import facts, offices
from rundbord.config.demonstration.people import wish
from rundbord.groups import actions as groups
from rundbord.groups import queries as group_queries
from rundbord.groups.models import Group, Offer, StarterRequest
from rundbord.kernel import clock, tenancy
from rundbord.kernel.models import OutgoingMessage
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.people.models import Starter
from rundbord.people.rules import StarterFields
from rundbord.places import queries as places
from rundbord.signups import actions as signups
from rundbord.signups.models import SignUp
from rundbord.topics.catalogue import MIXED
from rundbord.venues import actions as venues
from rundbord.venues.models import Room

WAITING = 84  # with those in groups about 120 wishes


@dataclass
class County:
    """What has been made so far, and the numbers already drawn."""

    now: datetime
    random: Random = field(default_factory=lambda: Random(2026))
    number: int = 0
    starters: dict[str, Starter] = field(default_factory=dict)
    rooms: list[Room] = field(default_factory=list)
    link: Organisation = field(init=False)
    desk: Actor = field(init=False)

    def before(self, **ago: float) -> datetime:
        """A moment that long ago."""
        return self.now - timedelta(**ago)


def make(now: datetime) -> County:
    """The whole county. Letters of the past are not sent."""
    county = County(now)
    county.link, county.desk = offices.make(county.before(days=700))
    with tenancy.scope(county.link.id):
        _houses(county)
        _starters(county)
        _courses(county)
        _groups(county)
        _waiting(county)
    groups.plan_all_ahead(now)
    with tenancy.scope(county.link.id):
        OutgoingMessage.objects.all().delete()
    return county


def _houses(county: County) -> None:
    now = county.before(days=600)
    for name, address, code, accessible, rooms in facts.HOUSES:
        about: dict[str, Any] = {
            "name": name,
            "address": address,
            "accessible": accessible,
            "by": county.desk,
            "now": now,
        }
        house = venues.add_venue(organisation=county.link, place=places.place(code), **about)
        for room, seats, slots in rooms:
            made = venues.add_room(
                venue=house, name=room, capacity=seats, slots=slots, by=county.desk, now=now
            )
            county.rooms.append(made)


def _starters(county: County) -> None:
    for name, email, code, km, digital, languages, slots, at_once, woman in facts.STARTERS:
        fields = StarterFields(
            first_name=name, email=email, place_code=code, max_km=km, digital=digital, languages=languages,
            slots=slots, concurrent_starts=at_once, woman=woman, phone="900 00 000",
        )  # fmt: skip
        county.starters[name] = people.add_starter(
            organisation=county.link, fields=fields, by=county.desk, now=county.before(days=500)
        )


def _courses(county: County) -> None:
    today = clock.local(county.now).date()
    for name, provider, code in facts.COURSES:
        signups.add_course(
            organisation=county.link, name=name, provider=provider, place=places.place(code),
            starts_on=today - timedelta(days=20), ends_on=today + timedelta(days=36),
            by=county.desk, now=county.now,
        )  # fmt: skip


def _person(county: County, now: datetime, **said: object) -> SignUp:
    """Somebody who left a wish then."""
    county.number += 1
    fields = wish(county.random, county.number, **said)  # type: ignore[arg-type]
    return signups.register_caller(
        organisation=county.link, fields=fields, channel="phone", by=county.desk, now=now
    )


def _waiting(county: County) -> None:
    for _ in range(WAITING):
        _person(county, county.before(days=county.random.randint(1, 55), hours=county.random.randint(0, 9)))
    for days in (3, 5, 8):
        resting = _person(county, county.before(days=30 + days))
        signups.pause(
            signup=resting, until=None, by=Actor("person", resting.id), now=county.before(days=days)
        )
    for days in (1, 2):
        _ring_me(county, county.before(days=days))
    _promised(county, county.before(days=5))


def _promised(county: County, now: datetime) -> None:
    """Somebody who has confirmed her wish herself; soon the week in which she hears from us is over."""
    county.number += 1
    fields = wish(county.random, county.number)
    left = signups.leave_wish(organisation=county.link, fields=fields, browser="", now=now)
    if left is None:
        raise RuntimeError("a wish by e-mail has nobody to confirm it")
    signups.confirm_wish(signup=left, by=Actor("person", left.id), now=now)


def _ring_me(county: County, now: datetime) -> None:
    """Somebody who wants to be rung, not confirmed yet."""
    county.number += 1
    number = f"900 00 {county.number:03d}"
    fields = wish(county.random, county.number, contact_kind="ring_me", contact=number)
    signups.leave_wish(organisation=county.link, fields=fields, browser="", now=now)


def _groups(county: County) -> None:
    """One in every state."""
    _self_led(county, "Anne", room=0, slot=9, began=240)
    opened = _self_led(county, "Dagny", room=6, slot=14, began=180)
    groups.set_newcomers(
        group=opened, newcomers="open", places=1, by=_a_member(opened), now=county.before(days=20)
    )
    paused = _self_led(county, "Hilde", room=11, slot=19, began=300)
    groups.pause_group(group=paused, by=_a_member(paused), now=county.before(days=30))
    ended = _self_led(county, "Bjørn", room=3, slot=4, began=400)
    groups.end_group(group=ended, reason="finished", by=_a_member(ended), now=county.before(days=60))
    _starting(county, "Gunnar", room=10, slot=14, began=37)
    _forming(county, "Elias", room=9, slot=14, yes=3)


def _formed(county: County, starter: str, room: int, slot: int, now: datetime, size: int = 6) -> Group:
    place = county.rooms[room].venue.place
    people_ = [_person(county, now - timedelta(days=20), slot=slot, home=place.code) for _ in range(size)]
    terms = groups.GroupTerms(
        slot=slot, focus=MIXED, language="no", place_code=place.code,
        room_id=county.rooms[room].id, starter_id=county.starters[starter].id,
    )  # fmt: skip
    return groups.form_group(
        organisation=county.link, terms=terms, signups=people_, reserves=[], by=county.desk, now=now
    )


def _starting(county: County, starter: str, room: int, slot: int, began: int) -> Group:
    """Everybody has said yes; the meetings that lie behind us are held."""
    formed = county.before(days=began)
    group = _formed(county, starter, room, slot, formed)
    for request in StarterRequest.objects.filter(group=group):
        by = Actor("starter", request.starter_id)
        groups.answer_request(request=request, yes=True, by=by, now=formed + timedelta(hours=5))
    for hours, offer in enumerate(Offer.objects.filter(group=group), start=6):
        by = Actor("person", offer.signup_id)
        groups.accept_offer(offer=offer, by=by, now=formed + timedelta(hours=hours))
    by = Actor("starter", county.starters[starter].id)
    for meeting in group.meetings.filter(ends_at__lt=county.now).order_by("starts_at"):
        groups.mark_held(meeting=meeting, by=by, now=meeting.ends_at)
    return _fresh(group)


def _self_led(county: County, starter: str, room: int, slot: int, began: int) -> Group:
    group = _starting(county, starter, room, slot, began)
    last = group.meetings.order_by("starts_at").last()
    if last is None:
        raise RuntimeError("a group that was to be handed over has no meetings")
    by = Actor("starter", county.starters[starter].id)
    groups.hand_over(group=group, by=by, now=last.ends_at)
    return _fresh(group)


def _forming(county: County, starter: str, room: int, slot: int, yes: int) -> Group:
    formed = county.before(hours=20)
    group = _formed(county, starter, room, slot, formed, size=7)
    for offer in Offer.objects.filter(group=group)[:yes]:
        groups.accept_offer(offer=offer, by=Actor("person", offer.signup_id), now=county.before(hours=10))
    return _fresh(group)


def _fresh(group: Group) -> Group:
    found = group_queries.get(group.organisation_id, group.id)
    if found is None:
        raise RuntimeError("a group that was just made is not there")
    return found


def _a_member(group: Group) -> Actor:
    return Actor(
        "person", group.participations.filter(left_at__isnull=True).values_list("signup", flat=True).first()
    )

"""An invented country in the database that the settings name: offices everywhere, groups by the thousand.

`python -m bench.public.country GROUPS ORGANISATIONS` fills it and prints, as JSON, how many queries the find
page took when there was a hundredth of it, and when it was whole. Seeded: every run makes the same.
"""

import json
import math
import sys
from datetime import UTC, datetime
from random import Random
from typing import Any

import django

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DIGITAL, LISTED, ACCESSIBLE = 0.15, 0.97, 0.6  # shares
STATES = [("forming", "closed"), ("starting", "closed"), *[("self_led", "closed")] * 5, ("self_led", "open"),
          ("self_led", "waiting_list"), ("paused", "closed"), ("ended", "closed")]  # fmt: skip
CORNERS = 90  # of a border; the borders of the real ones have as many when they are drawn


def fill(groups: int, organisations: int) -> None:
    """So many organisations, each with an area and a room, some with a word of their own; groups in all."""
    from rundbord.kernel import tenancy
    from rundbord.places.queries import Place, municipalities

    draw = Random(1)
    where: list[Place] = municipalities()
    with tenancy.everywhere("the whole country is made"):
        rooms = _offices(organisations, where, draw)
        _groups(groups, rooms, draw)


def _offices(number: int, where: list[Any], draw: Random) -> list[Any]:
    from rundbord.organisations.models import AreaServed, Organisation, OrganisationKind, OrganisationSetting
    from rundbord.venues.models import Room, Venue

    kind = OrganisationKind.objects.order_by("rank").first()
    there = [(n, where[n % len(where)]) for n in range(number)]
    offices = Organisation.objects.bulk_create(
        Organisation(
            kind=kind, name=f"Kontaktpunkt {n}", slug=f"kontaktpunkt-{n}", phone="69 00 00 00",
            phone_hours="10–14", created_at=NOW,
        )
        for n, _ in there
    )  # fmt: skip
    pairs = [(office, place) for office, (_, place) in zip(offices, there, strict=True)]
    AreaServed.objects.bulk_create(AreaServed(organisation=o, place=p) for o, p in pairs)
    words = [
        OrganisationSetting(organisation=o, key="word_group", value="samtalegruppe") for o in offices[::10]
    ]
    OrganisationSetting.objects.bulk_create(words)
    venues = Venue.objects.bulk_create(
        Venue(
            organisation=o, name="Huset", address="Storgata 1", place=p, x=p.x, y=p.y,
            accessible=draw.random() < ACCESSIBLE, created_at=NOW,
        )
        for o, p in pairs
    )  # fmt: skip
    return Room.objects.bulk_create(
        Room(organisation=v.organisation, venue=v, name="Møterommet", capacity=10, slots=[9]) for v in venues
    )


def _groups(number: int, rooms: list[Any], draw: Random) -> None:
    from rundbord.groups.models import Group
    from rundbord.topics.catalogue import MIXED, Topic, language_codes

    languages = ["no"] * 30 + list(language_codes())
    rows = []
    for _ in range(number):
        room, digital = draw.choice(rooms), draw.random() < DIGITAL
        state, newcomers = draw.choice(STATES)
        rows.append(
            Group(
                organisation=room.organisation, state=state, newcomers=newcomers, digital=digital,
                newcomer_places=1, listed=draw.random() < LISTED, place=room.venue.place,
                focus=MIXED if draw.random() < 0.7 else draw.choice(Topic.values),
                language=draw.choice(languages), room=None if digital else room, slot=draw.randrange(35),
                every_weeks=draw.choice([1, 1, 2]), created_at=NOW, state_since=NOW,
            )
        )  # fmt: skip
    Group.objects.bulk_create(rows, batch_size=500)


def borders() -> None:
    """A ragged ring round every municipality's seat, and round the middle of every county."""
    from rundbord.places.models import Outline, Place
    from rundbord.places.rules.outlines import fingerprint

    draw = Random(2)
    known = list(Place.objects.filter(kind="municipality"))
    rings = {place.code: _ring(place.x, place.y, 9_000, draw) for place in known}
    for county in {place.county_code for place in known}:
        within = [place for place in known if place.county_code == county]
        middle = sum(p.x for p in within) / len(within), sum(p.y for p in within) / len(within)
        rings[county] = _ring(*middle, 60_000, draw)
    Outline.objects.bulk_create(
        Outline(code=code, polygons=[[ring]], fingerprint=fingerprint([[ring]]))
        for code, ring in rings.items()
    )


def _ring(x: float, y: float, radius: float, draw: Random) -> list[list[int]]:
    turns = [2 * math.pi * n / CORNERS for n in range(CORNERS)]
    away = [radius * draw.uniform(0.8, 1.2) for _ in turns]
    ring = [
        [round(x + r * math.cos(t)), round(y + r * math.sin(t))] for t, r in zip(turns, away, strict=True)
    ]
    return [*ring, ring[0]]


def queries(address: str) -> int:
    """How many the page takes, once the process is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")
    return len(seen)


def main() -> None:
    """Fill, count, fill, count."""
    django.setup()
    from bench.public.load import FIND

    groups, organisations = map(int, sys.argv[1:3])
    borders()
    small = max(1, groups // 100), max(1, organisations // 100)
    fill(*small)
    few = queries(FIND)
    from rundbord.groups.models import Group
    from rundbord.kernel import tenancy
    from rundbord.organisations.models import AreaServed, Organisation, OrganisationSetting
    from rundbord.venues.models import Room, Venue

    with tenancy.everywhere("begun anew"):
        for table in (Group, Room, Venue, AreaServed, OrganisationSetting, Organisation):
            table.objects.all().delete()
    fill(groups, organisations)
    print(json.dumps({"few": few, "many": queries(FIND)}))


if __name__ == "__main__":
    main()

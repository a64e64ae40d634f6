"""The engine's problem of one organisation as it is now: who waits, who starts, rooms, open places."""

from datetime import datetime
from typing import Any
from uuid import UUID

from rundbord.groups.models import RequestState, StarterRequest
from rundbord.groups.rules import BEFORE_HAND_OVER
from rundbord.kernel import tenancy
from rundbord.kernel.week import SLOTS
from rundbord.matching import rules
from rundbord.matching.problem import apart, opens, rows
from rundbord.matching.problem.keys import Keys
from rundbord.organisations.queries import settings_of
from rundbord.people.models import Starter
from rundbord.places.queries import points
from rundbord.signups.queries import to_place
from rundbord.topics.catalogue import frame_codes, language_codes
from rundbord.venues import queries as venues

__all__ = ["FORMAT", "Keys", "build"]

FORMAT = "selvhjelp-match/1"
Instance = dict[str, Any]


def build(organisation_id: UUID, now: datetime, *, by_hand: bool = False) -> tuple[Instance, Keys]:
    """The instance (see the engine's format) and which row stands behind each of its ids.

    Only those who wait for a place are in it. `by_hand` allows groups down to the organisation's floor.
    """
    with tenancy.scope(organisation_id):
        settings = settings_of(organisation_id)
        keys = Keys()
        keys.give("s", to_place(organisation_id))
        keys.give("r", sorted(venues.rooms(organisation_id), key=lambda room: str(room.id)))
        keys.give("i", _starters())
        keys.give("g", opens.with_places(now, settings["offer_hours"]))
        munis = _municipalities(keys)
        tables = _tables(organisation_id, keys, munis, now)
        return _instance(organisation_id, settings, by_hand) | tables, keys


def _instance(organisation_id: UUID, settings: dict[str, Any], by_hand: bool) -> Instance:
    return {
        "format": FORMAT, "name": organisation_id.hex, "params": {}, "frames": list(frame_codes()),
        "languages": list(language_codes()), "slots": len(SLOTS), "slot_starts": [],
        "policy": rules.policy(settings, by_hand=by_hand), "weights": rules.WEIGHTS,
    }  # fmt: skip


def _tables(organisation_id: UUID, keys: Keys, munis: dict[str, int], now: datetime) -> Instance:
    free = venues.free_slots(organisation_id, keys.rooms.values())
    seekers = _seeker_rows(keys, munis, now)
    groups = [opens.row(group, id, munis) for id, group in keys.groups.items()]
    return {
        "municipalities": list(munis),
        "seekers": seekers,
        "rooms": [rows.room(room, id, free[room.id], munis) for id, room in keys.rooms.items()],
        "starters": _starter_rows(keys),
        "open_groups": groups,
        "blocked": apart.pairs(keys, seekers, groups),
    }


def _starters() -> list[Starter]:
    return list(Starter.objects.filter(active=True).select_related("place").order_by("created_at", "id"))


def _municipalities(keys: Keys) -> dict[str, int]:
    """Municipality code -> number, for every place anybody or anything is at."""
    places = [signup.place for signup in keys.signups.values()]
    places += [room.venue.place for room in keys.rooms.values()]
    places += [seat.signup.place for group in keys.groups.values() for seat in group.held]
    codes = sorted({rows.municipality(place) for place in places})
    return {code: number for number, code in enumerate(codes)}


def _seeker_rows(keys: Keys, munis: dict[str, int], now: datetime) -> list[rows.Row]:
    where = points((signup.place, signup.postal_code) for signup in keys.signups.values())
    people = zip(keys.signups.items(), where, strict=True)
    return [rows.seeker(signup, id, point, munis, now) for (id, signup), point in people]


def _starter_rows(keys: Keys) -> list[rows.Row]:
    busy: dict[UUID, list[int]] = {}
    for starter_id, slot in _starts():
        busy.setdefault(starter_id, []).append(slot)
    out = []
    for id, starter in keys.starters.items():
        taken = busy.get(starter.id, [])
        left = starter.concurrent_starts - len(taken)
        out.append(rows.starter(starter, id, starter.place.point, set(taken), left))
    return out


def _starts() -> list[tuple[UUID, int]]:
    """(starter, slot) of every start that is asked for or under way."""
    asked = StarterRequest.objects.filter(
        state__in=[RequestState.ASKED, RequestState.YES], group__state__in=BEFORE_HAND_OVER
    )
    return list(asked.values_list("starter_id", "group__slot"))

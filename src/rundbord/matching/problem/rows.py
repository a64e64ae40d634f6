"""One row of the engine's instance from one row of ours. Numbers and pseudonyms only: no name goes in."""

from datetime import datetime
from typing import Any

from rundbord.kernel.week import SLOTS
from rundbord.people.models import Starter
from rundbord.places.models import Place
from rundbord.places.rules.plane import Point
from rundbord.signups.models import SignUp
from rundbord.topics.catalogue import DEFAULT_LANGUAGE, MIXED, AgeBand, frame_codes, language_codes
from rundbord.venues.models import Room

Row = dict[str, Any]
CAN = 1  # the week grid asks "can you", not "how gladly"


def municipality(place: Place) -> str:
    """Code of the municipality a place is or lies in."""
    return place.parent_id or place.code


def postal_number(place: Place, postal_code: str) -> int:
    """A number for "lives in the same postal area"; beyond all postal codes when it was not said."""
    return int(postal_code) if postal_code.isdecimal() else 10_000 + int(municipality(place))


def frames(focus: list[str] | None) -> dict[str, int]:
    """Frame number -> rank (0 first). A wish whose focus is gone already is open to any life situation."""
    known = frame_codes()
    wished = [code for code in dict.fromkeys(focus or []) if code in known] or [MIXED]
    return {str(known.index(code)): min(rank, 2) for rank, code in enumerate(wished)}


def languages(codes: list[str]) -> list[int]:
    """Language numbers, as many as are known; Norwegian when none was said."""
    known = language_codes()
    return [known.index(code) for code in codes if code in known] or [known.index(DEFAULT_LANGUAGE)]


def modes(row: SignUp | Starter) -> list[str]:
    """The format's modes, a room first."""
    return ["physical"] * row.physical + ["digital"] * row.digital


def age(signup: SignUp) -> int:
    """Representative age of the band, in years."""
    return AgeBand(signup.age_band).representative_age


def slots(signup: SignUp) -> dict[str, int]:
    """Slots she can come at. Those she has said no to before are left out: better matched next time."""
    tired_of = set(signup.declined_slots)
    return {str(slot): CAN for slot in sorted(set(signup.slots)) if slot in SLOTS and slot not in tired_of}


def waited_weeks(signup: SignUp, now: datetime) -> int:
    """Whole weeks on the list."""
    return max(0, (now - (signup.waiting_since or signup.created_at)).days // 7)


def audiences(row: Any) -> list[str]:
    """The format's audience of a wish or a group."""
    return ["women"] * row.women_only + ["young"] * row.young_only


def caution(signup: SignUp) -> int:
    """Discretion 0-2. "Not my postal area" without a postal code means the whole municipality."""
    return 2 if signup.discretion == 1 and not signup.postal_code else signup.discretion


def seeker(signup: SignUp, id: str, point: Point, munis: dict[str, int], now: datetime) -> Row:
    """A waiting person."""
    return {
        "id": id, "x": point[0], "y": point[1], "pc": postal_number(signup.place, signup.postal_code),
        "muni": munis[municipality(signup.place)], "modes": modes(signup),
        "max_m": 1000 * signup.max_km if signup.physical else 0, "slots": slots(signup),
        "frames": frames(signup.focus), "langs": languages(signup.languages),
        "gender": signup.gender if signup.gender in ("f", "m") else "x", "age": age(signup),
        "only": audiences(signup), "discretion": caution(signup), "access": signup.access_needs,
        "self_start_ok": signup.self_start_ok, "wait_weeks": waited_weeks(signup, now), "bundle": None,
    }  # fmt: skip


def room(each: Room, id: str, free: list[int], munis: dict[str, int]) -> Row:
    """A room and the slots at which nobody has borrowed it."""
    venue = each.venue
    return {
        "id": id, "x": venue.x, "y": venue.y, "muni": munis[municipality(venue.place)],
        "capacity": each.capacity, "accessible": venue.accessible, "slots": sorted(set(free) & set(SLOTS)),
    }  # fmt: skip


def starter(each: Starter, id: str, point: Point, busy: set[int], left: int) -> Row:
    """A starter with the groups she can still start (`left`), without slots where she starts one."""
    return {
        "id": id, "x": point[0], "y": point[1], "max_m": 1000 * each.max_km if each.physical else 0,
        "modes": modes(each), "langs": languages(each.languages), "gender": "f" if each.woman else "m",
        "slots": sorted((set(each.slots) & set(SLOTS)) - busy), "capacity": max(0, left),
    }  # fmt: skip

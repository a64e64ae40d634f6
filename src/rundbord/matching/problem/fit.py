"""How one place fits one person, in numbers; and a stored proposal as the engine writes it."""

from math import isqrt
from typing import Any

from rundbord.matching.models import Proposal
from rundbord.matching.problem.keys import Keys
from rundbord.matching.problem.rows import Row, audiences
from rundbord.topics.catalogue import frame_codes, language_codes

GONE = "gone"  # stands for a room that is no longer there: the engine knows no such id


def as_group(proposal: Proposal, members: list[Any], keys: Keys) -> Row:
    """A group of the engine's format. members: ids of wishes; what the instance lacks gets an unknown id."""
    return {
        "slot": proposal.slot,
        "frame": frame_codes().index(proposal.focus),
        "lang": language_codes().index(proposal.language),
        "audience": audiences(proposal),
        "room": None if proposal.digital else keys.ids.get(proposal.room_id, GONE),
        "starter": keys.ids.get(proposal.starter_id, GONE) if proposal.starter_id else None,
        "members": [keys.ids.get(id, id.hex) for id in members],
    }


def venue(instance: Row, group: Row) -> Row | None:
    """Where a group of the format, or an open group, meets: {x, y, accessible}, or None when digital."""
    if "venue" in group:
        return group["venue"]
    return next((room for room in instance["rooms"] if room["id"] == group["room"]), None)


def fit(seeker: Row, group: Row, where: Row | None) -> Row:
    """slot_liking, frame_rank (None: cannot), distance_m (None: digital), max_m, mode_first, wait_weeks."""
    away = None if where is None else isqrt((seeker["x"] - where["x"]) ** 2 + (seeker["y"] - where["y"]) ** 2)
    mode = "digital" if where is None else "physical"
    return {
        "slot_liking": seeker["slots"].get(str(group["slot"])),
        "frame_rank": seeker["frames"].get(str(group["frame"])),
        "distance_m": away,
        "max_m": seeker["max_m"],
        "mode_first": seeker["modes"][0] == mode,
        "wait_weeks": seeker["wait_weeks"],
    }


def shared_slots(seekers: list[Row]) -> list[int]:
    """Slots everybody could come at."""
    if not seekers:
        return []
    common = set.intersection(*(set(seeker["slots"]) for seeker in seekers))
    return sorted(int(slot) for slot in common)

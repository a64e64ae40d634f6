"""Pairs who must not be proposed together beyond what the engine sees itself.

What a person has written in "not together with" is never here: a human reads it (TRUST.md).
"""

from collections import defaultdict
from itertools import product

from rundbord.matching.problem import opens
from rundbord.matching.problem.keys import Keys
from rundbord.matching.problem.rows import Row

UNSAID = 10_000  # postal numbers from here on stand for "did not say"


def pairs(keys: Keys, seekers: list[Row], groups: list[Row]) -> list[list[str]]:
    """All pairs of ids, each once."""
    found = {*_perhaps_neighbours(seekers), *_not_asked_again(keys, groups)}
    found |= {(s["id"], m["id"]) for g in groups for s, m in product(seekers, g["members"]) if _perhaps(s, m)}
    return [list(pair) for pair in sorted(found)]


def _perhaps_neighbours(seekers: list[Row]) -> set[tuple[str, str]]:
    """One will not meet her postal area, the other has not said hers, and both are of one municipality."""
    by_muni = defaultdict(list)
    for seeker in seekers:
        by_muni[seeker["muni"]].append(seeker)
    return {
        (a["id"], b["id"])
        for people in by_muni.values()
        for a, b in product((p for p in people if p["discretion"] == 1), people)
        if a is not b and _perhaps(a, b)
    }


def _perhaps(a: Row, b: Row) -> bool:
    careful = max(a["discretion"], b["discretion"]) == 1
    unsure = a["pc"] >= UNSAID or b["pc"] >= UNSAID
    return careful and unsure and a["muni"] == b["muni"]


def _not_asked_again(keys: Keys, groups: list[Row]) -> set[tuple[str, str]]:
    """Who has had an offer from an open group is not proposed for it again; see `opens.unwelcome`."""
    found = set()
    members = {group["id"]: group["members"][0]["id"] for group in groups}
    for group_id, people in opens.unwelcome(keys.groups.values(), keys.signups.values()).items():
        for signup_id in people & keys.ids.keys():
            found.add((keys.ids[signup_id], members[keys.ids[group_id]]))
    return found

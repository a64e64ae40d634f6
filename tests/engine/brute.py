"""The best solution by trying everything. For a handful of people."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

from .referee import Referee

Row = dict[str, Any]


def optimum(instance: Row) -> int:
    """The highest score of any valid solution."""
    referee = Referee(instance)
    return _best(referee, _options(instance, referee), frozenset(), [])


def _options(instance: Row, referee: Referee) -> list[Row]:
    """Every group and every join that is valid by itself."""
    ids = [s["id"] for s in instance["seekers"]]
    low, high = instance["policy"]["min_size"], instance["policy"]["max_size"]
    crowds = [set_ for size in range(low, high + 1) for set_ in combinations(ids, size)]
    found = [g for crowd in crowds for g in _groups(instance, referee, crowd)]
    return [*found, *_joins(instance, referee)]


def _groups(instance: Row, referee: Referee, crowd: tuple[str, ...]) -> list[Row]:
    people = [referee.seekers[m] for m in crowd]
    slots = set.intersection(*(set(p["slots"]) for p in people))
    frames = set.intersection(*(set(p["frames"]) for p in people))
    langs = set.intersection(*(set(p["langs"]) for p in people))
    audience = sorted(set().union(*(p["only"] for p in people)))
    rooms = [None, *(r["id"] for r in instance["rooms"])]
    starters = [None, *(i["id"] for i in instance["starters"])]
    out = []
    for slot, frame, lang, room, starter in product(slots, frames, langs, rooms, starters):
        group = {"room": room, "slot": int(slot), "frame": int(frame), "lang": lang, "audience": audience,
                 "starter": starter, "members": list(crowd)}  # fmt: skip
        if not referee.group_faults(group):
            out.append(group)
    return out


def _joins(instance: Row, referee: Referee) -> list[Row]:
    pairs = [(g["id"], s["id"]) for g in instance["open_groups"] for s in instance["seekers"]]
    joins = [{"group": g, "seeker": s} for g, s in pairs]
    return [join for join in joins if not _alone_faults(referee, join)]


def _alone_faults(referee: Referee, join: Row) -> set[str]:
    return referee.faults({"groups": [], "joins": [join]}) - {"bundle"}


def _solution(chosen: list[Row]) -> Row:
    return {
        "groups": [c for c in chosen if "members" in c],
        "joins": [c for c in chosen if "seeker" in c],
    }


def _people(option: Row) -> frozenset[str]:
    return frozenset(option["members"] if "members" in option else [option["seeker"]])


def _best(referee: Referee, options: list[Row], taken: frozenset[str], chosen: list[Row]) -> int:
    """Take or leave the first option; what cannot go with the chosen ones is dropped on the way."""
    solution = _solution(chosen)
    best = 0 if referee.faults(solution) else referee.worth(solution)
    for at, option in enumerate(options):
        more = [*chosen, option]
        if taken & _people(option) or referee.faults(_solution(more)) - {"bundle"}:
            continue
        best = max(best, _best(referee, options[at + 1 :], taken | _people(option), more))
    return best

"""The rules and the score said once more, from the format's text alone, to judge what the engine says.

Shares nothing with the engine: plain dictionaries, one sentence of the format at a time.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import isqrt
from typing import Any

Row = dict[str, Any]


class Referee:
    """Judges solutions of one instance."""

    def __init__(self, instance: Row) -> None:
        self.all = instance
        self.seekers = {s["id"]: s for s in instance["seekers"]}
        self.rooms = {r["id"]: r for r in instance["rooms"]}
        self.starters = {i["id"]: i for i in instance["starters"]}
        self.running = {g["id"]: g for g in instance["open_groups"]}
        self.enemies = {frozenset(pair) for pair in instance["blocked"]}

    def faults(self, solution: Row) -> set[str]:
        """Names of the broken rules."""
        broken: set[str] = set()
        for group in solution["groups"]:
            broken |= self.group_faults(group)
        return broken | self.join_faults(solution["joins"]) | self._shared_faults(solution)

    def group_faults(self, group: Row) -> set[str]:
        """What is wrong with one new group by itself."""
        people = [self.seekers[m] for m in group["members"]]
        place = self.rooms[group["room"]] if group["room"] else None
        helper = self.starters[group["starter"]] if group["starter"] else None
        policy = self.all["policy"]
        broken = set().union(*(self._person(p, group, place) for p in people)) | self.pair_faults(people, [])
        if not policy["min_size"] <= len(people) <= policy["max_size"]:
            broken.add("size")
        if helper is None and not (policy["self_start"] and all(p["self_start_ok"] for p in people)):
            broken.add("self-start")
        if place and group["slot"] not in place["slots"]:
            broken.add("room-free")
        if place and len(people) + (helper is not None) > place["capacity"]:
            broken.add("room-capacity")
        return broken | (self._helper(helper, group, place) if helper else set())

    def _person(self, p: Row, group: Row, place: Row | None) -> set[str]:
        audience = set(group["audience"])
        young = p["age"] <= self.all["policy"]["young_max_age"]
        broken = {
            "slot": str(group["slot"]) not in p["slots"], "frame": str(group["frame"]) not in p["frames"],
            "language": group["lang"] not in p["langs"], "only": not set(p["only"]) <= audience,
            "audience": ("women" in audience and p["gender"] != "f") or ("young" in audience and not young),
            "mode": ("physical" if place else "digital") not in p["modes"],
            "travel": place is not None and not near(p, place),
            "access": place is not None and p["access"] and not place["accessible"],
        }  # fmt: skip
        return {rule for rule, wrong in broken.items() if wrong}

    def _helper(self, helper: Row, group: Row, place: Row | None) -> set[str]:
        broken = {
            "starter-free": group["slot"] not in helper["slots"],
            "starter-language": group["lang"] not in helper["langs"],
            "starter-audience": "women" in group["audience"] and helper["gender"] != "f",
            "starter-mode": place is None and "digital" not in helper["modes"],
            "starter-travel": place is not None
            and ("physical" not in helper["modes"] or not near(helper, place)),
        }
        return {rule for rule, wrong in broken.items() if wrong}

    def pair_faults(self, newcomers: list[Row], before: list[Row]) -> set[str]:
        """Who may not be in one group: newcomers among themselves, and with those already there."""
        broken = set()
        for a, b in [*combinations(newcomers, 2), *((n, old) for n in newcomers for old in before)]:
            if frozenset((a["id"], b["id"])) in self.enemies:
                broken.add("blocked")
            strictest = max(a["discretion"], b["discretion"])
            if strictest and (a["pc"] == b["pc"] or (strictest == 2 and a["muni"] == b["muni"])):
                broken.add("discretion")
        return broken

    def join_faults(self, joins: list[Row]) -> set[str]:
        """What is wrong with newcomers of open groups by themselves."""
        broken: set[str] = set()
        joined: dict[str, list[Row]] = {}
        for join in joins:
            joined.setdefault(join["group"], []).append(self.seekers[join["seeker"]])
        for id_, people in joined.items():
            group = self.running[id_]
            broken = broken.union(*(self._person(p, group, group["venue"]) for p in people))
            broken |= self.pair_faults(people, group["members"])
            broken |= {"free-places"} if people and len(people) > group["free"] else set()
            broken |= {"join-single"} if any(p["bundle"] is not None for p in people) else set()
        return broken

    def _shared_faults(self, solution: Row) -> set[str]:
        groups, joins = solution["groups"], solution["joins"]
        where: dict[str, list[Any]] = {}
        for at, group in enumerate(groups):
            for m in group["members"]:
                where.setdefault(m, []).append(at)
        for join in joins:
            where.setdefault(join["seeker"], []).append(join["group"])
        broken = {"once"} if any(len(places) > 1 for places in where.values()) else set()
        helped = [g for g in groups if g["starter"]]
        starts = Counter(g["starter"] for g in helped)
        broken |= twice("room-once", [(g["room"], g["slot"]) for g in groups if g["room"]])
        broken |= twice("starter-once", [(g["starter"], g["slot"]) for g in helped])
        broken |= {"starter-capacity" for i, n in starts.items() if n > self.starters[i]["capacity"]}
        return broken | self._bundle_faults(where)

    def _bundle_faults(self, where: dict[str, list[Any]]) -> set[str]:
        together: dict[str, set[Any]] = {}
        for s in self.seekers.values():
            if s["bundle"] is not None:
                together.setdefault(s["bundle"], set()).add(where.get(s["id"], [None])[-1])
        return {"bundle"} if any(len(places) > 1 for places in together.values()) else set()

    def worth(self, solution: Row) -> int:
        """The score."""
        joins = sum(
            self.person_worth(
                self.seekers[j["seeker"]], self.running[j["group"]], self.running[j["group"]]["venue"]
            )
            for j in solution["joins"]
        )
        return joins + sum(self.group_worth(group) for group in solution["groups"])

    def group_worth(self, group: Row) -> int:
        """What one new group is worth, its people included."""
        w = self.all["weights"]
        people = [self.seekers[m] for m in group["members"]]
        place = self.rooms[group["room"]] if group["room"] else None
        shared = set.intersection(*(set(p["slots"]) for p in people))
        total = w["size"].get(str(len(people)), 0) + w["backup"] * min(
            w["backup_cap"], max(0, len(shared) - 1)
        )
        total += w["self_start"] if group["starter"] is None else 0
        return total + sum(self.person_worth(p, group, place) for p in people)

    def person_worth(self, p: Row, group: Row, place: Row | None) -> int:
        """What one person's place is worth."""
        w = self.all["weights"]
        total = w["place"] + w["wait_per_week"] * min(p["wait_weeks"], w["wait_cap_weeks"])
        total += (
            w["topic"][min(2, p["frames"][str(group["frame"])])] + w["slot"][p["slots"][str(group["slot"])]]
        )
        if place is None:
            total += w["digital"]
        else:
            away = isqrt((p["x"] - place["x"]) ** 2 + (p["y"] - place["y"]) ** 2)
            total += (w["travel"] * max(0, p["max_m"] - away)) // max(1, p["max_m"])
        return total + (w["mode_first"] if p["modes"][0] == ("physical" if place else "digital") else 0)


def near(one: Row, place: Row) -> bool:
    """Within the longest journey, in a straight line."""
    return (one["x"] - place["x"]) ** 2 + (one["y"] - place["y"]) ** 2 <= one["max_m"] ** 2


def twice(rule: str, uses: list[Any]) -> set[str]:
    """The rule's name if anything is used more than once."""
    return {rule} if len(set(uses)) < len(uses) else set()

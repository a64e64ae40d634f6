"""What is named for somebody left out really places her, and nothing smaller would: by trying everything.

The trying is done with the referee's rules alone, on the instance as it would be after the change.
"""

from __future__ import annotations

import copy
from itertools import combinations, product

import pytest

from rundbord.engine.explain import explain
from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import by_chance, room, starter
from .referee import Referee

AUDIENCES = [[], ["women"], ["young"], ["women", "young"]]
ORDER = ["starter", "room", "another_slot", "further", "digital", "mixed", "language", "separately"]


class Scene:
    """An instance, a solution of it, and those of a unit who look for a place."""

    def __init__(self, data, solution, ids):
        self.data, self.solution, self.ids = data, solution, ids
        self.referee = Referee(data)
        placed = {m for g in solution["groups"] for m in g["members"]} | {
            j["seeker"] for j in solution["joins"]
        }
        self.left = [s for s in data["seekers"] if s["id"] not in placed]

    def her(self):
        return [s for s in self.data["seekers"] if s["id"] in self.ids]

    def placeable(self, swaps=True):
        """Whether a valid solution has her in it, everybody else staying (or one moving) where they are."""
        return any(True for _ in self.seated(self.solution)) or self.gathers() or (swaps and self.swaps())

    def seated(self, solution, ids=None):
        """Solutions with these people on a chair of another group."""
        ids = ids or self.ids
        for at in range(len(solution["groups"])):
            more = copy.deepcopy(solution)
            more["groups"][at]["members"] += ids
            if not self.referee.faults(more):
                yield more
        for running in self.data["open_groups"]:
            joins = [{"group": running["id"], "seeker": id} for id in ids]
            more = solution | {"joins": [*solution["joins"], *joins]}
            if not self.referee.faults(more):
                yield more

    def swaps(self):
        """One single person who has a place moves first."""
        for sits in [m for g in self.solution["groups"] for m in g["members"]] + [
            j["seeker"] for j in self.solution["joins"]
        ]:
            without = copy.deepcopy(self.solution)
            for g in without["groups"]:
                g["members"] = [m for m in g["members"] if m != sits]
            without["joins"] = [j for j in without["joins"] if j["seeker"] != sits]
            for at, hers in self.hers(without, sits):
                moved = self.seated(hers, [sits])
                if any(self.where(more, sits) != at for more in moved):
                    return True
        return False

    def hers(self, without, sits):
        """(where, solution) with her on the chair that somebody has left; judged when both sit."""
        for at, g in enumerate(self.solution["groups"]):
            if sits in g["members"]:
                more = copy.deepcopy(without)
                more["groups"][at]["members"] += self.ids
                yield at, more
        for j in self.solution["joins"]:
            if j["seeker"] == sits:
                joins = [{"group": j["group"], "seeker": id} for id in self.ids]
                yield j["group"], without | {"joins": [*without["joins"], *joins]}

    @staticmethod
    def where(solution, id):
        for at, g in enumerate(solution["groups"]):
            if id in g["members"]:
                return at
        return next(j["group"] for j in solution["joins"] if j["seeker"] == id)

    def gathers(self):
        """A new group of those left, in a room and with a starter nobody uses."""
        return any(self.gather(plan) for plan in self.plans() if self.could_be_in(plan, self.her()))

    def plans(self):
        loans = {(g["room"], g["slot"]) for g in self.solution["groups"]}
        spots = [None, *(r["id"] for r in self.data["rooms"])]
        helpers = [None, *(i["id"] for i in self.data["starters"])]
        slots = sorted(set.intersection(*({int(t) for t in s["slots"]} for s in self.her())))
        frames, langs = range(len(self.data["frames"])), range(len(self.data["languages"]))
        for spot, slot, helper in product(spots, slots, helpers):
            if (spot is None or (spot, slot) not in loans) and self.starts(helper, slot):
                for frame, lang, audience in product(frames, langs, AUDIENCES):
                    yield {"room": spot, "slot": slot, "frame": frame, "lang": lang, "audience": audience,
                           "starter": helper}  # fmt: skip

    def starts(self, helper, slot):
        if helper is None:
            return True
        used = [g["slot"] for g in self.solution["groups"] if g["starter"] == helper]
        return slot not in used and len(used) < self.referee.starters[helper]["capacity"]

    def could_be_in(self, plan, people):
        return not self.referee.group_faults(plan | {"members": [s["id"] for s in people]}) - {"size"}

    def gather(self, plan):
        """Whether a valid group of that plan has her in it."""
        units = {}
        for s in self.left:
            if s["id"] not in self.ids:
                units.setdefault(s["bundle"] or s["id"], []).append(s)
        able = [unit for unit in units.values() if self.could_be_in(plan, [*self.her(), *unit])]
        most = self.data["policy"]["max_size"] - len(self.ids)
        for count in range(min(most, len(able)) + 1):
            for some in combinations(able, count):
                members = self.ids + [s["id"] for unit in some for s in unit]
                if not self.referee.group_faults(plan | {"members": members}):
                    return True
        return False


def changed(data, ids, **edit):
    """The instance with something different about these people."""
    return data | {
        "seekers": [edit["how"](copy.deepcopy(s)) if s["id"] in ids else s for s in data["seekers"]]
    }


def more_slots(slots):
    return lambda s: s | {"slots": {str(t): 0 for t in slots} | s["slots"]}


HERS = {
    "another_slot": lambda data, _: more_slots(range(data["slots"])),
    "further": lambda _, metres: lambda s: s | {"max_m": s["max_m"] + metres},
    "digital": lambda *_: lambda s: s | {"modes": list({*s["modes"], "digital"})},
    "mixed": lambda data, _: lambda s: s | {"frames": s["frames"] | {str(len(data["frames"]) - 1): 2}},
    "language": lambda data, _: lambda s: s | {"langs": list(range(len(data["languages"])))},
    "separately": lambda *_: lambda s: s | {"bundle": None},
}


def with_change(data, ids, change):
    """The instance after the change that was named, and no more than it."""
    code = change["code"]
    if code == "starter":
        woman = "f" if "women" in change["audience"] else "m"
        return data | {"starters": [*data["starters"], starter(
            9, slots=[change["slot"]], langs=[change["lang"]], gender=woman, max_m=10**6)]}  # fmt: skip
    if code == "room":
        known = next((r for r in data["rooms"] if r["id"] == change["room"]), None)
        place = known or room(x=change.get("x"), y=change.get("y"))
        return data | {"rooms": [*data["rooms"], place | {"id": "r9", "slots": [change["slot"]]}]}
    if code == "another_slot":
        return changed(data, ids, how=more_slots([change["slot"]]))
    return changed(data, ids, how=HERS[code](data, change.get("metres"))) if code in HERS else data


def with_any(data, ids, code):
    """The instance after any change of that kind; rooms: at any time where there is one."""
    if code == "starter":
        langs, slots = list(range(len(data["languages"]))), list(range(data["slots"]))
        return data | {"starters": [*data["starters"], starter(9, slots=slots, langs=langs, max_m=10**6)]}
    if code == "room":
        wide = [r | {"id": f"x{r['id']}", "slots": list(range(data["slots"]))} for r in data["rooms"]]
        return data | {"rooms": [*data["rooms"], *wide]}
    return changed(data, ids, how=HERS[code](data, 10_000))


def scenes(seed):
    """An instance with its best solution, or with one of the groups of it lost."""
    data = by_chance(seed, 16, min_size=3)
    solution = solve(load(data), seconds=None).solution
    if seed % 3 == 0:
        solution = solution | {"groups": solution["groups"][1:]}
    return data, solution


def unit(data, id, code=None):
    """Everybody she stays together with; alone where that is what changes."""
    bundle = next(s["bundle"] for s in data["seekers"] if s["id"] == id)
    together = [s["id"] for s in data["seekers"] if s["bundle"] is not None and s["bundle"] == bundle]
    return together if together and code != "separately" else [id]


def bundle(data, id):
    return unit(data, id)


@pytest.mark.parametrize("seed", range(24))
def test_every_change_named_places_her(seed):
    data, solution = scenes(seed)
    for entry in explain(load(data), solution)["left_out"]:
        for change in entry["options"]:
            after = with_change(data, bundle(data, entry["id"]), change)
            assert Scene(after, solution, unit(data, entry["id"], change["code"])).placeable(), (
                entry,
                change,
            )


@pytest.mark.parametrize("seed", range(24))
def test_nothing_smaller_would_have_placed_her(seed):
    data, solution = scenes(seed)
    for entry in explain(load(data), solution)["left_out"]:
        named = entry["change"]["code"] if entry["change"] else None
        if named == "nothing" or entry["reason"] == "wish_incomplete":
            continue
        ids = unit(data, entry["id"])
        assert not Scene(data, solution, ids).placeable(), entry
        smaller = ORDER[: ORDER.index(named)] if named else ORDER
        for code in smaller:
            if code == "separately" and len(ids) == 1:
                continue
            after = with_any(data, ids, code)
            assert not Scene(after, solution, unit(data, entry["id"], code)).placeable(False), (entry, code)


@pytest.mark.parametrize("seed", range(24))
def test_a_kilometre_less_would_not_be_enough(seed):
    data, solution = scenes(seed)
    for entry in explain(load(data), solution)["left_out"]:
        ids = unit(data, entry["id"])
        for change in entry["options"]:
            if change["code"] == "further":
                after = with_change(data, ids, change | {"metres": change["metres"] - 1000})
                assert not Scene(after, solution, ids).placeable(False), (entry, change)

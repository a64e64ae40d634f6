"""First come once more, slowly and from the words alone: what the fast one must agree with.

Plain dictionaries and the referee; nothing of the engine's, nothing compiled.
"""

from __future__ import annotations

from typing import Any

from tests.engine.referee import Referee

Row = dict[str, Any]
AUDIENCES: tuple[list[str], ...] = ([], ["women"], ["young"], ["women", "young"])


class List:
    """A person with a list, at work."""

    def __init__(self, instance: Row) -> None:
        self.all, self.referee = instance, Referee(instance)
        self.queue = sorted(instance["seekers"], key=lambda s: -s["wait_weeks"])
        self.groups: list[Row] = []
        self.joins: list[Row] = []
        self.placed: set[str] = set()

    def work(self) -> Row:
        """The whole list, from top to bottom."""
        for group in self.all["open_groups"]:
            self._fill(group)
        for person in self.queue:
            group = None if self._gone(person) else self._around(person)
            if group:
                self.groups.append(group)
                self.placed |= set(group["members"])
        return {"groups": self.groups, "joins": self.joins}

    def _gone(self, person: Row) -> bool:
        return person["id"] in self.placed or person["bundle"] is not None

    def _fill(self, group: Row) -> None:
        for person in self.queue:
            join = {"group": group["id"], "seeker": person["id"]}
            if not self._gone(person) and not self.referee.join_faults(self._with(join)):
                self.joins.append(join)
                self.placed.add(person["id"])

    def _with(self, join: Row) -> list[Row]:
        return [*(j for j in self.joins if j["group"] == join["group"]), join]

    def _around(self, person: Row) -> Row | None:
        """The first group that can be made round her."""
        slots = sorted(person["slots"], key=lambda t: (-person["slots"][t], int(t)))
        frames = sorted(person["frames"], key=lambda f: (min(2, person["frames"][f]), int(f)))
        for room in self._rooms(person):
            for slot in slots:
                for frame in frames:
                    for lang in sorted(person["langs"]):
                        for audience in AUDIENCES:
                            shape = {"room": room, "slot": int(slot), "frame": int(frame), "lang": lang,
                                     "audience": audience, "starter": None, "members": []}  # fmt: skip
                            group = self._gathered(person, shape)
                            if group:
                                return group
        return None

    def _rooms(self, person: Row) -> list[str | None]:
        def away(room: Row) -> int:
            return (room["x"] - person["x"]) ** 2 + (room["y"] - person["y"]) ** 2

        return [*(room["id"] for room in sorted(self.all["rooms"], key=away)), None]

    def _gathered(self, person: Row, shape: Row) -> Row | None:
        """She, and the longest waiting who fit; with the first starter who can, or else without."""
        used = {(g["room"], g["slot"]) for g in self.groups if g["room"]}
        if (shape["room"], shape["slot"]) in used or not self._fine(shape | {"members": [person["id"]]}):
            return None
        helper = next((i for i in self.all["starters"] if self._starts(i, shape, person)), None)
        group = shape | {"starter": helper["id"] if helper else None, "members": [person["id"]]}
        for other in self.queue:
            more = group | {"members": [*group["members"], other["id"]]}
            if other is not person and not self._gone(other) and self._fine(more):
                group = more
        return None if self.referee.group_faults(group) else group

    def _fine(self, group: Row) -> bool:
        """Nothing is wrong yet: too few is no fault while people are still coming, too many is."""
        few = len(group["members"]) <= self.all["policy"]["max_size"]
        alone = {"self-start"} if group["starter"] is None and len(group["members"]) == 1 else set()
        return few and not self.referee.group_faults(group) - {"size"} - alone

    def _starts(self, helper: Row, shape: Row, person: Row) -> bool:
        mine = [g for g in self.groups if g["starter"] == helper["id"]]
        busy = len(mine) >= helper["capacity"] or any(g["slot"] == shape["slot"] for g in mine)
        group = shape | {"starter": helper["id"], "members": [person["id"]]}
        return not busy and not self.referee.group_faults(group) - {"size", "room-capacity"}

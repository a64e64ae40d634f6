"""From the first meeting on: hand-over, people who drop out, groups that end or fall apart, open places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..draws import days_until
from .people import Group, Where

if TYPE_CHECKING:
    from .world import World


Row = dict[str, Any]


class Meeting:
    """Groups with a day for their first meeting, until they are over."""

    def __init__(self, world: World) -> None:
        self.world, self.groups = world, list[Group]()

    def begin(self, group: Group, first: int) -> None:
        """Enough have said yes: the first meeting is planned."""
        rates, founder = self.world.rates, min(group.seats)
        group.first, group.handed_over = first, first + 7 * rates.startup_weeks
        group.ends = group.handed_over + days_until(
            self.world.draws.uniform("life", founder), rates.group_ends
        )
        group.opens = self.world.draws.uniform("opens", founder) < rates.opens_places
        self.groups.append(group)

    def goes_on(self, row: Row) -> None:
        """A group that ran before the first day: only its free places matter here."""
        plan = {key: row[key] for key in ("slot", "frame", "lang", "audience")} | {
            "room": None,
            "starter": None,
        }
        group = Group(len(self.world.groups), plan, row["free"], [], -1, old=row, opens=True)
        group.first, group.handed_over = -1, -1
        chance = self.world.draws.uniform("life", row["id"])
        group.ends = days_until(chance, self.world.rates.group_ends)
        self.world.groups.append(group)
        self.groups.append(group)

    def joins(self, group: Group, id: str, day: int) -> None:
        """A newcomer's first meeting; if the group is over by now, she is back on the list."""
        if group.over is not None:
            self.world.back_to_the_list([id])
            return
        group.seats.append(id)
        self._met(group, id, day, early=False)

    def day(self, day: int) -> None:
        """First meetings, hand-overs, goodbyes of this day."""
        for group in list(self.groups):
            if group.first == day:
                for id in group.seats:
                    self._met(group, id, day, early=True)
            if group.handed_over == day:
                self.world.free_starter(group, day + 7 * self.world.rates.rest_weeks)
            self._goodbyes(group, day)

    def _met(self, group: Group, id: str, day: int, early: bool) -> None:
        rates, person = self.world.rates, self.world.people[id]
        person.where, person.met = Where.IN_GROUP, day
        weeks = rates.startup_weeks if early else 0
        chance = self.world.draws.uniform("drops out", id)
        group.out_on[id] = day + days_until(chance, rates.early_drop_out, rates.drop_out, weeks)

    def _goodbyes(self, group: Group, day: int) -> None:
        gone = [id for id in group.seats if group.out_on.get(id, day + 1) <= day]
        for id in gone:
            self._leaves(group, id)
        self.world.freed |= bool(gone) and group.opens
        begun = group.first is not None and group.first <= day
        if group.ends <= day or (begun and len(group.seats) < self._floor(group)):
            self._over(group, day)

    def _floor(self, group: Group) -> int:
        """With fewer it falls apart; never more than it may start with."""
        if group.old:
            return 0
        return min(self.world.rates.floor, self.world.rates.enough, group.invited)

    def _leaves(self, group: Group, id: str) -> None:
        self.world.people[id].where = Where.LEFT_GROUP
        group.seats.remove(id)

    def _over(self, group: Group, day: int) -> None:
        for id in list(group.seats):
            self._leaves(group, id)
        group.over = day
        self.groups.remove(group)
        self.world.free_room(group)
        if day < group.handed_over:
            self.world.free_starter(group, day)

    def with_places(self, day: int) -> list[tuple[Group, int]]:
        """Groups that lead themselves and take newcomers now, each with its free places."""
        found = [(g, self._places(g)) for g in self.groups if g.opens and g.handed_over <= day]
        return [(group, free) for group, free in found if free > 0]

    def _places(self, group: Group) -> int:
        asked = sum(join.group == group.number for join in self.world.joins)
        if group.old:
            return group.invited - len(group.seats) - asked
        room = self.world.rooms.get(group.plan["room"])
        most = min(self.world.rules["max_size"], room["capacity"] if room else 10**6)
        return most - len(group.seats) - asked

"""One year of one region under one policy, day by day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..draws import Draws
from ..policies import Policy
from ..rates import Rates
from . import matchday
from .forming import Forming
from .meeting import Meeting
from .people import Group, Join, Person, Starter, Where
from .region import Region

Row = dict[str, Any]


class World:
    """What is there on a day. news: something happened that a run could answer; people: by id, as they came.

    Every method that takes a day expects days in order.
    """

    def __init__(
        self, instance: Row, region: Region, policy: Policy, rates: Rates, draws: Draws, iterations: int
    ) -> None:
        self.instance, self.region, self.policy = instance, region, policy
        self.rates, self.draws, self.iterations = policy.rates(rates), draws, iterations
        self.rules, self.weights = policy.rules(instance["policy"]), policy.weights(instance["weights"])
        self.rooms = {row["id"]: row for row in region.rooms}
        self.starters = {helper.row["id"]: Starter(helper) for helper in region.helpers}
        self.coming = list(reversed(region.newcomers))
        self.people: dict[str, Person] = {}
        self.groups: list[Group] = []
        self.joins: list[Join] = []
        self.taken: set[tuple[str, int]] = set()  # (room, slot)
        self.came: list[str] = []
        self.freed = True  # supply or list changed otherwise than by an arrival
        self.runs = self.offers = self.declined = 0
        self.forming, self.meeting = Forming(self), Meeting(self)
        for row in instance["open_groups"]:
            self.meeting.goes_on(row)

    def live(self, days: int, go_on: Callable[[int], bool] = lambda day: True) -> None:
        """Let so many days pass; go_on(day) may stop it."""
        for day in range(days):
            if not go_on(day):
                return
            self.day(day)

    def day(self, day: int) -> None:
        """What happens on a day; the engine runs last."""
        self._come(day)
        self._lose_patience(day)
        self.forming.day(day)
        self.meeting.day(day)
        self._starters(day)
        if self._due(day):
            matchday.run(self, day)
            self.came, self.freed = [], False

    def _come(self, day: int) -> None:
        while self.coming and self.coming[-1].day <= day:
            person = Person.of(self.coming.pop())
            self.people[person.id] = person
            self.came.append(person.id)

    def _lose_patience(self, day: int) -> None:
        for person in self.people.values():
            if person.where is Where.WAITING and person.patience <= day:
                person.leave_list(day)

    def _starters(self, day: int) -> None:
        ready = any(until == day for s in self.starters.values() for until in s.starts.values())
        self.freed |= ready or any(s.helper.since == day for s in self.starters.values())

    def _due(self, day: int) -> bool:
        if self.policy.every_days and day % self.policy.every_days:
            return False
        return bool(self.came) or self.freed

    def waiting(self) -> list[Person]:
        """Those on the list without an offer, in the order in which they came."""
        return [person for person in self.people.values() if person.where is Where.WAITING]

    def back_to_the_list(self, ids: list[str]) -> None:
        """Their group came to nothing before the first meeting."""
        for id in ids:
            self.people[id].where = Where.WAITING
        self.freed |= bool(ids)

    def take(self, group: Group) -> None:
        """The group's room and starter are busy."""
        plan = group.plan
        if plan["room"] is not None:
            self.taken.add((plan["room"], plan["slot"]))
        if plan["starter"] is not None:
            self.starters[plan["starter"]].starts[group.number] = 10**9

    def free_room(self, group: Group) -> None:
        """The room is free again at that time."""
        self.taken.discard((group.plan["room"], group.plan["slot"]))
        self.freed = True

    def free_starter(self, group: Group, day: int) -> None:
        """The starter may start another group from that day on."""
        if group.plan["starter"] is not None:
            self.starters[group.plan["starter"]].starts[group.number] = day
            self.freed = True

    def asks(self, group: Group, ids: list[str]) -> None:
        """Offers go out to these people."""
        for id in ids:
            self.people[id].where = Where.ASKED
            self.people[id].offers += 1
        group.asked = ids
        self.offers += len(ids)

    def says_yes(self, person: Person, slot: int, day: int) -> bool:
        """Her answer to the offer she has. A no puts her back on the list, or she leaves it."""
        who = person.row["bundle"] or person.id  # those who stay together answer together
        if self.draws.uniform("answer", who, person.offers) >= self.rates.decline:
            return True
        self.declined += 1
        self.freed = True
        if self.draws.uniform("leaves", who, person.offers) < self.rates.no_leaves:
            person.leave_list(day)
        else:
            person.where = Where.WAITING
            person.tired_of(slot)
        return False

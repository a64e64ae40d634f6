"""From offers to a first meeting: answers, the next in line, enough or not; and newcomers of open groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .people import Group, Join, Where

if TYPE_CHECKING:
    from .world import World

UNTIL_NEXT_MEETING = 7  # days


class Forming:
    """Groups whose people have been asked, and single places offered."""

    def __init__(self, world: World) -> None:
        self.world, self.groups = world, list[Group]()

    def begin(self, plan: dict, members: list[str], reserves: list[str], day: int) -> None:
        """A new group is proposed and approved: offers go out, room and starter are held."""
        group = Group(len(self.world.groups), plan, len(members), [], day + self.world.rates.answer_days)
        group.reserves = reserves
        self.world.groups.append(group)
        self.groups.append(group)
        self.world.take(group)
        self.world.asks(group, members)

    def offer_place(self, number: int, id: str, day: int) -> None:
        """A free place in a group that runs."""
        person = self.world.people[id]
        person.where, person.offers = Where.ASKED, person.offers + 1
        self.world.offers += 1
        self.world.joins.append(Join(id, number, day + self.world.rates.answer_days))

    def day(self, day: int) -> None:
        """Answers that are due."""
        for group in [g for g in self.groups if g.answers_on == day]:
            self._answers(group, day)
        for join in [j for j in self.world.joins if j.on == day]:
            self._join(join, day)

    def _answers(self, group: Group, day: int) -> None:
        people = self.world.people
        group.seats += [id for id in group.asked if self.world.says_yes(people[id], group.plan["slot"], day)]
        next_ones = self._next(group)
        if next_ones:
            group.rounds, group.answers_on = group.rounds + 1, day + self.world.rates.answer_days
            self.world.asks(group, next_ones)
            return
        group.asked = []
        self.groups.remove(group)
        if len(group.seats) >= min(self.world.rates.enough, group.invited):
            self.world.meeting.begin(group, day + self.world.rates.first_meeting_days)
        else:
            self._comes_to_nothing(group, day)

    def _next(self, group: Group) -> list[str]:
        """Reserves who still wait, as many as there are chairs."""
        people, free = self.world.people, group.invited - len(group.seats)
        if group.rounds >= self.world.rates.rounds:
            return []
        ready = [id for id in group.reserves if people[id].where is Where.WAITING and id not in group.seats]
        ready = [id for id in ready if str(group.plan["slot"]) in people[id].row["slots"]][: max(0, free)]
        group.reserves = [id for id in group.reserves if id not in ready]
        return ready

    def _comes_to_nothing(self, group: Group, day: int) -> None:
        group.over = day
        self.world.free_room(group)
        self.world.free_starter(group, day)
        self.world.back_to_the_list(group.seats)
        group.seats = []

    def _join(self, join: Join, day: int) -> None:
        person, group = self.world.people[join.person], self.world.groups[join.group]
        if join.agreed:
            self.world.joins.remove(join)
            self.world.meeting.joins(group, join.person, day)
        elif group.over is None and self.world.says_yes(person, group.plan["slot"], day):
            join.agreed, join.on = True, day + UNTIL_NEXT_MEETING
        else:
            self.world.joins.remove(join)
            if person.where is Where.ASKED:
                self.world.back_to_the_list([join.person])

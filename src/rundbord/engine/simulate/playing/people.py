"""Who is where: people, starters and groups of a simulated year as they are on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ..draws import NEVER
from .region import Helper, Newcomer

Row = dict[str, Any]


class Where(Enum):
    """Everybody is in exactly one of these."""

    WAITING = "waiting"
    ASKED = "asked"  # has an offer, or a yes to a first meeting that is to come
    IN_GROUP = "in_group"
    LEFT_LIST = "left_list"  # before any first meeting
    LEFT_GROUP = "left_group"  # dropped out, or the group ended


@dataclass
class Person:
    """One person. Days are counted from the start; met, gone: the day of it."""

    row: Row
    came: int
    patience: int
    where: Where = Where.WAITING
    offers: int = 0
    met: int | None = None
    gone: int | None = None

    @classmethod
    def of(cls, newcomer: Newcomer) -> Person:
        """Somebody who comes now."""
        return cls(newcomer.row, newcomer.day, newcomer.patience)

    @property
    def id(self) -> str:
        """Her id."""
        return self.row["id"]

    def leave_list(self, day: int) -> None:
        """She does not wait any longer."""
        self.where, self.gone = Where.LEFT_LIST, day

    def tired_of(self, slot: int) -> None:
        """Not asked for that time again, unless it is her only one."""
        slots = {key: value for key, value in self.row["slots"].items() if key != str(slot)}
        if slots:
            self.row = self.row | {"slots": slots}


@dataclass
class Starter:
    """A starter and what she is busy with: group -> the day from which she may start another one."""

    helper: Helper
    starts: dict[int, int] = field(default_factory=dict)

    def left(self, day: int) -> int:
        """How many groups she can start today."""
        here = self.helper.since <= day < self.helper.until
        busy = sum(until > day for until in self.starts.values())
        return max(0, self.helper.row["capacity"] - busy) if here else 0


@dataclass
class Group:
    """A group from its first offers on. plan: slot, frame, lang, audience, room, starter, as in the format.

    asked: who has an offer, until `answers_on`. seats: who said yes, later who is in it. first, over: days.
    old: the instance's row of a group that ran before the first day; its own members are not followed.
    """

    number: int
    plan: Row
    invited: int
    asked: list[str]
    answers_on: int
    reserves: list[str] = field(default_factory=list)
    rounds: int = 1
    seats: list[str] = field(default_factory=list)
    first: int | None = None
    handed_over: int = NEVER
    ends: int = NEVER
    opens: bool = False
    over: int | None = None
    old: Row | None = None
    out_on: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its id as an open group."""
        return f"g{self.number}"

    def alive(self, day: int) -> bool:
        """Whether it has had its first meeting in this time and is not over on that day."""
        return self.first is not None and 0 <= self.first <= day and (self.over is None or self.over > day)


@dataclass
class Join:
    """One person asked for a place in a group that runs; agreed: her first meeting is on `on`."""

    person: str
    group: int
    on: int
    agreed: bool = False

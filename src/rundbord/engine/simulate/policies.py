"""Policies that are compared: when the engine runs, how large groups may be, what there is to use."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from ..problem import ProblemError
from .rates import Rates

Row = dict[str, Any]
SMALL = {"4": -2400, "5": -1200}  # worth of sizes an instance may not mention, as the office's own weights
FIRST_CHOICE = 2400  # four times the usual worth of a first choice


@dataclass(frozen=True)
class Policy:
    """What differs from the instance. None: as the instance, or the rates, say.

    every_days: days between two runs; 0: with every arrival or change. min_size, max_size: people to invite.
    enough: yes needed to start. first: which of the two somebody who takes both is offered first.
    more_starters, more_rooms: there from the first day.
    """

    name: str
    every_days: int = 7
    min_size: int | None = None
    max_size: int | None = None
    enough: int | None = None
    self_start: bool | None = None
    first: Literal["mixed", "topic"] | None = None
    eight: int = 0
    more_starters: int = 0
    more_rooms: int = 0
    decline: float | None = None

    def rates(self, rates: Rates) -> Rates:
        """The rates under this policy."""
        said: Row = {"enough": self.enough, "decline": self.decline}
        return replace(rates, **{key: value for key, value in said.items() if value is not None})

    def rules(self, policy: Row) -> Row:
        """The instance's policy under this one. Raises ProblemError if no size is left."""
        said = {"min_size": self.min_size, "max_size": self.max_size, "self_start": self.self_start}
        rules = policy | {key: value for key, value in said.items() if value is not None}
        if rules["min_size"] > rules["max_size"]:
            raise ProblemError(f"The policy “{self.name}” leaves no size a group could have.")
        return rules

    def weights(self, weights: Row) -> Row:
        """The instance's weights under this one."""
        size = SMALL | weights["size"]
        size["8"] = size.get("8", 0) + self.eight
        topic = [FIRST_CHOICE, 0, 0] if self.first else weights["topic"]
        return weights | {"size": size, "topic": topic}

    def wish(self, row: Row, mixed: int) -> Row:
        """A seeker's row with her frames in the order in which this policy offers them."""
        frames = row["frames"]
        if self.first is None or str(mixed) not in frames or len(frames) == 1:
            return row
        late = self.first == "mixed"
        return row | {"frames": {f: int((f == str(mixed)) != late) for f in frames}}

    def changes(self) -> Row:
        """What it says, without what it leaves as it is."""
        plain = asdict(Policy(self.name))
        return {key: value for key, value in asdict(self).items() if value != plain[key]}


CATALOGUE: dict[str, Row] = {
    "weekly": {"every_days": 7},
    "fortnightly": {"every_days": 14},
    "monthly": {"every_days": 28},
    "at-once": {"every_days": 0},
    "sizes-6-8": {"min_size": 6, "max_size": 8},
    "sizes-5-8": {"min_size": 5, "max_size": 8},
    "sizes-7-8": {"min_size": 7, "max_size": 8},
    "prefer-8": {"eight": 8000},
    "start-at-6": {"enough": 6},
    "self-start": {"self_start": True},
    "no-self-start": {"self_start": False},
    "mixed-first": {"first": "mixed"},
    "topic-first": {"first": "topic"},
    "one-more-starter": {"more_starters": 1},
    "two-more-starters": {"more_starters": 2},
    "one-more-room": {"more_rooms": 1},
    "declines-5": {"decline": 0.05},
    "declines-15": {"decline": 0.15},
    "declines-25": {"decline": 0.25},
}


def named(name: str) -> Policy:
    """A policy of the catalogue, or several joined by "+": "sizes-5-8+declines-25". Raises ProblemError."""
    changes: Row = {}
    for part in name.split("+"):
        if part not in CATALOGUE:
            raise ProblemError(f"There is no policy called “{part}”; there are: {', '.join(CATALOGUE)}.")
        changes |= CATALOGUE[part]
    return Policy(name, **changes)

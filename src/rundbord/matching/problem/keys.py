"""Which row of ours stands behind an id of the engine's; never leaves this room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass
class Keys:
    """Engine id -> row, by kind; `ids` the other way round, row id -> engine id."""

    signups: dict[str, Any] = field(default_factory=dict)
    rooms: dict[str, Any] = field(default_factory=dict)
    starters: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, Any] = field(default_factory=dict)
    ids: dict[UUID | None, str] = field(default_factory=dict)

    def give(self, letter: str, rows: Iterable[Any]) -> Mapping[str, Any]:
        """Ids of one kind ("s0", "s1" …) for rows in the order given."""
        table = {"s": self.signups, "r": self.rooms, "i": self.starters, "g": self.groups}[letter]
        for number, row in enumerate(rows):
            table[f"{letter}{number}"] = row
            self.ids[row.id] = f"{letter}{number}"
        return table

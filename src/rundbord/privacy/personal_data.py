"""What this room keeps about people: nothing. It has no tables."""

from rundbord.kernel.personal import Rule

DECLARED: dict[str, dict[str, Rule]] = {}

"""What this room keeps about people: nothing. It has no tables; counts are the kernel's and know nobody."""

from rundbord.kernel.personal import Rule

DECLARED: dict[str, dict[str, Rule]] = {}

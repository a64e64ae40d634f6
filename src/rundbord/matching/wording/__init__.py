"""Codes and numbers as sentences in the active language. Never a name: whoever shows them knows whom."""

from rundbord.matching.wording.hard import broken, known_rules
from rundbord.matching.wording.waiting import change, lever, missing, reason
from rundbord.matching.wording.why import at_most_more, changes, fit, if_left, kilometres, reasons, view

__all__ = [
    "at_most_more",
    "broken",
    "change",
    "changes",
    "fit",
    "if_left",
    "kilometres",
    "known_rules",
    "lever",
    "missing",
    "reason",
    "reasons",
    "view",
]

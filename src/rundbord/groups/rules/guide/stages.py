"""The stages of the startup meetings in order; with five meetings each but practice has its own."""

from rundbord.groups.rules.guide.apart import LEAVE, PRACTICE, STEP_BACK
from rundbord.groups.rules.guide.parts import Stage, Step
from rundbord.groups.rules.guide.together import BEGIN, CLOSING, OPENING, RULES, TALK

STAGES = (BEGIN, RULES, TALK, PRACTICE, STEP_BACK, LEAVE)

__all__ = [
    "BEGIN", "CLOSING", "LEAVE", "OPENING", "PRACTICE", "RULES", "STAGES", "STEP_BACK", "TALK",
    "Stage", "Step",
]  # fmt: skip

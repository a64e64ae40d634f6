"""Writes of the room: running the engine, changing what it proposes, and a human's yes or no."""

from rundbord.matching.actions.changes import (
    InAnotherProposal,
    NobodyToMove,
    TakenByProposal,
    change_room,
    move_person,
    swap_starter,
)
from rundbord.matching.actions.decisions import approve, dismiss
from rundbord.matching.actions.frame import RulesBroken, StaleProposal
from rundbord.matching.actions.runs import (
    NoRecord,
    carry_out_part,
    find_run,
    plan_run,
    reproduce,
    run_now,
    start_run,
    turn_run,
)

__all__ = [
    "InAnotherProposal",
    "NoRecord",
    "NobodyToMove",
    "RulesBroken",
    "StaleProposal",
    "TakenByProposal",
    "approve",
    "carry_out_part",
    "change_room",
    "dismiss",
    "find_run",
    "move_person",
    "plan_run",
    "reproduce",
    "run_now",
    "start_run",
    "swap_starter",
    "turn_run",
]

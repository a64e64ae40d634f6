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
from rundbord.matching.actions.runs import carry_out_part, plan_run, run_now, start_run, turn_run

__all__ = [
    "InAnotherProposal",
    "NobodyToMove",
    "RulesBroken",
    "StaleProposal",
    "TakenByProposal",
    "approve",
    "carry_out_part",
    "change_room",
    "dismiss",
    "move_person",
    "plan_run",
    "run_now",
    "start_run",
    "swap_starter",
    "turn_run",
]

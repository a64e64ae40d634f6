"""A run of the engine: planned, solved in parts by any number of workers, put together, and done again."""

from rundbord.matching.actions.runs.reproducing import NoRecord, reproduce
from rundbord.matching.actions.runs.reproducing import find as find_run
from rundbord.matching.actions.runs.steps import carry_out_part, plan_run, run_now, start_run, turn_run

__all__ = [
    "NoRecord",
    "carry_out_part",
    "find_run",
    "plan_run",
    "reproduce",
    "run_now",
    "start_run",
    "turn_run",
]

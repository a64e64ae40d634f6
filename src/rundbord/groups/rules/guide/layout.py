"""How the stages are laid out over one to eight (or more) meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise

from rundbord.groups.rules.guide.stages import (
    BEGIN,
    CLOSING,
    LEAVE,
    OPENING,
    PRACTICE,
    RULES,
    STEP_BACK,
    TALK,
    Stage,
    Step,
)
from rundbord.groups.rules.states import MeetingKind, MeetingState

_FEW: dict[int, tuple[tuple[Stage, ...], ...]] = {
    1: ((BEGIN, RULES, LEAVE),),
    2: ((BEGIN, RULES), (STEP_BACK, LEAVE)),
    3: ((BEGIN,), (RULES, TALK), (STEP_BACK, LEAVE)),
    4: ((BEGIN,), (RULES,), (TALK, STEP_BACK), (LEAVE,)),
}


@dataclass(frozen=True)
class MeetingGuide:
    """The page for one startup meeting: which one of how many, what it is for, its steps in order."""

    number: int
    total: int
    title: Promise
    purpose: Promise
    steps: tuple[Step, ...]


class Planned(Protocol):
    """What must be known of a meeting to find its place among the startup meetings."""

    id: UUID
    kind: str
    state: str


def guide(number: int, total: int) -> MeetingGuide:
    """The guide for meeting `number` (1-based) of `total`. ValueError outside 1..total."""
    if not 1 <= number <= total:
        raise ValueError(f"meeting {number} of {total}")
    stages = _layout(total)[number - 1]
    shown = stages[-1] if number == total > 1 else stages[0]
    return MeetingGuide(number, total, shown.title, shown.purpose, _steps(stages))


def _layout(total: int) -> tuple[tuple[Stage, ...], ...]:
    if total in _FEW:
        return _FEW[total]
    practice = ((PRACTICE,),) * (total - 5)
    return ((BEGIN,), (RULES,), (TALK,), *practice, (STEP_BACK,), (LEAVE,))


def _steps(stages: tuple[Stage, ...]) -> tuple[Step, ...]:
    """All steps of one stage, or of several those that cannot wait; opening first, closing last."""
    chosen = [step for stage in stages for step in stage.steps if step.core or len(stages) == 1]
    opening = () if stages[0] is BEGIN else (OPENING,)
    return (*opening, *dict.fromkeys(chosen), CLOSING)


def step_codes(number: int, total: int) -> set[str]:
    """Codes of the steps that can be ticked at that meeting."""
    return {step.code for step in guide(number, total).steps}


def place_in_course(meeting: Planned, meetings: Iterable[Planned]) -> int:
    """Which startup meeting this is, 1-based, not counting those that were not held or were cancelled.

    `meetings` are the group's, in order of time. A meeting that fell away keeps the place it would have had.
    """
    gone = (MeetingState.NOT_HELD, MeetingState.CANCELLED)
    before = 0
    for other in meetings:
        if other.id == meeting.id:
            break
        before += other.kind == MeetingKind.STARTUP and other.state not in gone
    return before + 1

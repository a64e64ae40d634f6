"""One part of a run, by whichever worker takes it; the last one to be done sends the run on."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from rundbord.kernel import tenancy, worker
from rundbord.matching import solving
from rundbord.matching.actions.runs.planning import TURN, locked
from rundbord.matching.models import MatchRun, RunPart
from rundbord.matching.problem.frozen import pack, unpack
from rundbord.matching.rules import PartKind, PartState, RunState
from rundbord.matching.solving import Search, Solved, Watch

ANSWER = (
    "result", "state", "progress", "finished_at", "score", "bound", "most", "iterations", "reports",
    "stopped_at", "took", "pace",
)  # fmt: skip
SAVE_EVERY = 0.5  # seconds between two savings of the progress
LATEST = 5
LIKE = 1.5  # times more or fewer people: an earlier part that tells how quick this one will be


def carry_out(*, run_id: UUID, part_id: UUID, organisation_id: UUID, now: datetime) -> None:
    """Solves one part and writes down what it found. Nothing is done if that has been done already.

    A part whose worker was lost is begun anew; two at the same part find the same, and the first is heard.
    """
    with tenancy.scope(organisation_id):
        part = RunPart.objects.filter(pk=part_id, run=run_id, run__state=RunState.RUNNING).first()
        if part is None or part.state == PartState.DONE or part.given is None:
            return
        RunPart.objects.filter(pk=part.pk).exclude(state=PartState.DONE).update(
            state=PartState.RUNNING, started_at=now, progress=0
        )
        began = time.monotonic()
        solved, most = _solved(part)
        _written(part, solved, most, now + timedelta(seconds=time.monotonic() - began))


def _solved(part: RunPart) -> tuple[Solved, int]:
    """What the engine finds, and how many could be placed (0 where that is not this part's to prove)."""
    given, pace = unpack(part.given), _pace(part)
    watch = Watch(seconds=part.seconds, listen=_teller(part))
    search = Search(part.seed, watch, lambda people: solving.iterations_for(people, part.seconds, pace))
    solved = solving.carry_out(part.kind, given, search)
    most = solving.most(given["instance"], solved, part.seconds / 4) if part.proves else 0
    return solved, most


def _pace(part: RunPart) -> float | None:
    """Iterations a second of searches about as many people: the quickest of the latest few."""
    like = RunPart.objects.filter(
        kind=PartKind.SEARCH, state=PartState.DONE, people__gt=solving.FEW, pace__gt=0,
        people__range=(part.people / LIKE, part.people * LIKE),
    )  # fmt: skip
    return max(like.order_by("-finished_at").values_list("pace", flat=True)[:LATEST], default=None)


def _teller(part: RunPart) -> Callable[[float], None]:
    """Saves the per cent at most every half second, so that a page can be loaded anew at any time."""
    saved = time.monotonic()

    def tell(share: float) -> None:
        nonlocal saved
        if time.monotonic() - saved >= SAVE_EVERY:
            running = RunPart.objects.filter(pk=part.pk, state=PartState.RUNNING)
            running.update(progress=min(99, int(100 * share)))
            saved = time.monotonic()

    return tell


def _written(part: RunPart, solved: Solved, most: int, now: datetime) -> None:
    """The answer, in one short transaction with the question whether it was the last of its round."""
    part.result, part.state, part.progress, part.finished_at = pack(solved.solution), PartState.DONE, 100, now
    part.score, part.bound, part.most = solved.score, solved.bound, most
    part.iterations, part.reports = solved.iterations, solved.reports
    part.stopped_at, part.took, part.pace = solved.stopped_at, solved.took, solved.pace
    with transaction.atomic():
        run = locked(MatchRun(pk=part.run_id))  # whoever ends a part of this run now waits here
        if run is None or RunPart.objects.filter(pk=part.pk, state=PartState.DONE).exists():
            return
        part.save(update_fields=ANSWER)
        if not run.parts.filter(round=part.round).exclude(state=PartState.DONE).exists():
            about = {"run_id": run.id, "round": part.round}
            worker.enqueue(TURN, organisation_id=run.organisation_id, **about)

"""A run's end: reasons for what was found, and proposals for the office."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from rundbord.engine.again import compare
from rundbord.engine.explain import explain
from rundbord.engine.problem import load
from rundbord.kernel import timeline
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import rules, solving
from rundbord.matching.actions.runs.opening import drop_drafts, open_drafts
from rundbord.matching.actions.runs.planning import locked
from rundbord.matching.actions.runs.storing import Found, Writing, readable
from rundbord.matching.models import MatchRun, RunPart, RunRecord
from rundbord.matching.problem.earlier import Earlier
from rundbord.matching.problem.frozen import pack, thaw, unpack
from rundbord.matching.rules import RunState

Row = dict[str, Any]


def finish(run: MatchRun, record: RunRecord, solution: Row, now: datetime) -> MatchRun | None:
    """Explains the solution, writes the proposals and ends the run; None if that is done already."""
    began = time.monotonic()
    _tell(run, rules.SEARCHED)
    found = _found(run, record, solution)
    _tell(run, rules.EXPLAINED)
    written = Writing(run, found, now).write()
    if written is None:  # thought lost, and another worker has ended it
        return None
    record.solution = pack(solution)
    with transaction.atomic():
        here = locked(run)
        if here is None:
            drop_drafts(written)
            return None
        ended = now + timedelta(seconds=time.monotonic() - began)
        open_drafts(here, written, found.instance["policy"]["min_size"], ended)
        _end(here, found, ended)
        record.save(update_fields=["solution"])
        # What the parts were given follows from the record: it is not needed any more.
        RunPart.objects.filter(run=here).update(given=None)
    return here


def _tell(run: MatchRun, per_cent: int) -> None:
    MatchRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(progress=per_cent)


def _found(run: MatchRun, record: RunRecord, solution: Row) -> Found:
    instance, earlier = unpack(record.instance), unpack(record.earlier)
    problem, people = load(instance), len(instance["seekers"])
    seconds = rules.seconds_for(people, run.seconds)
    placed = solving.placed(solution)
    bound, most = _limits(RunPart.objects.filter(run=run, proves=True))
    return Found(
        instance=instance,
        ids=thaw(unpack(record.ids)),
        solution=solution,
        score=solving.score(instance, solution),
        bound=bound,
        placed=placed,
        at_most_more=max(0, min(most, people) - placed),
        reasons=explain(problem, solution, seconds=seconds),
        earlier=Earlier(*earlier) if earlier else None,
    )


def _limits(parts: Iterable[RunPart]) -> tuple[int, int]:
    """(bound of the score, people who could be placed): parts of a round add up, the best round counts."""
    rounds: dict[int, list[RunPart]] = {}
    for part in parts:
        rounds.setdefault(part.round, []).append(part)
    some = rounds.values()
    return (
        min((sum(p.bound for p in each) for each in some), default=0),
        min((sum(p.most for p in each) for each in some), default=0),
    )


def _end(run: MatchRun, found: Found, now: datetime) -> None:
    run.state, run.progress, run.finished_at = RunState.DONE, 100, now
    run.placed, run.score, run.bound = found.placed, found.score, found.bound
    run.at_most_more = found.at_most_more
    run.levers = [readable(lever, found) for lever in found.reasons["levers"]]
    if found.earlier is not None:
        run.changes = vars(compare(found.earlier.solution, found.solution))
    run.save()
    told = {"people": run.people, "placed": run.placed}
    timeline.record(
        organisation_id=run.organisation_id, subject=run.id, verb="run-done", actor=SYSTEM, now=now,
        data=told, counter="run-done",
    )  # fmt: skip

"""Running the engine: one run at a time for each organisation, in the background, in parts."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import IntegrityError, transaction
from django.db.models import Max

from rundbord.kernel import tenancy, timeline, worker
from rundbord.kernel.discretion import reduced
from rundbord.kernel.timeline import Actor
from rundbord.matching import rules
from rundbord.matching.actions.runs import parting, planning, turning
from rundbord.matching.models import MatchRun, Proposal, RunPart
from rundbord.matching.rules import PartState, ProposalState, RunState
from rundbord.organisations.models import Organisation
from rundbord.organisations.queries import setting

log = logging.getLogger(__name__)

TASK = "rundbord.matching.tasks.run"


def start_run(*, organisation: Organisation, by: Actor, now: datetime) -> MatchRun:
    """Queues a run, or gives the one that is under way: pressing twice starts one.

    Where proposals are open it looks at what has changed and keeps those that hold; else at everything.
    """
    with tenancy.scope(organisation.id):
        _give_up_abandoned(now)
        try:
            with transaction.atomic():
                return _queue(organisation, by, now)
        except IntegrityError:
            return MatchRun.objects.get(state__in=rules.UNDER_WAY)


def _queue(organisation: Organisation, by: Actor, now: datetime) -> MatchRun:
    run = MatchRun.objects.create(
        organisation=organisation,
        seconds=setting(organisation.id, "match_seconds"),
        again=Proposal.objects.filter(state=ProposalState.OPEN).exists(),
        created_at=now,
    )
    timeline.record(
        organisation_id=organisation.id,
        subject=run.id,
        verb="run-queued",
        actor=by,
        now=now,
        counter="run-queued",
    )
    worker.enqueue(TASK, organisation_id=organisation.id, run_id=run.id)
    return run


def _give_up_abandoned(now: datetime) -> None:
    for run in MatchRun.objects.filter(state__in=rules.UNDER_WAY):
        seen = run.parts.aggregate(begun=Max("started_at"), ended=Max("finished_at"), longest=Max("seconds"))
        since = max(at for at in (run.created_at, run.started_at, seen["begun"], seen["ended"]) if at)
        longest = max(seen["longest"] or 0, rules.seconds_for(run.people, run.seconds))
        if rules.abandoned(run.state, since, longest, now):
            run.state, run.finished_at = RunState.FAILED, now
            run.save(update_fields=["state", "finished_at"])


def plan_run(*, run_id: UUID, organisation_id: UUID, now: datetime) -> None:
    """The worker's first step of a run: its instance is frozen, its parts are in the queue."""
    with _failing(run_id, organisation_id, now):
        planning.plan(run_id=run_id, organisation_id=organisation_id, now=now)


def carry_out_part(*, run_id: UUID, part_id: UUID, organisation_id: UUID, now: datetime) -> None:
    """One part of a run."""
    with _failing(run_id, organisation_id, now):
        parting.carry_out(run_id=run_id, part_id=part_id, organisation_id=organisation_id, now=now)


def turn_run(*, run_id: UUID, round: int, organisation_id: UUID, now: datetime) -> MatchRun | None:
    """After a round: the next one, or the end; then the run."""
    with _failing(run_id, organisation_id, now):
        return turning.turn(run_id=run_id, round=round, organisation_id=organisation_id, now=now)


@contextmanager
def _failing(run_id: UUID, organisation_id: UUID, now: datetime) -> Iterator[None]:
    """Whatever goes wrong marks the run as failed and is raised; a busy database is asked again later."""
    try:
        yield
    except DatabaseError:
        raise
    except Exception as error:
        log.error("matching run %s failed: %s", run_id, reduced(error))
        with tenancy.scope(organisation_id):
            running = MatchRun.objects.filter(pk=run_id, state__in=rules.UNDER_WAY)
            running.update(state=RunState.FAILED, finished_at=now)
        raise


def run_now(*, run_id: UUID, organisation_id: UUID, now: datetime) -> MatchRun | None:
    """Carries out a queued run here, from its beginning to its end. None if it is over already.

    The same steps as the workers'; whatever a lost worker had begun is begun anew.
    """
    about: dict[str, Any] = {"run_id": run_id, "organisation_id": organisation_id, "now": now}
    plan_run(**about)
    while (steps := _steps(run_id, organisation_id)) is not None:
        for step in steps:
            done = step(**about)
        if done is not None:
            return done
    return None


def _steps(run_id: UUID, organisation_id: UUID) -> list[Callable[..., Any]] | None:
    """What is left to do of the run's round: its parts, and the turn after them. None if the run is over."""
    with tenancy.scope(organisation_id):
        run = MatchRun.objects.filter(pk=run_id, state=RunState.RUNNING).first()
        if run is None:
            return None
        left = RunPart.objects.filter(run=run, round=run.round).exclude(state=PartState.DONE)
        parts = [partial(carry_out_part, part_id=id) for id in left.values_list("id", flat=True)]
        return [*parts, partial(turn_run, round=run.round)]

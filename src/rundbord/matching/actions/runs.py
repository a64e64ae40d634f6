"""Running the engine: one run at a time for each organisation, in the background, progress in a row."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from rundbord.engine.bound import bound
from rundbord.engine.explain import explain
from rundbord.engine.problem import Problem, load
from rundbord.engine.solve import Result, solve
from rundbord.kernel import tenancy, timeline, worker
from rundbord.kernel.discretion import reduced
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.matching import problem as building
from rundbord.matching import rules
from rundbord.matching.actions.storing import Found, store
from rundbord.matching.models import MatchRun
from rundbord.matching.rules import RunState
from rundbord.organisations.models import Organisation
from rundbord.organisations.queries import setting

log = logging.getLogger(__name__)

TASK = "rundbord.matching.tasks.run"
SAVE_EVERY = 0.5  # seconds between two savings of the progress
SEARCHED = 80  # per cent when the search is over; reasons and the count of places follow
EXPLAINED = 95


def start_run(*, organisation: Organisation, by: Actor, now: datetime) -> MatchRun:
    """Queues a run, or gives the one that is under way: pressing twice starts one."""
    with tenancy.scope(organisation.id):
        _give_up_abandoned(now)
        try:
            with transaction.atomic():
                return _queue(organisation, by, now)
        except IntegrityError:
            return MatchRun.objects.get(state__in=rules.UNDER_WAY)


def _queue(organisation: Organisation, by: Actor, now: datetime) -> MatchRun:
    seconds = setting(organisation.id, "match_seconds")
    run = MatchRun.objects.create(organisation=organisation, seconds=seconds, created_at=now)
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
        if rules.abandoned(run.state, run.started_at or run.created_at, run.seconds, now):
            run.state, run.finished_at = RunState.FAILED, now
            run.save(update_fields=["state", "finished_at"])


def run_now(*, run_id: UUID, organisation_id: UUID, now: datetime) -> MatchRun | None:
    """Carries out a queued run; one that a lost worker had begun is begun anew. None if it is over already.

    The results replace earlier open proposals in one transaction. Whatever goes wrong marks the run as failed
    and is raised.
    """
    with tenancy.scope(organisation_id):
        run = _claim(run_id, now)
        if run is None:
            return None
        began = time.monotonic()
        try:
            found = _search(run, now)
        except Exception as error:
            log.error("matching run %s failed: %s", run.id, reduced(error))
            _mine(run).update(state=RunState.FAILED, finished_at=now)
            raise
        with transaction.atomic():
            if not _mine(run).select_for_update(no_key=True).exists():
                return None  # thought lost, and overtaken by another worker
            ended = now + timedelta(seconds=time.monotonic() - began)
            store(run, found, ended)
            timeline.record(
                organisation_id=organisation_id,
                subject=run.id,
                verb="run-done",
                actor=SYSTEM,
                now=now,
                data={"people": run.people, "placed": run.placed},
                counter="run-done",
            )
        return run


def _claim(run_id: UUID, now: datetime) -> MatchRun | None:
    with transaction.atomic():
        run = MatchRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None or run.state not in rules.UNDER_WAY:
            return None
        run.state, run.started_at, run.progress = RunState.RUNNING, now, 0
        run.save(update_fields=["state", "started_at", "progress"])
        return run


def _mine(run: MatchRun) -> Any:
    """The run's row, as long as nobody else has begun it anew."""
    return MatchRun.objects.filter(pk=run.pk, state=RunState.RUNNING, started_at=run.started_at)


def _search(run: MatchRun, now: datetime) -> Found:
    instance, keys = building.build(run.organisation_id, now)
    problem = load(instance)
    told = _teller(run)

    def progress(share: float, _score: int, _bound: int | None) -> None:
        told(share * SEARCHED)

    result = solve(problem, seed=run.seed, seconds=run.seconds, progress=progress)
    reasons = explain(problem, result.solution, seconds=run.seconds)
    told(EXPLAINED)
    return Found(instance, keys, result, reasons, _at_most_more(instance, problem, result, run.seconds))


def _at_most_more(instance: dict[str, Any], problem: Problem, result: Result, seconds: int) -> int:
    """From two proven bounds: that of the score, and that of a score in which only places count."""
    if result.placed == len(instance["seekers"]):
        return 0
    counting = load(instance | {"weights": rules.PLACES_ONLY})
    most = bound(counting, seconds=max(1, seconds / 4))
    return rules.at_most_more(
        instance, result.placed, [(rules.PLACES_ONLY, most), (rules.WEIGHTS, result.bound)]
    )


def _teller(run: MatchRun) -> Callable[[float], None]:
    """Saves the per cent at most every half second, so that the page can be loaded anew at any time."""
    saved = time.monotonic()

    def tell(per_cent: float) -> None:
        nonlocal saved
        if time.monotonic() - saved >= SAVE_EVERY:
            _mine(run).update(progress=min(99, int(per_cent)))
            saved = time.monotonic()

    return tell

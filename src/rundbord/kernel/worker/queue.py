"""The queue: rows of django-tasks-db, with retry and a reaper, which that library leaves to us.

Its own worker command is not used: it keeps whole tracebacks, which may hold what people typed, and
does not notice tasks whose worker was killed.
"""

import logging
import random
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django_tasks_db.compat import Task, TaskResultStatus  # django.tasks on Django 6
from django_tasks_db.models import DBTaskResult, get_date_max

from rundbord.kernel import clock, tenancy
from rundbord.kernel.discretion import reduced, trail
from rundbord.kernel.models import WorkerBeat
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import codes_only

log = logging.getLogger(__name__)

ATTEMPTS = 6
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
LOST_AFTER = timedelta(minutes=3)  # without a beat; a solver may hold the interpreter for a while
FINISHED_KEPT = timedelta(days=7)
FAILED_KEPT = timedelta(days=30)


class NotATask(ValueError):
    """The path names nothing that may be run in the background."""


class WorkerLost(Exception):
    """The worker that ran the task gave no sign of life any more."""


def runnable(path: str) -> Callable[..., Any]:
    """The function behind a path: one of Rundbord's own, or anything declared as a task. NotATask."""
    try:
        found = import_string(path)
    except ImportError as error:
        raise NotATask(path) from error
    if isinstance(found, Task):
        return found.call
    if callable(found) and path.startswith("rundbord."):
        return found
    raise NotATask(path)


def enqueue(task_path: str, **kwargs: Any) -> str:
    """Queues a function by its dotted path, in the caller's transaction. Returns the job's id.

    Arguments are codes, ids and numbers (ValueError otherwise) and arrive as JSON has them: ids and
    dates as text. With `organisation_id` the task runs in that organisation's scope, and only someone
    in that scope may queue it. Raises NotATask, WrongTenant, NoTenantScope.
    """
    if kwargs.get("organisation_id"):
        tenancy.check(UUID(str(kwargs["organisation_id"])))
    return add(task_path, kwargs, clock.now())


def add(path: str, kwargs: dict[str, Any], now: datetime) -> str:
    """Puts a task in the queue, due now. Returns its id. Raises NotATask, ValueError."""
    runnable(path)
    told = {"args": [], "kwargs": codes_only(kwargs)}
    job = DBTaskResult.objects.create(args_kwargs=told, task_path=path, backend_name="default", run_after=now)
    return str(job.id)


def _ready(now: datetime) -> Any:
    due = Q(run_after__lte=now) | Q(run_after=get_date_max())  # the library writes "at once" as year 9999
    return DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)


def claim(worker_id: str, now: datetime) -> DBTaskResult | None:
    """The next task due, marked as this worker's; None if there is none."""
    if not _ready(now).exists():  # an idle worker takes no write lock
        return None
    with transaction.atomic():
        job = _ready(now).select_for_update(skip_locked=True).first()
        if job is not None:
            job.status, job.started_at = TaskResultStatus.RUNNING, now
            job.worker_ids = [*job.worker_ids, worker_id]
            job.save(update_fields=["status", "started_at", "worker_ids"])
    return job


def run(job: DBTaskResult) -> None:
    """Runs a claimed task and writes down how it went; a task's own error never comes out."""
    args, kwargs = job.args_kwargs["args"], job.args_kwargs["kwargs"]
    try:
        function = runnable(job.task_path)
        with _scope_of(kwargs):
            function(*args, **kwargs)
    except Exception as error:
        log.exception("task %s %s, attempt %d", job.task_path, job.id, len(job.worker_ids))
        fail(job, error, clock.now())
    else:
        ended = {"finished_at": clock.now(), "exception_class_path": "", "traceback": ""}
        _mine(job).update(status=TaskResultStatus.SUCCESSFUL, **ended)


def _scope_of(kwargs: dict[str, Any]) -> AbstractContextManager[None]:
    organisation_id = kwargs.get("organisation_id")
    return tenancy.scope(UUID(organisation_id)) if organisation_id else nullcontext()


def _mine(job: DBTaskResult) -> Any:
    # A worker that was thought dead and wakes up must not overwrite what its successor does.
    return DBTaskResult.objects.filter(id=job.id, status=TaskResultStatus.RUNNING, started_at=job.started_at)


def wait_after(attempts: int, chance: float) -> timedelta:
    """How long until a failed task runs again: doubling, at most an hour, plus up to 40 % by `chance`."""
    doubled = FIRST_WAIT * 2 ** min(max(attempts, 1) - 1, 10)
    return min(doubled, LONGEST_WAIT) * (1 + 0.4 * chance)


def fail(job: DBTaskResult, error: Exception, now: datetime) -> None:
    """Puts a failed task back for later; for good after ATTEMPTS, or at once if it was refused."""
    told = {"exception_class_path": reduced(error).split(":")[0].split(" ")[0], "traceback": trail(error)}
    attempts = len(job.worker_ids)
    if attempts >= ATTEMPTS or isinstance(error, Refused):
        _mine(job).update(status=TaskResultStatus.FAILED, finished_at=now, **told)
        return
    later = now + wait_after(attempts, random.random())
    _mine(job).update(status=TaskResultStatus.READY, run_after=later, **told)


def reap(now: datetime, *, idle: str = "") -> int:
    """Puts back the running tasks of workers that are gone. Returns how many.

    idle: a worker that runs nothing right now; what is still marked as its own was left behind by a
    database that went away at the wrong moment.
    """
    beating = WorkerBeat.objects.filter(beat_at__gt=now - LOST_AFTER).exclude(worker_id=idle)
    alive = set(beating.values_list("worker_id", flat=True))
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    lost = [job for job in running if not alive & set(job.worker_ids[-1:])]
    for job in lost:
        log.warning("task %s %s lost its worker", job.task_path, job.id)
        fail(job, WorkerLost(), now)
    return len(lost)


def forget_jobs(now: datetime) -> None:
    """Deletes tasks long finished and workers long gone."""
    past = DBTaskResult.objects.filter(finished_at__lte=now - FINISHED_KEPT)
    past.filter(status=TaskResultStatus.SUCCESSFUL).delete()
    DBTaskResult.objects.filter(finished_at__lte=now - FAILED_KEPT).delete()
    WorkerBeat.objects.filter(beat_at__lte=now - timedelta(days=1)).delete()

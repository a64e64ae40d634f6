"""What runs again and again: settings.RUNDBORD_SCHEDULES, (name, minutes, dotted path of func(now)).

Listed in settings, so that the kernel can start what it may not know. Starting a schedule only queues
it: the queue gives it retries, and a killed worker's run is not lost until the next interval.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rundbord.kernel import clock
from rundbord.kernel.models import ScheduleRun
from rundbord.kernel.worker.queue import add, runnable

RUNNER = "rundbord.kernel.worker.run_schedule"
_OWN = (("jobs", 24 * 60, "rundbord.kernel.worker.forget_jobs"),)


def schedules() -> dict[str, tuple[int, str]]:
    """Every schedule by name: minutes between runs, and the function's path."""
    return {name: (minutes, path) for name, minutes, path in (*_OWN, *settings.RUNDBORD_SCHEDULES)}


def tick(now: datetime) -> list[str]:
    """Queues every schedule that is due, each once however many workers tick. Returns their names."""
    started = dict(ScheduleRun.objects.values_list("name", "started_at"))
    told = schedules()
    due = [name for name, (minutes, _) in told.items() if _is_due(started.get(name), minutes, now)]
    return [name for name in due if _queued(name, told[name][0], now)]


def _is_due(started_at: datetime | None, minutes: int, now: datetime) -> bool:
    return started_at is None or started_at <= now - timedelta(minutes=minutes)


def _queued(name: str, minutes: int, now: datetime) -> bool:
    since = Q(started_at=None) | Q(started_at__lte=now - timedelta(minutes=minutes))
    with transaction.atomic():
        ScheduleRun.objects.bulk_create([ScheduleRun(name=name)], ignore_conflicts=True)
        # The second of two workers waits here for the first, and then finds nothing due.
        if not ScheduleRun.objects.filter(since, name=name).update(started_at=now) or _pending(name):
            return False
        add(RUNNER, {"name": name}, now)
    return True


def _pending(name: str) -> bool:
    """Whether the last run still waits, runs or is being retried: runs must not pile up."""
    open_ = DBTaskResult.objects.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    return open_.filter(task_path=RUNNER, args_kwargs__kwargs__name=name).exists()


def run_schedule(name: str) -> None:
    """Runs one schedule's function with the present moment. The task that `tick` queues."""
    told = schedules().get(name)
    if told is not None:  # else it was taken out of the settings while its task waited
        runnable(told[1])(now=clock.now())

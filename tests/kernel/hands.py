"""What the processes of tests/kernel/house.py do: one function each, called by name."""

import json
import os
import signal
import sys
import time
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

OURS = UUID("11111111-1111-4111-8111-111111111111")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def count(times: str, counter: str) -> None:
    """Each in a transaction of its own, as in use."""
    from rundbord.kernel import tenancy, timeline

    with tenancy.scope(OURS):
        for _ in range(int(times)):
            timeline.count(organisation_id=OURS, counter=counter, now=START, detail="x")


def count_fresh(times: str) -> None:
    """Counters that are not there yet: who makes the row?"""
    for number in range(int(times)):
        count("1", f"fresh{number}")


def counted_fresh() -> Any:
    from rundbord.kernel import tenancy
    from rundbord.kernel.models import Counter

    with tenancy.scope(OURS):
        return list(Counter.objects.filter(counter__startswith="fresh").values_list("value", flat=True))


def counted(counter: str) -> Any:
    from rundbord.kernel import tenancy
    from rundbord.kernel.models import Counter

    with tenancy.scope(OURS):
        return list(Counter.objects.filter(counter=counter).values_list("value", flat=True))


def put(times: str) -> None:
    """A line in somebody's story and a letter about it, in one transaction, again and again."""
    from django.db import transaction

    from rundbord.kernel import outtray, tenancy, timeline

    with tenancy.scope(OURS):
        for number in range(int(times)):
            subject = uuid4()
            with transaction.atomic():
                timeline.record(
                    organisation_id=OURS, subject=subject, verb="told", actor=timeline.SYSTEM, now=START
                )
                outtray.put(
                    organisation_id=OURS,
                    kind="test/hello",
                    to=f"p{number}@example.org",
                    language="nb",
                    context={"name": f"Kåre {number}"},
                    subject=subject,
                    now=START,
                )


def deliver(minutes: str) -> None:
    """Delivers what is due that long after the start."""
    from rundbord.kernel import outtray

    while outtray.deliver_due(now=START + timedelta(minutes=float(minutes))):
        pass


def clear() -> None:
    from django_tasks_db.models import DBTaskResult

    from rundbord.kernel import tenancy
    from rundbord.kernel.models import Counter, OutgoingMessage, ScheduleRun, TimelineEntry, WorkerBeat

    DBTaskResult.objects.all().delete()
    WorkerBeat.objects.all().delete()
    ScheduleRun.objects.all().delete()
    with tenancy.everywhere("a test clears the table"):
        Counter.objects.all().delete()
        OutgoingMessage.objects.all().delete()
        TimelineEntry.objects.all().delete()


def letters() -> Any:
    from rundbord.kernel import tenancy
    from rundbord.kernel.models import OutgoingMessage, TimelineEntry

    with tenancy.everywhere("a test looks"):
        rows = [[m.message_id, m.state, m.attempts, m.message] for m in OutgoingMessage.objects.all()]
        subjects = {str(s) for s in OutgoingMessage.objects.values_list("subject", flat=True)}
        told = {str(s) for s in TimelineEntry.objects.values_list("subject", flat=True)}
    return {"letters": rows, "same": subjects == told}


def note(name: str) -> None:
    with open(os.environ["NOTES"], "a") as notes:
        notes.write(f"{name}\n")


def slow(name: str) -> None:
    """A task: begins, takes long, ends."""
    note(f"{name} begins")
    time.sleep(float(os.environ.get("SLOW", "0")))
    note(f"{name} ends")


def tidy(now: datetime) -> None:
    """A schedule's function."""
    note("tidied")


def enqueue(verb: str, name: str) -> Any:
    from rundbord.kernel import worker

    return worker.enqueue(f"tests.kernel.jobs.{verb}", name=name)


def enqueue_many(verb: str, *names: str) -> None:
    for name in names:
        enqueue(verb, name)


def hurry() -> None:
    """Whatever waits to be tried again is due now."""
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.update(run_after=START)


def beats() -> Any:
    from rundbord.kernel.models import WorkerBeat

    return list(WorkerBeat.objects.values_list("worker_id", flat=True))


def last_beat() -> Any:
    from rundbord.kernel.models import WorkerBeat

    return str(WorkerBeat.objects.values_list("beat_at", flat=True).first())


def rename(table: str, to: str) -> None:
    """Takes a table away, or brings it back: a database that does not answer as it should."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {to}")


def canary() -> None:
    """Somebody's name and address, in everything that is sealed."""
    from rundbord.kernel import outtray, tenancy

    with tenancy.scope(OURS):
        outtray.put(
            organisation_id=OURS,
            kind="test/hello",
            to="kanarifugl@example.org",
            language="nb",
            context={"name": "Kanarifugl Gulbrandsen", "word": "kanariangst"},
            subject=None,
            now=START,
        )


def cells() -> Any:
    """Every cell of the out-tray as it lies there."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kernel_outgoingmessage")
        return [
            bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
            for row in cursor.fetchall()
            for cell in row
        ]


def jobs() -> Any:
    from django_tasks_db.models import DBTaskResult

    ours = DBTaskResult.objects.filter(task_path__startswith="tests.").order_by("enqueued_at")
    return [[str(job.id), job.status, len(job.worker_ids)] for job in ours]


def work(*flags: str) -> None:
    """The worker, its long waits made short where a test says so."""
    from django.core.management import call_command

    from rundbord.kernel.worker import loop

    loop.BEAT_EVERY = float(os.environ.get("BEAT", loop.BEAT_EVERY))
    loop.AFTER_DATABASE_ERROR = float(os.environ.get("PATIENCE", loop.AFTER_DATABASE_ERROR))
    call_command("work", *flags)


def tick(times: str) -> Any:
    from rundbord.kernel import worker

    return sum(len(worker.tick(START + timedelta(minutes=minute))) for minute in range(int(times)))


def reap(minutes: str) -> Any:
    from rundbord.kernel import clock, worker

    return worker.reap(clock.now() + timedelta(minutes=float(minutes)))


def _as_child(told: dict[str, Any]) -> None:
    from django.conf import settings

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the mother speaks there
    os.environ.update(told["env"])
    settings.RUNDBORD_MAIL = told["env"].get("RUNDBORD_MAIL", settings.RUNDBORD_MAIL)
    answer: dict[str, Any] = {"said": None, "error": None}
    try:
        answer["said"] = globals()[told["words"][0]](*told["words"][1:])
    except BaseException:
        answer["error"] = traceback.format_exc()
    Path(told["answer"]).write_text(json.dumps(answer))
    os._exit(0)


def mother() -> None:
    """Forks a child for every line, so that a test can start, and kill, many in a short time."""
    django.setup()
    import rundbord.kernel.worker

    assert rundbord.kernel.worker
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits: the dead leave at once
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _as_child(json.loads(line))
        print(pid, flush=True)


if __name__ == "__main__":
    mother()

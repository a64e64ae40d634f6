"""What the processes of tests/kernel/house.py do: `python -m tests.kernel.hands <verb> …`."""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
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
    from rundbord.kernel import tenancy
    from rundbord.kernel.models import OutgoingMessage, TimelineEntry

    with tenancy.everywhere("a test clears the table"):
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


def jobs() -> Any:
    from django_tasks_db.models import DBTaskResult

    return [[str(j.id), j.status, len(j.worker_ids)] for j in DBTaskResult.objects.order_by("enqueued_at")]


def work(*flags: str) -> None:
    from django.core.management import call_command

    call_command("work", *flags)


def tick(times: str) -> Any:
    from rundbord.kernel import worker

    return sum(len(worker.tick(START + timedelta(minutes=minute))) for minute in range(int(times)))


def reap(minutes: str) -> Any:
    from rundbord.kernel import clock, worker

    return worker.reap(clock.now() + timedelta(minutes=float(minutes)))


def nursery() -> None:
    """Forks a child for every line, so that many can be killed in a short time."""
    import rundbord.kernel.outtray

    assert rundbord.kernel.outtray
    for line in sys.stdin:
        words = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _as_child(words)
        print(pid, flush=True)
        os.waitpid(pid, 0)
        print("gone", flush=True)


def _as_child(words: list[str]) -> None:
    status = 1
    try:
        globals()[words[0]](*words[1:])
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    django.setup()
    answer = globals()[sys.argv[1]](*sys.argv[2:])
    if answer is not None:
        print(json.dumps(answer))

"""The queue: tasks that work, tasks that fail, and tasks whose worker is gone."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel import tenancy, worker
from rundbord.kernel.models import WorkerBeat
from rundbord.kernel.tenancy import NoTenantScope, WrongTenant
from rundbord.kernel.worker import loop, queue
from tests.kernel import jobs

pytestmark = pytest.mark.django_db
JOBS = "tests.kernel.jobs"
ME = "worker-1"


@pytest.fixture(autouse=True)
def seen() -> list[object]:
    jobs.SEEN.clear()
    return jobs.SEEN


@pytest.fixture
def clock(now: datetime) -> object:
    """A clock that stands at `now` until it is moved."""
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


def run_one(now: datetime) -> DBTaskResult | None:
    job = queue.claim(ME, now)
    if job is not None:
        queue.run(job)
    return job


def only() -> DBTaskResult:
    return DBTaskResult.objects.get()


def test_a_task_runs_once_with_its_arguments(clock, now: datetime, seen: list[object]) -> None:
    wish = uuid4()
    job_id = worker.enqueue(f"{JOBS}.remember", wish=wish, day=now.date(), slots=[1, 2])
    assert run_one(now) is not None
    assert run_one(now) is None
    assert seen == [({"wish": str(wish), "day": "2026-03-02", "slots": [1, 2]}, None)]
    assert (str(only().id), only().status, only().finished_at) == (job_id, "SUCCESSFUL", now)


def test_tasks_run_in_the_order_they_came(clock, now: datetime, seen: list[object]) -> None:
    for number in range(3):
        worker.enqueue(f"{JOBS}.remember", number=number)
        clock.shift(1)
    while run_one(now + timedelta(minutes=1)):
        pass
    assert [told[0]["number"] for told in seen] == [0, 1, 2]  # type: ignore[index]


def test_a_task_of_an_organisation_runs_in_its_scope(
    clock, ours: UUID, theirs: UUID, now: datetime, seen: list[object]
) -> None:
    with tenancy.scope(ours):
        worker.enqueue(f"{JOBS}.remember", organisation_id=ours)
        with pytest.raises(WrongTenant):
            worker.enqueue(f"{JOBS}.remember", organisation_id=theirs)
    with pytest.raises(NoTenantScope):
        worker.enqueue(f"{JOBS}.remember", organisation_id=ours)
    run_one(now)
    assert seen == [({"organisation_id": str(ours)}, ours)]
    assert DBTaskResult.objects.count() == 1


def test_a_task_goes_with_the_transaction_that_queued_it(now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        worker.enqueue(f"{JOBS}.remember")
        1 / 0  # noqa: B018
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("path", ["os.getcwd", f"{JOBS}.undeclared", f"{JOBS}.nothing", "nonsense", ""])
def test_not_everything_can_be_queued(path: str, now: datetime) -> None:
    with pytest.raises(queue.NotATask):
        worker.enqueue(path)


def test_names_and_addresses_do_not_go_into_the_queue() -> None:
    with pytest.raises(ValueError):
        worker.enqueue(f"{JOBS}.remember", name="Kari Nordmann")
    assert not DBTaskResult.objects.exists()


def test_a_row_that_names_something_else_is_not_run(clock, now: datetime) -> None:
    worker.enqueue(f"{JOBS}.remember")
    DBTaskResult.objects.update(task_path="os.getcwd")
    run_one(now)
    assert only().exception_class_path == "rundbord.kernel.worker.queue.NotATask"


def test_a_failed_task_waits_longer_each_time_and_then_stays_failed(
    clock, now: datetime, seen: list[object]
) -> None:
    worker.enqueue(f"{JOBS}.fail", number=1)
    waits = []
    for _ in range(queue.ATTEMPTS):
        at = max(only().run_after, now)
        assert run_one(at - timedelta(seconds=1)) is None
        clock.move_to(at)
        assert run_one(at) is not None
        waits.append(only().run_after - at)
    assert only().status == "FAILED"
    assert len(seen) == len(only().worker_ids) == 6
    for wait, least in zip(waits, (30, 60, 120, 240, 480), strict=False):
        assert least <= wait.total_seconds() <= 1.4 * least
    assert run_one(now + timedelta(days=9)) is None


def test_what_went_wrong_is_kept_without_what_was_typed(clock, now: datetime, caplog) -> None:
    worker.enqueue(f"{JOBS}.fail", number=1)
    run_one(now)
    assert only().exception_class_path == "builtins.ValueError"
    assert "jobs.py" in only().traceback
    assert "Kari" not in only().traceback + only().exception_class_path + json.dumps(only().args_kwargs)


def test_a_refusal_is_a_decision_and_not_tried_again(clock, now: datetime, seen: list[object]) -> None:
    worker.enqueue(f"{JOBS}.refuse")
    run_one(now)
    assert (only().status, only().finished_at, len(seen)) == ("FAILED", now, 1)


def test_a_task_from_the_library_itself_runs_too(clock, now: datetime, seen: list[object]) -> None:
    jobs.remember.enqueue(number=4)
    run_one(now)
    assert seen == [({"number": 4}, None)]


def test_a_lost_workers_task_goes_to_another(clock, now: datetime, seen: list[object]) -> None:
    worker.enqueue(f"{JOBS}.remember", number=1)
    loop.beat(ME, now)
    job = queue.claim(ME, now)
    assert job is not None
    assert worker.reap(now + timedelta(minutes=2)) == 0  # it may merely be slow
    assert worker.reap(now + queue.LOST_AFTER) == 1
    assert worker.reap(now + queue.LOST_AFTER) == 0
    again = queue.claim("worker-2", now + timedelta(hours=1))
    assert again is not None and again.id == job.id
    queue.run(again)
    assert (only().status, only().worker_ids) == ("SUCCESSFUL", [ME, "worker-2"])


def test_a_worker_that_beats_keeps_its_task(clock, now: datetime) -> None:
    worker.enqueue(f"{JOBS}.remember")
    queue.claim(ME, now)
    loop.beat(ME, now + timedelta(hours=1))
    assert worker.reap(now + timedelta(hours=1)) == 0
    # Idle, it has nothing: what still stands as its own was left behind.
    assert worker.reap(now + timedelta(hours=1), idle=ME) == 1


def test_a_task_that_kills_its_workers_is_given_up(clock, now: datetime) -> None:
    worker.enqueue(f"{JOBS}.remember")
    at = now
    while queue.claim(ME, at):
        worker.reap(at)
        at += timedelta(hours=2)
    assert only().status == "FAILED"
    assert len(only().worker_ids) == queue.ATTEMPTS
    assert only().exception_class_path == "rundbord.kernel.worker.queue.WorkerLost"


def test_a_worker_thought_dead_does_not_overwrite_its_successor(clock, now: datetime) -> None:
    worker.enqueue(f"{JOBS}.fail")
    first = queue.claim(ME, now)
    worker.reap(now)
    second = queue.claim("worker-2", now + timedelta(hours=1))
    assert first is not None and second is not None
    queue.run(first)
    assert (only().status, only().started_at) == ("RUNNING", now + timedelta(hours=1))


def test_old_tasks_and_workers_are_forgotten(clock, now: datetime) -> None:
    for path in ("remember", "refuse", "fail"):
        worker.enqueue(f"{JOBS}.{path}")
        run_one(now)
    loop.beat(ME, now)

    def left(days: int) -> list[str]:
        worker.forget_jobs(now=now + timedelta(days=days))
        return sorted(DBTaskResult.objects.values_list("task_path", flat=True))

    assert len(left(6)) == 3
    assert left(7) == [f"{JOBS}.fail", f"{JOBS}.refuse"]
    assert left(30) == [f"{JOBS}.fail"]
    assert not WorkerBeat.objects.exists()


def test_an_idle_worker_asks_with_one_query(now: datetime, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert queue.claim(ME, now) is None


@given(st.integers(0, 100), st.floats(0, 1))
def test_waits_grow_and_stay_within_bounds(attempts: int, chance: float) -> None:
    wait = queue.wait_after(attempts, chance)
    assert timedelta(seconds=30) <= wait <= timedelta(hours=1.4)
    assert queue.wait_after(attempts + 1, chance) >= wait


def test_times_are_kept_in_utc(clock) -> None:
    worker.enqueue(f"{JOBS}.remember")
    assert only().run_after.tzinfo is UTC

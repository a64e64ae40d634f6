from datetime import datetime, timedelta

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from rundbord.kernel import worker
from rundbord.kernel.models import ScheduleRun
from rundbord.kernel.worker import queue, schedules
from tests.kernel import jobs
from tests.kernel.house import House

MINUTE = timedelta(minutes=1)


@pytest.fixture
def hourly(settings, db: None) -> None:
    settings.RUNDBORD_SCHEDULES = [
        ("tidy", 60, "tests.kernel.jobs.remember"),
        ("often", 5, "tests.kernel.jobs.remember"),
    ]
    jobs.SEEN.clear()


def run_all(now: datetime) -> None:
    while (job := queue.claim("w", now)) is not None:
        queue.run(job)


def test_each_schedule_starts_once_per_interval(hourly: None, now: datetime) -> None:
    started: list[str] = []
    for minute in range(0, 120):
        with time_machine.travel(now + minute * MINUTE, tick=False):
            started += worker.tick(now + minute * MINUTE)
            run_all(now + minute * MINUTE)
    assert {name: started.count(name) for name in ("tidy", "often", "jobs")} == {
        "tidy": 2,
        "often": 24,
        "jobs": 1,
    }
    assert len(jobs.SEEN) == 26


def test_the_function_gets_the_moment_it_runs(hourly: None, now: datetime) -> None:
    worker.tick(now)
    with time_machine.travel(now + MINUTE, tick=False):
        run_all(now + MINUTE)
    assert jobs.SEEN[0] == ({"now": now + MINUTE}, None)


def test_nothing_due_costs_one_query(hourly: None, now: datetime, django_assert_num_queries) -> None:
    worker.tick(now)
    with django_assert_num_queries(1):
        assert worker.tick(now + MINUTE) == []


def test_runs_do_not_pile_up_behind_one_that_waits(hourly: None, now: datetime) -> None:
    for hour in range(5):
        worker.tick(now + hour * 60 * MINUTE)
    assert DBTaskResult.objects.filter(args_kwargs__kwargs__name="tidy").count() == 1
    run_all(now + timedelta(days=1))
    assert "tidy" in worker.tick(now + 6 * 60 * MINUTE)


def test_a_schedule_that_fails_is_tried_again_like_any_task(settings, db: None, now: datetime) -> None:
    settings.RUNDBORD_SCHEDULES = [("bad", 60, "tests.kernel.jobs.fail")]
    with time_machine.travel(now, tick=False):
        worker.tick(now)
        run_all(now)
    bad = DBTaskResult.objects.get(args_kwargs__kwargs__name="bad")
    assert (bad.status, bad.exception_class_path) == ("READY", "builtins.ValueError")


def test_a_schedule_taken_out_of_the_settings_is_let_go(settings, hourly: None, now: datetime) -> None:
    worker.tick(now)
    settings.RUNDBORD_SCHEDULES = []
    with time_machine.travel(now, tick=False):
        run_all(now)
    assert jobs.SEEN == []
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_clock_set_back_does_not_start_things_twice(hourly: None, now: datetime) -> None:
    worker.tick(now)
    assert worker.tick(now - timedelta(days=1)) == []
    assert ScheduleRun.objects.get(name="tidy").started_at == now


def test_the_kernels_own_schedules_can_be_run(hourly: None, now: datetime) -> None:
    for name, (_, path) in schedules.schedules().items():
        assert callable(queue.runnable(path)), name


def test_many_workers_start_each_schedule_once_per_interval(house: House) -> None:
    # 60 ticks a minute apart, by four workers at once: "jobs" is due once.
    assert sum(house.together(4, "tick", 60)) == 1

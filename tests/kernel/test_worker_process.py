"""`manage.py work` as a process: it works, it ends when asked, and it may be killed."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rundbord.kernel.worker import Stop
from tests.kernel.house import House
from tests.kernel.postbox import Postbox


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes"
    file.touch()
    return file


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_once_does_everything_that_is_due_and_ends(house: House, notes: Path) -> None:
    for name in ("a", "b"):
        house.ask("enqueue", "slow", name)
    house.ask("put", 3)
    with Postbox() as box:
        house.ask("work", "--once", NOTES=str(notes), RUNDBORD_MAIL=box.url)
        assert len(box.taken) == 3
    assert notes.read_text().split("\n") == ["a begins", "a ends", "b begins", "b ends", ""]
    assert {status for _, status, _ in house.ask("jobs")} == {"SUCCESSFUL"}


@pytest.mark.parametrize("asked_by", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_it_finishes_its_task_first(house: House, notes: Path, asked_by: signal.Signals) -> None:
    house.ask("enqueue", "slow", "long")
    house.ask("enqueue", "slow", "next")
    process = house.start("work", NOTES=str(notes), SLOW="0.3")
    until(lambda: "long begins" in notes.read_text())
    process.send(asked_by)
    process.wait()
    assert notes.read_text() == "long begins\nlong ends\n"
    assert [status for _, status, _ in house.ask("jobs")][-2:] == ["SUCCESSFUL", "READY"]


def test_asked_to_end_while_idle_it_ends(house: House) -> None:
    process = house.start("work", "--interval", "60")
    until(lambda: bool(house.ask("beats")))
    process.send(signal.SIGTERM)
    process.wait()
    assert house.ask("beats") == []


def test_a_killed_workers_task_is_run_again(house: House, notes: Path) -> None:
    house.ask("enqueue", "slow", "long")
    process = house.start("work", NOTES=str(notes), SLOW="60")
    until(lambda: "long begins" in notes.read_text())
    process.kill()
    house.ask("work", "--once", NOTES=str(notes))
    assert notes.read_text() == "long begins\n"  # not yet known to be lost
    assert house.ask("reap", 1) == 0
    assert house.ask("reap", 5) == 1
    house.ask("hurry")
    house.ask("work", "--once", NOTES=str(notes))
    assert notes.read_text() == "long begins\nlong begins\nlong ends\n"
    assert house.ask("jobs")[-1][1:] == ["SUCCESSFUL", 2]


def test_two_workers_share_the_queue_without_running_anything_twice(house: House, notes: Path) -> None:
    names = [f"job{number}" for number in range(12)]
    house.ask("enqueue_many", "slow", *names)
    house.together(3, "work", "--once", NOTES=str(notes), SLOW="0.02")
    assert sorted(notes.read_text().split()) == sorted(
        word for name in names for word in (name, "begins", name, "ends")
    )


def test_a_worker_beats_also_during_a_long_task(house: House, notes: Path) -> None:
    house.ask("enqueue", "slow", "long")
    process = house.start("work", "--once", NOTES=str(notes), SLOW="2", BEAT="0.05")
    until(lambda: "long begins" in notes.read_text())
    first = house.ask("last_beat")
    until(lambda: house.ask("last_beat") != first)
    assert "long ends" not in notes.read_text()
    process.wait()


def test_a_worker_outlives_a_database_that_fails_for_a_while(house: House, notes: Path) -> None:
    house.ask("rename", "kernel_schedulerun", "away")
    house.ask("enqueue", "slow", "a")
    process = house.start("work", NOTES=str(notes), PATIENCE="0.05")
    try:
        until(lambda: bool(house.ask("beats")))
        assert notes.read_text() == ""
    finally:
        house.ask("rename", "away", "kernel_schedulerun")
    until(lambda: "a ends" in notes.read_text())
    process.send(signal.SIGTERM)
    process.wait()


def test_a_rest_is_short_when_the_end_is_asked_for() -> None:
    stop = Stop()
    stop.ask(signal.SIGTERM, None)
    stop.rest(3600)  # would hang
    assert stop.asked

"""Two real workers share one run; one of them is killed in the middle of a part, and nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from rundbord.kernel import clock, tenancy
from rundbord.kernel.models import WorkerBeat
from rundbord.kernel.timeline import SYSTEM
from rundbord.kernel.worker import queue
from rundbord.matching import actions, queries
from rundbord.matching.models import LeftOut, MatchRun
from rundbord.matching.rules import PartState, RunState
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from rundbord.signups.models import SignUp
from tests.factories.organisations import OrganisationFactory
from tests.groups.real import real_database
from tests.matching.plain import faults
from tests.matching.shared import parts, valley

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds


def address() -> str:
    """The database this test is in, for another process."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    options = "&".join(f"{key}={value}" for key, value in told["OPTIONS"].items() if key != "pool")
    where = told["HOST"] if not told["HOST"].startswith("/") else ""
    socket = f"host={told['HOST']}" if told["HOST"].startswith("/") else ""
    who = f"{told['USER']}:{told['PASSWORD']}@" if told["USER"] else ""
    port = f":{told['PORT']}" if told["PORT"] else ""
    return f"postgresql://{who}{where}{port}/{told['NAME']}?{'&'.join(filter(None, (socket, options)))}"


@pytest.fixture
def worker(ours: Organisation, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a worker; all are gone when the test is over."""
    about = {
        "DATABASE_URL": address(),
        "DJANGO_SETTINGS_MODULE": "tests.matching.worker_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "RUNDBORD_DATA": str(tmp_path),
        "RUNDBORD_KEY_FILE": str(django_settings.RUNDBORD_KEY_FILE),
    }
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.matching.slow_worker"]
        started.append(subprocess.Popen(command, env=os.environ | about, cwd=ROOT))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def ours(transactional_db: None, tmp_path: Path, settings: object) -> Iterator[Organisation]:
    """Towns whose people hang together, in a database that processes can meet in."""
    with real_database(tmp_path):
        organisation = OrganisationFactory(name="LINK Dalen")
        change_setting(organisation=organisation, key="match_seconds", value=2, by=SYSTEM, now=clock.now())
        valley(organisation)
        yield organisation


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def over(run: MatchRun) -> bool:
    return queries.run(run.organisation_id, run.id).state == RunState.DONE


def sound(organisation: Organisation) -> None:
    """Every proposal holds, and everybody is in one or left out, never both."""
    with tenancy.scope(organisation.id):
        found = queries.board(organisation.id).proposals
        seated = [seat.signup_id for proposal in found for seat in proposal.placed]
        left = list(LeftOut.objects.filter(run=found[0].run).values_list("signup_id", flat=True))
        everybody = sorted(SignUp.objects.filter(state="waiting").values_list("id", flat=True))
    assert faults(found) == []
    assert sorted([*seated, *left]) == everybody


def test_two_workers_take_parts_of_the_same_run(ours, worker):
    for _ in range(2):
        worker()
    until(lambda: WorkerBeat.objects.count() == 2)
    run = actions.start_run(organisation=ours, by=SYSTEM, now=clock.now())
    until(lambda: over(run))
    sound(ours)
    jobs = DBTaskResult.objects.filter(task_path__endswith="tasks.part")
    assert len({job.worker_ids[-1] for job in jobs}) == 2
    assert {len(job.worker_ids) for job in jobs} == {1}


def test_a_worker_is_killed_in_the_middle_of_a_part_and_another_takes_it_up(ours, worker):
    first = worker()
    run = actions.start_run(organisation=ours, by=SYSTEM, now=clock.now())
    until(lambda: any(part.state == PartState.RUNNING for part in parts(run)))
    first.send_signal(signal.SIGKILL)
    first.wait()
    lost = [part.id for part in parts(run) if part.state == PartState.RUNNING]
    assert len(lost) == 1
    WorkerBeat.objects.all().delete()  # as if three minutes had passed
    assert queue.reap(clock.now()) == 1
    DBTaskResult.objects.update(run_after=clock.now())
    worker()
    until(lambda: over(run))
    sound(ours)
    assert {part.state for part in parts(run)} == {PartState.DONE}
    assert len([part for part in parts(run) if part.id in lost]) == 1

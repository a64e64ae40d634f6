"""From a fresh process: the same bytes in any mood of the machine, and an interrupt that leaves an answer."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .instances import by_chance
from .referee import Referee

SOURCES = Path(__file__).parents[2] / "src"
FEW, MANY = 90, 440  # solved exactly; beyond that
LASTING = 390  # solved exactly too, but not proven within minutes


def engine(*words, **environment):
    """A process that runs the engine's command line."""
    env = {**os.environ, "PYTHONPATH": str(SOURCES), **environment}
    return subprocess.Popen(
        [sys.executable, "-m", "rundbord.engine", *map(str, words)],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
def files(tmp_path):
    """Writes an instance; gives its path and where the solution goes."""

    def written(people):
        path = tmp_path / f"{people}.json"
        path.write_text(json.dumps(by_chance(11, people)), encoding="utf-8")
        return path, tmp_path / "solution.json"

    return written


@pytest.mark.long
@pytest.mark.parametrize("people", [FEW, MANY])
def test_the_same_bytes_from_another_hash_seed_and_other_threads(people, files):
    path, out = files(people)
    found = set()
    for hashes, threads in (("0", "1"), ("1", "2"), ("4321", "2")):
        run = engine("solve", path, "--out", out, "--seed", 5, "--iterations", 12, "--quiet",
                     PYTHONHASHSEED=hashes, RUNDBORD_THREADS=threads)  # fmt: skip
        told, wrong = run.communicate()
        assert run.returncode == 0, wrong
        found.add((out.read_bytes(), told))
    assert len(found) == 1


@pytest.mark.long
@pytest.mark.parametrize("people", [LASTING, MANY])
def test_an_interrupt_leaves_the_best_so_far(people, files):
    path, out = files(people)
    run = engine("solve", path, "--out", out, "--seconds", 900)
    line = run.stderr.readline()
    assert "score" in line
    run.send_signal(signal.SIGINT)
    told, wrong = run.communicate(timeout=300)
    assert run.returncode == 0, wrong
    solution = json.loads(out.read_text(encoding="utf-8"))
    referee = Referee(by_chance(11, people))
    assert referee.faults(solution) == set()
    assert f"score {referee.worth(solution)} " in told

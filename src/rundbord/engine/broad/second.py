"""A second process that solves neighbourhoods beside this one, so that both cores are used.

Talks through pipes in pickles; knows only the exact search, so that it needs no compiled loops.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from ..budget import Budget
from ..columns.exact import Exact
from ..meetings import Meeting
from ..problem import Problem

ROOT = Path(__file__).parents[3]


class Task(NamedTuple):
    """A part of a problem to be solved with this seed in seconds or iterations."""

    problem: Problem
    seed: int
    seconds: float | None
    iterations: int | None

    def solved(self) -> list[Meeting]:
        """The best groups found."""
        search = Exact(self.problem, self.seed, Budget(self.seconds, self.iterations))
        search.run()
        return search.meetings()


class Second:
    """The other process. It ends by itself when this one does."""

    def __init__(self) -> None:
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # an interrupt is for this process, which ends the other in its own time
        )

    def begin(self, task: Task) -> None:
        """Hand a task over."""
        pickle.dump(task, self.process.stdin)  # type: ignore[arg-type]
        self.process.stdin.flush()  # type: ignore[union-attr]

    def result(self) -> list[Meeting]:
        """Wait for the task's groups."""
        return pickle.load(self.process.stdout)  # type: ignore[arg-type]

    def end(self) -> None:
        """Let it go."""
        self.process.kill()
        self.process.communicate()


def serve() -> None:
    """Solve what comes in until nothing more comes."""
    while True:
        try:
            task = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(task.solved(), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    # The classes that come in are those of the imported module, not of this one called __main__.
    from rundbord.engine.broad.second import serve as serve_imported

    serve_imported()

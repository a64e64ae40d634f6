"""A second process that searches beside this one, so that both cores are used.

Talks through pipes in pickles; knows only the exact search, so that it needs no compiled loops.
"""

from __future__ import annotations

import os
import pickle
import select
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ..budget import Budget
from ..columns.exact import Exact
from ..columns.near import Near
from ..meetings import Meeting
from ..problem import Problem
from .lanes import threads

ROOT = Path(__file__).parents[3]
Desk = dict[str, Any]  # what a process keeps from one task to the next


class Work(Protocol):
    """Something to be done in either process, with what earlier tasks left on the desk."""

    def done(self, desk: Desk) -> Any:
        """Do it."""


class Task(NamedTuple):
    """A part of a problem to be solved with this seed in seconds or iterations, from prices that are near."""

    problem: Problem
    seed: int
    seconds: float | None
    iterations: int | None
    near: Near | None = None

    def done(self, desk: Desk) -> list[Meeting]:
        """The best groups found."""
        search = Exact(self.problem, self.seed, Budget(self.seconds, self.iterations), self.near)
        search.run()
        return search.meetings()


class Here:
    """This process, where there is one core only: the work is done when it is handed over."""

    def __init__(self) -> None:
        self.desk: Desk = {}
        self.kept: Any = None

    def begin(self, work: Work) -> None:
        """Do the work."""
        self.kept = work.done(self.desk)

    def ready(self) -> bool:
        """Whether it is done."""
        return True

    def result(self) -> Any:
        """What came of it."""
        return self.kept

    def end(self) -> None:
        """Nothing is left to be let go."""


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

    def begin(self, work: Work) -> None:
        """Hand work over."""
        pickle.dump(work, self.process.stdin)  # type: ignore[arg-type]
        self.process.stdin.flush()  # type: ignore[union-attr]

    def ready(self) -> bool:
        """Whether something has come of it."""
        return bool(select.select([self.process.stdout], [], [], 0)[0])  # type: ignore[type-var]

    def result(self) -> Any:
        """Wait for what comes of it."""
        return pickle.load(self.process.stdout)  # type: ignore[arg-type]

    def end(self) -> None:
        """Let it go."""
        self.process.kill()
        self.process.communicate()


def beside() -> Here | Second:
    """Who does the other half of the work."""
    return Second() if threads() > 1 else Here()


def serve() -> None:
    """Do what comes in until nothing more comes."""
    desk: Desk = {}
    while True:
        try:
            work = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(work.done(desk), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    # The classes that come in are those of the imported module, not of this one called __main__.
    from rundbord.engine.broad.second import serve as serve_imported

    serve_imported()

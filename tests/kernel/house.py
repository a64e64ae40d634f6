"""The kernel in processes of its own, on a database of its own: for kills and races, on both databases."""

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds until a test gives up on a process


@dataclass(frozen=True)
class Child:
    """A process doing one thing of tests/kernel/hands.py. It leaves its answer in a file, if it lives."""

    pid: int
    answer: Path

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        """SIGKILL: no clean-up, no last words. Returns when it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._gone()

    def wait(self) -> Any:
        """What it said at its end; fails if it did not end well."""
        self._gone()
        told = json.loads(self.answer.read_text())
        assert told["error"] is None, told["error"]
        return told["said"]

    def _gone(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                os.kill(self.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.002)
        raise AssertionError("the process does not end")


class House:
    """A database with the kernel's tables, and a mother process that forks children quickly."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.given = os.environ.get("DATABASE_URL", "")
        self.postgres = self.given.startswith("postgres")
        self.name = f"house_{uuid.uuid4().hex[:12]}"
        self.numbers = itertools.count()

    def __enter__(self) -> Self:
        if self.postgres:
            self._on_server(f'CREATE DATABASE "{self.name}"')
        self._mother = subprocess.Popen(
            [sys.executable, "-m", "tests.kernel.hands"],
            cwd=ROOT,
            env=os.environ | self._env(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.ask("migrate")
        return self

    def __exit__(self, *exc: object) -> None:
        self._mother.communicate()
        if self.postgres:
            self._on_server(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _env(self) -> dict[str, str]:
        database = self._url(self.name) if self.postgres else f"sqlite:///{self.folder / 'house.sqlite3'}"
        return {
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "tests.kernel.small_settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "RUNDBORD_DATA": str(self.folder),
            "RUNDBORD_KEY_FILE": str(self.folder / "keys.json"),
        }

    def _url(self, database: str) -> str:
        parts = urlsplit(self.given)
        return f"postgresql://{parts.netloc}/{database}?{parts.query}"

    def _on_server(self, sql: str) -> None:
        import psycopg

        # Any database will do to make another one from; the suite's own may be in use by tests.
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def start(self, *words: object, **env: str) -> Child:
        """A process that does something; it can be killed."""
        answer = self.folder / f"answer-{next(self.numbers)}"
        told = {"words": [str(word) for word in words], "env": env, "answer": str(answer)}
        assert self._mother.stdin is not None and self._mother.stdout is not None
        self._mother.stdin.write(json.dumps(told) + "\n")
        self._mother.stdin.flush()
        return Child(int(self._mother.stdout.readline()), answer)

    def ask(self, *words: object, **env: str) -> Any:
        """Does something to the end; what it said."""
        return self.start(*words, **env).wait()

    def together(self, count: int, *words: object, **env: str) -> list[Any]:
        """Several processes do the same at the same time."""
        children = [self.start(*words, **env) for _ in range(count)]
        return [child.wait() for child in children]

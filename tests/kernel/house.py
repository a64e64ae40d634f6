"""The kernel in processes of its own, on a database of its own: for kills and races, on both databases."""

import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]


class House:
    """A database with the kernel's tables, and people to send into it (tests/kernel/hands.py)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = dict(os.environ)
        self.env |= {
            "DJANGO_SETTINGS_MODULE": "tests.kernel.small_settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "RUNDBORD_DATA": str(folder),
            "RUNDBORD_KEY_FILE": str(folder / "keys.json"),
            "PYTHONUNBUFFERED": "1",
        }
        self.given = self.env.get("DATABASE_URL", "")
        self.postgres = self.given.startswith("postgres")
        self.name = f"house_{uuid.uuid4().hex[:12]}"

    def __enter__(self) -> Self:
        if self.postgres:
            self._on_server(f'CREATE DATABASE "{self.name}"')
            self.env["DATABASE_URL"] = self._url(self.name)
        else:
            self.env["DATABASE_URL"] = f"sqlite:///{self.folder / 'house.sqlite3'}"
        self.ask("migrate")
        return self

    def __exit__(self, *exc: object) -> None:
        if self.postgres:
            self._on_server(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _url(self, database: str) -> str:
        parts = urlsplit(self.given)
        return f"postgresql://{parts.netloc}/{database}?{parts.query}"

    def _on_server(self, sql: str) -> None:
        import psycopg

        # Any database will do to make another one from; the suite's own may be in use by tests.
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def start(self, *words: object, **env: str) -> subprocess.Popen[str]:
        """A process that does something; it can be killed."""
        command = [sys.executable, "-m", "tests.kernel.hands", *map(str, words)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=self.env | env, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )

    def ask(self, *words: object, **env: str) -> Any:
        """Does something to the end; what it said, from JSON."""
        process = self.start(*words, **env)
        said, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint
        return json.loads(said.splitlines()[-1]) if said.strip() else None

    def together(self, count: int, *words: object, **env: str) -> list[Any]:
        """Several processes do the same at the same time."""
        processes = [self.start(*words, **env) for _ in range(count)]
        ends = [process.communicate(timeout=120) for process in processes]
        for process, (_, complaint) in zip(processes, ends, strict=True):
            assert process.returncode == 0, complaint
        return [json.loads(said.splitlines()[-1]) if said.strip() else None for said, _ in ends]


class Nursery:
    """A process that forks children quickly, for tests that kill many."""

    def __init__(self, house: House, *words: object, **env: str) -> None:
        self._mother = house.start("nursery", *words, **env)

    def child(self, *words: object) -> int:
        """Forks a child that does something; its process id."""
        assert self._mother.stdin is not None and self._mother.stdout is not None
        self._mother.stdin.write(json.dumps([str(word) for word in words]) + "\n")
        self._mother.stdin.flush()
        said = self._mother.stdout.readline()
        assert said, self._mother.communicate()[1]
        return int(said)

    def wait(self) -> None:
        """Until the last child is gone, however it went."""
        assert self._mother.stdout is not None
        assert self._mother.stdout.readline().strip() == "gone"

    @staticmethod
    def kill(pid: int) -> None:
        """SIGKILL: no clean-up, no last words."""
        os.kill(pid, signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._mother.communicate()

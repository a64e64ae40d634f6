"""A Rundbord of the benchmark's own: a folder that goes away, a database, a server on the loopback."""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tools.base import ROOT, Trouble, environment, settings

PATIENCE = 60  # seconds until it answers
Env = dict[str, str]


@contextmanager
def folder(database: str) -> Iterator[Env]:
    """Environment of an empty Rundbord; `database` is a DATABASE_URL, "" for SQLite in the folder."""
    with tempfile.TemporaryDirectory(prefix="rundbord-bench-", ignore_cleanup_errors=True) as home:
        # Settings of one's own machine: no https between the bench and the server.
        env = environment({**settings("dev"), "RUNDBORD_DATA": home, "DATABASE_URL": database})
        if not database:
            del env["DATABASE_URL"]
        _django(env, "migrate", "--noinput", "--verbosity", "0")
        yield env


def fill(env: Env, groups: int, organisations: int) -> dict[str, int]:
    """The invented country; how many queries the find page takes with few groups and with many."""
    command = [sys.executable, "-m", "bench.public.country", str(groups), str(organisations)]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Trouble("The country could not be made; it says why above.")
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def serving(env: Env) -> Iterator[int]:
    """Gunicorn over that folder, as ./dev run starts it; its port."""
    port = _free_port()
    log = Path(env["RUNDBORD_DATA"]) / "server.log"
    command = [sys.executable, "-m", "gunicorn", "rundbord.config.wsgi", "--bind", f"127.0.0.1:{port}"]
    shape = ["--workers", "2", "--threads", "2", "--preload", "--log-level", "warning", "--no-control-socket"]
    with log.open("w") as told:
        server = _start([*command, *shape], env, told)
        try:
            _wait(server, port, log)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def _django(env: Env, *words: str) -> None:
    done = subprocess.run([sys.executable, "-m", "django", *words], cwd=ROOT, env=env, check=False)
    if done.returncode:
        raise Trouble("The database could not be made ready; it says why above.")


def _start(command: list[str], env: Env, told: IO[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=told, stderr=told, text=True)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait(server: subprocess.Popen[str], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise Trouble(f"The server did not start: {log.read_text()[-500:]}")

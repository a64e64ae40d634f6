"""./dev run: the web and the worker side by side on this machine, until Ctrl-C."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO

from tools import building, python
from tools.base import LOG, ROOT, Trouble, environment, quietly, say, settings

USUAL_PORT = 8000
PATIENCE = 60  # seconds for the first page
_PR_SET_PDEATHSIG = 1  # prctl(2)
POLITE = 15.0  # seconds a child has to end by itself
PLACES = (
    ("Front page", "/"),
    ("Find a group", "/finn/"),
    ("Office", "/kontor/"),
    ("Outbox (mail)", "/demo/outbox/"),
)
FIRST_PLACES = (("Begin here", "/kontor/"),)


def run(*, port: int | None, data: Path | None, empty: bool) -> int:
    """Set up, start both, watch them. 0 after Ctrl-C, 1 when one of them ended by itself."""
    start = time.monotonic()
    port = free(port)
    folder = data or ROOT / "var"
    own(folder)
    python.environment("run")
    building.build()
    with up(folder, port, empty=empty) as children:
        try:
            _greet(port, folder, empty, time.monotonic() - start)
            return watch(children)
        except KeyboardInterrupt:
            say("\nStopping.")
            return 0


@contextmanager
def up(
    folder: Path, port: int, *, empty: bool = False, quiet: bool = False
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Web and worker over that data folder, from the first page answered until the end of the block.

    `quiet`: what they tell goes into the log.
    """
    env = environment_of(folder, port, empty=empty)
    _prepare(env, empty)
    commands = {"web": _web(port), "worker": _manage("work")}
    with LOG.open("ab") if quiet else nullcontext() as told:
        children = {name: _start(command, env, told) for name, command in commands.items()}
        try:
            _wait_for_page(port, children)
            yield children
        finally:
            stop(children)


def free(asked: int | None) -> int:
    """The port asked for, or the usual one; Trouble when another program has it."""
    port = USUAL_PORT if asked is None else asked
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            other = f"./dev run --port {port + 1 if 1024 <= port < 65535 else USUAL_PORT}"
            raise Trouble(f"Port {port} is taken or not allowed. Try another: {other}") from error
    return port


def own(folder: Path) -> None:
    """The data folder exists, is ours to write in and closed to others."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Trouble(f"Cannot make the data folder {folder}: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Trouble(f"Cannot write in the data folder {folder}. Choose another: ./dev run --data DIR")


def environment_of(folder: Path, port: int, *, empty: bool) -> dict[str, str]:
    """What the children and their helpers are told of where they are."""
    return {
        **settings("dev"),
        "RUNDBORD_DATA": str(folder),
        "RUNDBORD_DEMO": "" if empty else "1",
        "RUNDBORD_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


def _manage(*words: str) -> list[str]:
    return [str(python.PYTHON), "-m", "django", *words]


def _prepare(env: dict[str, str], empty: bool) -> None:
    say("Database …")
    migrate = _manage("migrate", "--noinput", "--verbosity", "0")
    quietly(migrate, "The database could not be brought up to date.", env)
    if not empty:
        say("Demonstration county …")
        quietly(_manage("demonstration"), "The demonstration county could not be made.", env)


def _web(port: int) -> list[str]:
    gunicorn = [str(python.PYTHON), "-m", "gunicorn", "rundbord.config.wsgi", "--bind", f"127.0.0.1:{port}"]
    # Loaded once, then forked: the second start is the quicker for it.
    shape = ["--workers", "2", "--threads", "2", "--preload"]
    return [*gunicorn, *shape, "--log-level", "warning", "--no-control-socket"]


def _start(command: list[str], env: dict[str, str], told: IO[bytes] | None) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C reaches only us, and we stop both in order."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(env),
        stdout=told,
        stderr=told,
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )


def _end_with_parent() -> None:
    """Should ./dev itself be killed, the kernel ends the child: no server is left behind on the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_for_page(port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for name, child in children.items():
            if child.poll() is not None:
                raise Trouble(f"The {name} did not start; it says why above.")
        if _answers(port):
            return
        time.sleep(0.1)
    raise Trouble(f"No page after {PATIENCE} s on port {port}.")


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
    except urllib.error.HTTPError as answer:
        say(f"The front page answers {answer.code}.")
        return True
    except OSError:
        return False
    return True


def _greet(port: int, folder: Path, empty: bool, seconds: float) -> None:
    address = f"http://127.0.0.1:{port}"
    say(f"\nRundbord is up, after {seconds:.1f} s. Data: {folder}")
    for name, path in FIRST_PLACES if empty else PLACES:
        say(f"  {name:<14} {address}{path}")
    if not empty:
        say(f"  One tap to be someone (coordinator, starter, seeker …): {address}/demo/")
    say("Stop with Ctrl-C.\n")


def watch(children: dict[str, subprocess.Popen[bytes]]) -> int:
    """Wait until one of them ends by itself; say which."""
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                say(f"The {name} ended by itself (code {child.returncode}); stopping the other.")
                return 1
        time.sleep(0.3)


def stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """End those that still run: politely, then by force."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(timeout=POLITE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()

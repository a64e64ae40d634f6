"""What every part of ./dev stands on: where things are, how to speak, how to run a program. Standard library
only."""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
TOOLING = ROOT / ".tooling"
Command = Iterable[str | Path]
_SETTINGS = "DJANGO_SETTINGS_MODULE"
LOG = TOOLING / "log.txt"


class Trouble(Exception):
    """Something is missing; the text says what, and what to do. Ends ./dev with code 2."""


def say(text: str, to: TextIO | None = None) -> None:
    """One plain line, at once."""
    print(text, file=to or sys.stdout, flush=True)


def settings(name: str) -> dict[str, str]:
    """Environment that names Django's settings, unless the caller's environment already does."""
    return {_SETTINGS: os.environ.get(_SETTINGS, f"rundbord.config.settings.{name}")}


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment, with our sources importable and `extra` on top."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **(extra or {})}


def attached(command: Command, env: Mapping[str, str] | None = None) -> int:
    """Run with our own input and output; its exit code."""
    return subprocess.call([str(part) for part in command], cwd=ROOT, env=environment(env))


def captured(command: Command, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run and keep everything it printed, both streams as one text."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT, env=environment(env), text=True, errors="replace", check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def quietly(command: Command, otherwise: str, env: Mapping[str, str] | None = None) -> str:
    """Run with its output in the log; when it fails raise Trouble with the sentence `otherwise`."""
    words = [str(part) for part in command]
    done = captured(words, env)
    TOOLING.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n$ {' '.join(words)}\n{done.stdout}")
    if done.returncode:
        raise Trouble(f"{otherwise}\n{last_lines(done.stdout)}\n(all of it: {os.path.relpath(LOG, ROOT)})")
    return done.stdout


def last_lines(text: str, count: int = 2) -> str:
    """The last lines that say something, indented; of a traceback only what it ends with."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    kept = lines[-1:] if "Traceback (most recent call last)" in text else lines[-count:]
    return "\n".join(f"    {line[:200]}" for line in kept)


def digest(*parts: Path | str) -> str:
    """One fingerprint of files (their content) and words, in this order."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.read_bytes() if isinstance(part, Path) and part.is_file() else str(part).encode())
        total.update(b"\0")
    return total.hexdigest()


def once(stamp: Path, fingerprint: str, label: str, work: Callable[[], None]) -> bool:
    """Do `work` unless it was done for this fingerprint; says label and seconds. True if it was done now."""
    if stamp.is_file() and stamp.read_text() == fingerprint:
        return False
    say(f"{label} …")
    start = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)
    say(f"    {time.monotonic() - start:.1f} s")
    return True


@contextmanager
def scratch() -> Iterator[dict[str, str]]:
    """Environment that sends everything temporary into one folder, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="rundbord-", ignore_cleanup_errors=True) as folder:
        yield {"TMPDIR": folder}


def is_root() -> bool:
    """May this process install with apt?"""
    return hasattr(os, "geteuid") and os.geteuid() == 0

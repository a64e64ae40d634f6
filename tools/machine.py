"""What only the machine can give: a browser, Java, a PostgreSQL server. apt installs it when we are root."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.base import Trouble, is_root, quietly, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def browser() -> str:
    """Path of a Chromium; Trouble when there is none and none can be installed."""
    said = os.environ.get("RUNDBORD_CHROMIUM")
    if said:
        return said
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    install("chromium", "No Chromium found")
    return shutil.which("chromium") or "/usr/bin/chromium"


def java() -> str:
    """Path of a Java; Trouble when there is none and none can be installed."""
    found = shutil.which("java")
    if found:
        return found
    install("default-jre-headless", "No Java found")
    return shutil.which("java") or "/usr/bin/java"


def install(package: str, lack: str) -> None:
    """apt-get install as root; otherwise a sentence that says who can."""
    if not (is_root() and shutil.which("apt-get")):
        raise Trouble(f"{lack}, and only root can install it. Ask for, on Debian: apt-get install {package}")
    say(f"{lack}: installing {package} …")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    get = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    try:
        quietly(get, "", quiet)
    except Trouble:
        sentence = f"{lack}, and apt could not fetch {package}. Is there a network?"
        quietly(["apt-get", "update"], sentence, quiet)
        quietly(get, sentence, quiet)


@contextmanager
def postgresql() -> Iterator[str]:
    """DATABASE_URL of a PostgreSQL: the one the environment names, else a throw-away server on a socket."""
    said = os.environ.get("DATABASE_URL", "")
    if said.startswith("postgres"):
        yield said
        return
    programs = _server_programs()
    # Directly under /tmp: the server's own user must be able to enter every folder above its data.
    home = Path(tempfile.mkdtemp(prefix="rundbord-postgresql-", dir="/tmp"))
    try:
        with _cluster(programs, home):
            yield f"postgresql://rundbord@/rundbord?host={home}"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _server_programs() -> Path:
    found = _find_server()
    if not found:
        install("postgresql", "No PostgreSQL 15 or newer found")
        found = _find_server()
    if not found:
        raise Trouble("No PostgreSQL 15 or newer found. Install one, or name a server in DATABASE_URL.")
    return found


def _find_server() -> Path | None:
    """Folder of the newest server's programs, 15 or newer."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: _major(p.parents[1]))
    if debian and _major(debian[-1].parents[1]) >= 15:
        return debian[-1].parent
    own = shutil.which("initdb")
    return Path(own).resolve().parent if own else None


def _major(folder: Path) -> int:
    return int(folder.name) if folder.name.isdigit() else 0


def _give_to_postgres(home: Path) -> None:
    try:
        shutil.chown(home, "postgres", "postgres")
    except LookupError as error:
        lack = "PostgreSQL does not run as root, and there is no user postgres here."
        raise Trouble(f"{lack} Make one, or name a server in DATABASE_URL.") from error


@contextmanager
def _cluster(programs: Path, home: Path) -> Iterator[None]:
    data = home / "data"
    user: list[str] = []
    if is_root():  # PostgreSQL refuses to run as root
        _give_to_postgres(home)
        user = ["runuser", "-u", "postgres", "--"]
    sentence = "The throw-away PostgreSQL did not start."
    init = ["--username=rundbord", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    # Nothing here outlives the tests, so nothing waits for the disk.
    options = f"-c listen_addresses= -k {home} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    control: list[str | Path] = [*user, programs / "pg_ctl", "-D", data, "-w", "-l", home / "log"]
    quietly([*user, programs / "initdb", "-D", data, *init], sentence)
    quietly([*control, "-o", options, "start"], sentence)
    try:
        quietly([*user, programs / "createdb", "-h", home, "-U", "rundbord", "rundbord"], sentence)
        yield
    finally:
        stop = [str(part) for part in [*control, "-m", "immediate", "stop"]]
        subprocess.run(stop, check=False, capture_output=True)

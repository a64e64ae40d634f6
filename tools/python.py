"""The Python side: uv inside .tooling, a virtual environment in .venv, the pinned packages in it."""

import platform
import subprocess
import sys
from pathlib import Path

from tools.base import ROOT, TOOLING, Trouble, digest, once, quietly, say

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PINS = ROOT / "requirements"
UV = TOOLING / "uv" / "bin" / "uv"
# Behind a company's proxy only the system's certificates are right; and we bring no Python of our own.
UV_ENV = {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
NO_NETWORK = "Could not fetch {what}. Is there a network, and does pip work here?"


def uv() -> None:
    """Put the pinned uv in .tooling; --target works where pip refuses to touch the system's Python."""
    pins = PINS / "tooling.txt"
    once(TOOLING / "uv" / "stamp", digest(pins, platform.python_version()), "uv, the installer", _fetch_uv)


def _fetch_uv() -> None:
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        raise Trouble("pip is missing. Install it first, on Debian as root: apt-get install python3-pip")
    install: list[str | Path] = [
        *pip,
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--upgrade",
    ]
    # What the caller's pip is set to (user installs, virtual environments only) does not go with --target.
    plain = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    target: list[str | Path] = ["--target", TOOLING / "uv", "-r", PINS / "tooling.txt"]
    quietly([*install, *target], NO_NETWORK.format(what="uv"), plain)


def environment(kind: str) -> None:
    """.venv with exactly the pins of requirements/{kind}.txt ("run" or "test"; "test" holds all of "run")."""
    wanted = {name: digest(PINS / f"{name}.txt", platform.python_version()) for name in ("run", "test")}
    stamp = VENV / "rundbord-stamp"
    has = stamp.read_text() if stamp.is_file() and PYTHON.exists() else ""
    if has in {wanted[kind], wanted["test"]}:
        return
    uv()
    once(stamp, wanted[kind], f"Python packages for {kind}", lambda: _sync(kind))


def _sync(kind: str) -> None:
    if not _works():
        make: list[str | Path] = [UV, "venv", "--quiet", "--clear", "--python", sys.executable, VENV]
        quietly(make, "Could not make .venv.", UV_ENV)
    sync: list[str | Path] = [
        UV,
        "pip",
        "sync",
        "--quiet",
        "--require-hashes",
        "--python",
        PYTHON,
        PINS / f"{kind}.txt",
    ]
    quietly(sync, NO_NETWORK.format(what="the Python packages"), UV_ENV)


def _works() -> bool:
    if not PYTHON.exists():
        return False
    probe = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([str(PYTHON), "-c", probe], check=False, capture_output=True).returncode == 0


def compile_pins(options: list[str]) -> None:
    """Pin again, for every platform, with hashes and without any registry's address."""
    uv()
    for name in ("run", "test", "tooling", "node"):
        say(f"requirements/{name}.txt")
        shape = ["--universal", "--python-version", "3.11", "--generate-hashes"]
        bare = ["--no-header", "--no-annotate"]
        files: list[str | Path] = [PINS / f"{name}.in", "-o", PINS / f"{name}.txt"]
        quietly([UV, "pip", "compile", "--quiet", *shape, *bare, *options, *files], "Could not pin.", UV_ENV)

"""./dev shots: pictures of the pages as the demonstration shows them, at both widths, light and dark."""

import socket
import tempfile
from pathlib import Path

from tools import building, machine, python, serving
from tools.base import ROOT, attached, say

TARGET = ROOT / "shots"
PARTS = ("public", "office", "mine")


def shots(*, only: str | None, everything: bool) -> int:
    """Start the demonstration with data of its own, photograph it, stop it. 0 when every walk saw a page."""
    python.environment("test")
    building.build()
    chromium = machine.browser()
    parts = [only] if only else list(PARTS if everything else PARTS[:1])
    with tempfile.TemporaryDirectory(prefix="rundbord-shots-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        env = serving.environment_of(Path(folder), port, empty=False)
        with serving.up(Path(folder), port, quiet=True):
            command: list[str | Path] = [
                python.PYTHON,
                "-m",
                "tools.photographs",
                env["RUNDBORD_PUBLIC_URL"],
                TARGET,
                *parts,
            ]
            code = attached(command, {**env, "RUNDBORD_CHROMIUM": chromium})
    say(f"\nLook at {TARGET.relative_to(ROOT) / 'index.html'}")
    return code


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])

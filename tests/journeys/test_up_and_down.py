"""./dev run for real: it comes up, both parts serve, and they end together."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools import serving
from tools.base import ROOT

ENOUGH = 2 * serving.POLITE + 30  # seconds: each part may take its time to end, on a busy machine


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


@contextmanager
def running(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """./dev run on its own data, once it says that it is up."""
    command = [sys.executable, str(ROOT / "dev"), "run", "--empty", "--port", str(port), "--data", str(data)]
    # Never the database that the tests were given.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "DJANGO"))}
    with subprocess.Popen(
        command,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=_heeds_ctrl_c,
    ) as process:
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if "Stop with Ctrl-C" in line:
                    break
            else:
                pytest.fail("".join(said))
            yield process
        finally:
            process.kill()


def _heeds_ctrl_c() -> None:
    """Tests that run in the background are started deaf to Ctrl-C, and so would be what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def children(process: subprocess.Popen[str]) -> dict[str, int]:
    """Process ids of the web and the worker."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {
        "web" if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes() else "worker": int(pid)
        for pid in listed
    }


def listening(port: int) -> list[str]:
    """Addresses on which the port takes calls, as the kernel writes them."""
    rows = [
        row.split()
        for name in ("tcp", "tcp6")
        for row in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    calls = [row[1].split(":") for row in rows if row[3] == "0A"]
    return [address for address, number in calls if int(number, 16) == port]


def test_up_then_one_part_dies_then_ctrl_c(tmp_path):
    port = free_port()
    with running(tmp_path, port) as process:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert answer.status == 200
            assert "rundbord" in answer.read().decode().lower()
        assert listening(port) == ["0100007F"]  # 127.0.0.1 and nothing else
        os.kill(children(process)["worker"], signal.SIGKILL)
        assert process.wait(ENOUGH) == 1
        assert "The worker ended by itself" in process.stdout.read()
    with running(tmp_path, port) as process:
        parts = children(process)
        assert parts.keys() == {"web", "worker"}
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(ENOUGH) == 0
        assert "Traceback" not in process.stdout.read()
    assert not any(Path(f"/proc/{pid}").exists() for pid in parts.values())
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)

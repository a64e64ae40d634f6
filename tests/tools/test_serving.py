"""./dev run: two children that live and end together."""

import contextlib
import os
import signal
import socket
import stat
import subprocess
import sys

import pytest

from tools import serving
from tools.base import Trouble

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, lambda *_: None)
print("up", flush=True)
for _ in range(600):
    time.sleep(0.1)
"""


@pytest.fixture
def child():
    started: list[subprocess.Popen[bytes]] = []

    def start(command: list[str]) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True))
        return started[-1]

    yield start
    for one in started:
        with contextlib.suppress(ProcessLookupError):
            one.kill()
        one.wait()
        one.stdout.close()


def test_when_one_ends_it_is_named(child, capsys):
    children = {"web": child(SLEEP), "worker": child([sys.executable, "-c", "raise SystemExit(7)"])}
    assert serving.watch(children) == 1
    assert "The worker ended by itself (code 7)" in capsys.readouterr().out
    assert children["web"].poll() is None


def test_stopping_ends_both(child):
    children = {"web": child(SLEEP), "worker": child(SLEEP)}
    serving.stop(children)
    assert [one.returncode for one in children.values()] == [-signal.SIGTERM, -signal.SIGTERM]


def test_stopping_twice_is_no_trouble(child):
    children = {"web": child(SLEEP)}
    serving.stop(children)
    serving.stop(children)
    assert children["web"].returncode == -signal.SIGTERM


def test_a_child_that_will_not_end_is_ended(child, monkeypatch):
    monkeypatch.setattr(serving, "POLITE", 0.5)
    stubborn = child([sys.executable, "-c", STUBBORN])
    assert stubborn.stdout.readline() == b"up\n"
    serving.stop({"web": stubborn})
    assert stubborn.returncode == -signal.SIGKILL


def test_a_free_port_is_taken_as_asked():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} is taken"):
            serving.free(port)
    assert serving.free(port) == port


def test_the_data_folder_is_closed_to_others(tmp_path):
    serving.own(tmp_path / "a" / "b")
    assert stat.S_IMODE(os.stat(tmp_path / "a" / "b").st_mode) == 0o700
    serving.own(tmp_path / "a" / "b")

"""./dev as one calls it: what it understands, and what it says when it cannot go on."""

import socket
import subprocess
import sys

import pytest

from tools.base import ROOT


def dev(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "dev"), *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def refused(*words: str) -> str:
    """What ./dev says to these words: a sentence on stderr, code 2, no traceback."""
    done = dev(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    return done.stderr


def test_help_names_every_verb():
    shown = dev("--help").stdout
    for verb in ("run", "test", "check", "bench", "shots", "build", "messages", "manage"):
        assert f"\n    {verb} " in shown


def test_a_word_it_does_not_know_is_refused():
    assert "--prot" in refused("run", "--prot", "8001")
    assert "invalid choice" in refused("fly")


def test_a_port_that_is_taken_is_said_with_another_to_try():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused("run", "--port", str(port))
    assert f"Port {port} is taken" in said
    assert "./dev run --port" in said


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_cannot_be_is_said(port):
    assert f"Port {port}" in refused("run", f"--port={port}")


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    assert "Cannot make the data folder" in refused("run", "--port", "0", "--data", str(file / "below"))


def test_a_check_or_bench_that_is_not_there_is_said_with_those_that_are():
    assert "There are: style," in refused("check", "--only", "manners")
    assert "There is no bench called nothing" in refused("bench", "nothing")


def test_it_stands_on_the_standard_library_alone():
    """-S hides site-packages: what ./dev loads before it has set anything up must not need them."""
    loaded = "base, budgets, building, checks, legs, machine, python, serving, shots"
    code = f"from tools import {loaded}; print('alone')"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "alone\n", done.stderr


def test_a_data_folder_is_seen_from_where_the_caller_stands(tmp_path):
    (tmp_path / "data").write_text("")  # a file in the way, so that it stops there
    done = subprocess.run(
        [sys.executable, str(ROOT / "dev"), "run", "--port=0", "--data=data"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert str(tmp_path / "data") in done.stderr

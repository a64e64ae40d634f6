"""What is committed: nothing of one machine, no address of a package registry."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT

MADE_HERE = {".git", ".venv", ".tooling", "node_modules", "build", "var", "__pycache__", ".hypothesis"}
TEXT = {".py", ".toml", ".json", ".in", ".txt", ".md", ".html", ".css", ".js", ".po", ".svg", ".csv", ""}
# Put together from pieces, so that this file does not hold what it looks for.
HOMES = re.compile(rf"(?<![\w.\-/])/({'|'.join(['wo' + 'rk', 'ro' + 'ot', 'ho' + 'me'])})/\w")
HOSTS = ["py" + r"pi\.org", "registry" + r"\.npmjs"]
REGISTRIES = re.compile("|".join([*HOSTS, r"--(extra-)?index" + "-url", '"resolved"' + r':\s*"http']))


def committed() -> Iterator[Path]:
    """Our own text files, with what tools make left out."""
    for folder, below, files in os.walk(ROOT):
        below[:] = [name for name in below if name not in MADE_HERE and not name.endswith("_cache")]
        yield from (Path(folder, name) for name in files if Path(name).suffix in TEXT)


def holding(pattern: re.Pattern[str]) -> list[str]:
    """Files that hold the pattern, with the line."""
    found = []
    for path in committed():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    return found


def test_no_path_of_one_machine():
    assert holding(HOMES) == []


def test_no_address_of_a_registry():
    assert holding(REGISTRIES) == []


def test_the_tree_is_seen():
    names = {path.relative_to(ROOT).as_posix() for path in committed()}
    assert {"dev", "pyproject.toml", "requirements/run.txt", "package-lock.json"} <= names


def test_every_pin_has_a_hash():
    for path in (ROOT / "requirements").glob("*.txt"):
        blocks = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip())
        assert all("--hash=sha256:" in block for block in blocks), path.name

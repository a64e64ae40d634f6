"""The import contracts bite: a small tree that keeps them, and one import after another that breaks them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rundbord.config.rooms import ROOMS
from tests.architecture.source import ROOT

DRAWERS = ("rules", "models", "queries", "actions", "personal_data", "tasks")
STACK = "The stack"
BREAKS = [
    ("kernel/models.py", "rundbord.people.models", STACK),
    ("groups/models.py", "rundbord.matching.queries", STACK),
    ("places/models.py", "rundbord.topics.models", STACK),
    ("topics/models.py", "rundbord.places.models", STACK),
    ("signups/actions.py", "rundbord.shell", STACK),
    ("signups/actions.py", "rundbord.config", STACK),
    ("groups/models.py", "rundbord.groups.queries", "The drawers"),
    ("groups/queries.py", "rundbord.groups.personal_data", "The drawers"),
    ("groups/actions.py", "rundbord.groups.tasks", "The drawers"),
    ("surfaces/mine/rules.py", "rundbord.surfaces.office.rules", "Surfaces know nothing of one another"),
    ("surfaces/mine/rules.py", "rundbord.groups.models", "Surfaces enter a room"),
    ("surfaces/office/rules.py", "rundbord.groups.tasks", "Surfaces enter a room"),
    ("shell/rules.py", "rundbord.people.queries", "The shell stands on the kernel alone"),
    ("groups/actions.py", "rundbord.engine.rules", "Only matching and forecasts use the engine"),
    ("matching/actions.py", "rundbord.forecasts.queries", STACK),
    ("engine/rules.py", "rundbord.kernel.rules", "The engine knows nothing"),
    ("engine/rules.py", "django", "The engine knows nothing"),
    ("privacy/actions.py", "rundbord.groups.models", "Privacy reads"),
    ("statistics/queries.py", "rundbord.groups.models", "Statistics reads"),
]
ALLOWED = [
    ("matching/actions.py", "rundbord.engine.rules"),
    ("forecasts/actions.py", "rundbord.engine.rules"),
    ("surfaces/mine/rules.py", "rundbord.groups.actions"),
    ("surfaces/mine/rules.py", "rundbord.kernel.rules"),
    ("surfaces/mine/rules.py", "rundbord.shell.rules"),
    ("shell/rules.py", "rundbord.kernel.rules"),
    ("privacy/actions.py", "rundbord.groups.personal_data"),
    ("privacy/actions.py", "rundbord.kernel.models"),
    ("statistics/queries.py", "rundbord.groups.queries"),
    ("groups/tasks.py", "rundbord.groups.actions"),
    ("groups/actions.py", "rundbord.groups.personal_data"),
    ("config/rules.py", "rundbord.surfaces.office.rules"),
]


@pytest.fixture(scope="module")
def small_tree(tmp_path_factory) -> Path:
    """Every room with every drawer, all of them empty."""
    home = tmp_path_factory.mktemp("contracts")
    shutil.copy(ROOT / "pyproject.toml", home)
    for room in (*ROOMS, "engine", "config"):
        folder = home / "rundbord" / room.replace(".", "/")
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("__init__", *DRAWERS):
            (folder / f"{name}.py").touch()
    for package in ("", "surfaces"):
        (home / "rundbord" / package / "__init__.py").touch()
    return home


def verdict(home: Path, imports: list[tuple[str, str]]) -> str:
    """What import-linter says about the tree with these imports added; the tree is empty again afterwards."""
    for file, name in imports:
        with (home / "rundbord" / file).open("a") as source:
            source.write(f"import {name}\n")
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    try:
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    finally:
        for file, _ in imports:
            (home / "rundbord" / file).write_text("")
    return done.stdout


def broken(told: str) -> list[str]:
    """Names of the contracts it calls broken."""
    lines = (line.strip() for line in told.splitlines())
    return [line.removesuffix("BROKEN").strip() for line in lines if line.endswith("BROKEN")]


def test_what_the_rooms_may_do_keeps_every_contract(small_tree):
    told = verdict(small_tree, ALLOWED)
    assert broken(told) == []
    assert "0 broken" in told


@pytest.mark.parametrize(
    ("file", "name", "contract"), BREAKS, ids=[f"{file} {name}" for file, name, _ in BREAKS]
)
def test_what_they_may_not_do_breaks_its_contract(small_tree, file, name, contract):
    assert any(one.startswith(contract) for one in broken(verdict(small_tree, [(file, name)])))

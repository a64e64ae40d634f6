"""./dev check: everything a reviewer should not have to look for. One line each; details of failures only."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from tools import budgets, python
from tools.base import ROOT, Trouble, captured, say, scratch, settings

# Tools print much on failure; the first of it says what to mend.
DETAILS = 40


@dataclass(frozen=True)
class Outcome:
    """What one check found: whether it holds, and the lines to show (of a check that holds: a report)."""

    holds: bool
    lines: list[str]


def check(only: str | None) -> int:
    """Run every check; 0 when all hold."""
    if only and only not in CHECKS:
        raise Trouble(f"There is no check called {only}. There are: {', '.join(CHECKS)}.")
    python.environment("test")
    with scratch() as tmp:
        os.environ.update(tmp)
        broken = [name for name in CHECKS if only in (None, name) and not _one(name)]
    say(f"\nNot in order: {', '.join(broken)}" if broken else "\nAll in order.")
    return 1 if broken else 0


def _one(name: str) -> bool:
    start = time.monotonic()
    outcome = CHECKS[name]()
    say(f"{'ok  ' if outcome.holds else 'FAIL'} {name:<13} {time.monotonic() - start:5.1f} s")
    for line in outcome.lines[:DETAILS]:
        say(f"       {line}")
    if len(outcome.lines) > DETAILS:
        say(f"       … {len(outcome.lines) - DETAILS} lines more")
    return outcome.holds


def _tool(*words: str) -> Callable[[], Outcome]:
    """A check done by a program in .venv: holds when it ends with 0."""

    def run() -> Outcome:
        done = captured([python.PYTHON, "-m", *words], settings("test"))
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        return Outcome(done.returncode == 0, lines if done.returncode else [])

    return run


def _templates() -> Outcome:
    found = sorted((ROOT / "src").glob("**/templates/**/*.html"))
    return _tool("djlint", "--lint", "--quiet", *map(str, found))() if found else Outcome(True, [])


def _contracts() -> Outcome:
    done = captured([python.VENV / "bin" / "lint-imports", "--no-logo"])
    told = done.stdout.split("Broken contracts", 1)[-1]
    lines = [line for line in told.splitlines() if line.strip(" -")]
    return Outcome(done.returncode == 0, lines if done.returncode else [])


def _budgets() -> Outcome:
    table, broken = budgets.measure()
    return Outcome(not broken, table + broken)


CHECKS: dict[str, Callable[[], Outcome]] = {
    "style": _tool("ruff", "check", "--quiet", "--output-format=concise", "."),
    "format": _tool("ruff", "format", "--quiet", "--check", "--output-format=concise", "."),
    "types": _tool("mypy", "--no-error-summary"),
    "templates": _templates,
    "contracts": _contracts,
    "django": _tool("django", "check", "--fail-level", "WARNING"),
    "migrations": _tool("django", "makemigrations", "--check", "--dry-run", "--verbosity", "1"),
    "translations": _tool("tools.catalogues", "check"),
    "budgets": _budgets,
}

"""./dev test: the unit suite on SQLite and on PostgreSQL, then the journeys in a browser."""

import os
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tools import building, machine, python
from tools.base import ROOT, Trouble, environment, say, scratch

JOURNEYS = "tests/journeys"
# The one journey that is walked on PostgreSQL too.
MAIN_JOURNEY = "tests/journeys/test_from_wish_to_self_led.py"
OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
NO_TESTS = 5  # pytest's exit code when a selection is empty


@dataclass
class Leg:
    """One run of pytest and what came of it."""

    name: str
    closing: str = ""
    code: int = 0
    skipped: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def test(only: str | None, rest: list[str]) -> int:
    """Run the legs; 0 when every test passed. In CI a leg that cannot run is a failure."""
    start = time.monotonic()
    python.environment("test")
    building.build()
    paths, options = split(rest)
    legs = [leg(paths, options) for name, leg in LEGS.items() if only in (None, name)]
    done = [leg for leg in legs if leg]
    return sum_up(done, only, bool(rest), time.monotonic() - start)


def split(rest: list[str]) -> tuple[list[str], list[str]]:
    """Paths that exist on one side, everything else on the other."""
    paths = [word for word in rest if not word.startswith("-") and (ROOT / word.split("::")[0]).exists()]
    return paths, [word for word in rest if word not in paths]


def _unit(paths: list[str], options: list[str]) -> list[str] | None:
    """pytest's words for the unit suite; None when the paths asked for are journeys only."""
    units = [path for path in paths if not path.startswith(JOURNEYS)]
    if paths and not units:
        return None
    # worksteal: the few long proofs do not end up behind one another on one worker.
    workers = [] if _names_workers(options) else ["-n", "2", "--dist", "worksteal"]
    return [*(units or ["tests"]), f"--ignore={JOURNEYS}", *workers, *options]


def _names_workers(options: list[str]) -> bool:
    return any(re.match(r"-n\d*$|--numprocesses|--pdb|--trace", word) for word in options)


def _sqlite(paths: list[str], options: list[str]) -> Leg | None:
    words = _unit(paths, options)
    if not words:
        return None
    return _pytest("SQLite", [*words, "-m", "not browser and not postgres"], {"DATABASE_URL": ""})


def _postgres(paths: list[str], options: list[str]) -> Leg | None:
    words = _unit(paths, options)
    if not words:
        return None

    def go() -> Leg:
        with machine.postgresql() as url:
            return _pytest("PostgreSQL", [*words, "-m", "not browser"], {"DATABASE_URL": url})

    return _or_skipped("PostgreSQL", go)


def _browser(paths: list[str], options: list[str]) -> Leg | None:
    asked = [path for path in paths if path.startswith(JOURNEYS)]
    if (paths and not asked) or not (ROOT / JOURNEYS).is_dir():
        return None

    def go() -> Leg:
        env = {"DATABASE_URL": "", "RUNDBORD_CHROMIUM": machine.browser()}
        return _pytest("Browser", [*(asked or [JOURNEYS]), *options], env)

    return _or_skipped("Browser", go)


def _browser_on_postgres(paths: list[str], options: list[str]) -> Leg | None:
    if paths or not (ROOT / MAIN_JOURNEY).is_file():
        return None

    def go() -> Leg:
        chromium = machine.browser()
        with machine.postgresql() as url:
            env = {"DATABASE_URL": url, "RUNDBORD_CHROMIUM": chromium}
            return _pytest("Browser on PostgreSQL", [MAIN_JOURNEY, *options], env)

    return _or_skipped("Browser on PostgreSQL", go)


LEGS: dict[str, Callable[[list[str], list[str]], Leg | None]] = {
    "sqlite": _sqlite,
    "postgres": _postgres,
    "browser": _browser,
    "browser-postgres": _browser_on_postgres,
}


def _or_skipped(name: str, go: Callable[[], Leg]) -> Leg:
    try:
        return go()
    except Trouble as trouble:
        say(f"\n!!! {name} LEFT OUT: {trouble}\n")
        return Leg(name, skipped=str(trouble).splitlines()[0])


def _pytest(name: str, words: list[str], env: dict[str, str]) -> Leg:
    """Run pytest, let its output through, keep its closing line."""
    say(f"\n--- {name}")
    leg = Leg(name)
    command = [str(python.PYTHON), "-m", "pytest", "-q", *words]
    with (
        scratch() as tmp,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment({**env, **tmp}),
            stdout=subprocess.PIPE,
            text=True,
            errors="replace",
        ) as process,
    ):
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if line.strip():
                leg.closing = line.strip().strip("= ")
    leg.code = process.returncode
    leg.counts = counts(leg.closing)
    return leg


def counts(closing: str) -> dict[str, int]:
    """What pytest's closing line counts: "3 passed, 1 failed in 0.2s" gives {"passed": 3, "failed": 1}."""
    found = re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b", closing)
    return {"error" if word == "errors" else word: int(number) for number, word in found}


def sum_up(legs: list[Leg], only: str | None, selected: bool, seconds: float) -> int:
    """Say what came of each leg and of all; the exit code."""
    say(f"\n--- Result, after {seconds:.0f} s")
    for leg in legs:
        say(f"{leg.name}: {'LEFT OUT. ' + leg.skipped if leg.skipped else leg.closing or f'code {leg.code}'}")
    totals = {word: sum(leg.counts.get(word, 0) for leg in legs) for word in OUTCOMES}
    # A leg that fell over before it counted anything is one failure, so that no total hides it.
    uncounted = [leg for leg in legs if not leg.counts.keys() & {"failed", "error"}]
    silent = sum(_failed(leg, selected) for leg in uncounted)
    failed = totals["failed"] + totals["error"] + silent
    say(f"{totals['passed']} passed, {failed} failed, {totals['skipped']} skipped")
    if failed or (selected and not sum(totals.values())):
        return 1
    left_out = any(leg.skipped for leg in legs)
    return 2 if left_out and (only or os.environ.get("CI") == "true") else 0


def _failed(leg: Leg, selected: bool) -> bool:
    return leg.code != 0 and not (selected and leg.code == NO_TESTS)

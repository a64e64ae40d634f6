"""./dev test: the unit suite on SQLite and on PostgreSQL, the HTML of the pages, and what a browser walks."""

import os
import re
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tools import building, machine, python
from tools.base import ROOT, Trouble, environment, say, scratch

JOURNEYS = "tests/journeys"
# The HTML checker is a program for Java.
HTML = "tests/face/test_html.py"
VALIDATOR = ROOT / "tools" / "validator"
# How a test file says at its head that it needs a browser; it is walked together with the journeys.
_IN_BROWSER = re.compile(r"^pytestmark\b.*\bmark\.browser\b", re.MULTILINE)
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


@dataclass(frozen=True)
class Plan:
    """What a leg runs: unit tests (chosen by mark), or all that needs a browser, or `one` file of tests."""

    name: str
    marks: str = ""
    browser: bool = False
    one: str = ""
    postgresql: bool = False
    java: bool = False


PLANS = {
    "sqlite": Plan("SQLite", marks="not browser and not long and not postgres"),
    "sqlite-long": Plan("SQLite, long proofs", marks="long and not browser and not postgres"),
    "postgres": Plan("PostgreSQL", marks="not browser and not long", postgresql=True),
    "postgres-long": Plan("PostgreSQL, long proofs", marks="long and not browser", postgresql=True),
    "html": Plan("HTML", one=HTML, java=True),
    "browser": Plan("Browser", browser=True),
    "browser-postgres": Plan("Browser on PostgreSQL", browser=True, one=MAIN_JOURNEY, postgresql=True),
}


def test(only: str | None, rest: list[str]) -> int:
    """Run the legs; 0 when every test passed. In CI a leg that cannot run is a failure."""
    start = time.monotonic()
    python.environment("test")
    building.build()
    paths, options = split(rest)
    plans = [plan for name, plan in PLANS.items() if only in (None, name)]
    words = [(plan, selection(plan, paths, options)) for plan in plans]
    legs = [_leg(plan, chosen) for plan, chosen in words if chosen]
    return sum_up(legs, only, bool(rest), time.monotonic() - start)


def split(rest: list[str]) -> tuple[list[str], list[str]]:
    """Paths that exist on one side, everything else on the other."""
    paths = [word for word in rest if not word.startswith("-") and (ROOT / word.split("::")[0]).exists()]
    return paths, [word for word in rest if word not in paths]


def in_browser() -> list[str]:
    """Where tests need a browser: the folder of journeys, and every test file elsewhere that says so."""
    files = [path for path in sorted((ROOT / "tests").rglob("test_*.py")) if _says_so(path)]
    apart = [str(path.relative_to(ROOT)) for path in files]
    return [JOURNEYS, *(path for path in apart if not _lies_in(path, JOURNEYS))]


def _says_so(path: Path) -> bool:
    return _IN_BROWSER.search(path.read_text(encoding="utf-8")) is not None


def selection(plan: Plan, paths: list[str], options: list[str]) -> list[str]:
    """pytest's words for a leg; none when the paths asked for lie outside it."""
    # worksteal: the few long proofs do not end up behind one another on one worker.
    workers = [] if _names_workers(options) else ["-n", "2", "--dist", "worksteal"]
    if plan.one:
        asked = _asked([plan.one], paths)
        return [*asked, *options] if asked else []
    walked = in_browser()
    if plan.browser:
        asked = _asked(walked, paths)
        return [*asked, *workers, *options] if asked else []
    apart = [*walked, HTML]
    units = [path for path in paths if not _in_any(path, apart)]
    if paths and not units:
        return []
    left_out = [f"--ignore={path}" for path in apart]
    return [*(units or ["tests"]), *left_out, *workers, "-m", plan.marks, *options]


def _asked(whole: list[str], paths: list[str]) -> list[str]:
    """What a browser walks of the paths: those inside `whole`, and what of `whole` lies in them; or all."""
    if not paths:
        return whole
    return [each for path in paths for each in ([path] if _in_any(path, whole) else _below(path, whole))]


def _below(folder: str, whole: list[str]) -> list[str]:
    return [each for each in whole if _lies_in(each, folder)]


def _in_any(path: str, whole: list[str]) -> bool:
    return any(_lies_in(path, each) for each in whole)


def _lies_in(path: str, folder: str) -> bool:
    """Is it the folder (or file) itself, or something in it? A test is in its file."""
    mine, its = (Path(os.path.relpath(ROOT / each.split("::")[0], ROOT)) for each in (path, folder))
    return mine.is_relative_to(its) and "::" not in folder


def _names_workers(options: list[str]) -> bool:
    return any(re.match(r"-n\d*$|--numprocesses|--pdb|--trace", word) for word in options)


def _leg(plan: Plan, words: list[str]) -> Leg:
    """Run one leg with what it needs from the machine; left out, aloud, when the machine lacks it."""
    try:
        with ExitStack() as needs:
            env = {"DATABASE_URL": needs.enter_context(machine.postgresql()) if plan.postgresql else ""}
            if plan.browser:
                env["RUNDBORD_CHROMIUM"] = machine.browser()
            if plan.java:
                env["RUNDBORD_JAVA"] = machine.java()
                env["RUNDBORD_VNU"] = str(_validator())
            return _pytest(plan.name, words, env)
    except Trouble as trouble:
        say(f"\n!!! {plan.name} LEFT OUT: {trouble}\n")
        return Leg(plan.name, skipped=str(trouble).splitlines()[0])


def _validator() -> Path:
    return (
        building.packages(VALIDATOR, "The HTML checker, from npm") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    )


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
    if leg.code and not leg.counts:
        leg.closing = f"ended without a result (code {leg.code})"
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

"""`./dev bench face [PATH …]`: Lighthouse on the public pages of the demonstration, one of each kind.

0 when every page has 100 for accessibility, best practices and search, and 95 or more for speed, on a phone
as Lighthouse plays it (slow 4G, a slow processor). Speed is the best of three, since load only takes away.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import django

from rundbord.shell.access import ANYONE
from tools import addresses, building, machine, python, serving, shots
from tools.base import ROOT, Trouble, environment, quietly, say

FOLDER = ROOT / "bench" / "face"
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
# Pages for staff, and the copy for bad days, which fetches nothing, not even its icon.
APART = ("account_", "mfa_", "socialaccount_", "demo:", "public:fallback")
FLAGS = "--headless=new --no-sandbox --disable-gpu"
TRIES = 3
HEAD = "\n| page | speed | accessible | best practices | search | kB |\n|---|---:|---:|---:|---:|---:|"

Scores = dict[str, int]


def measure(address: str, lighthouse: list[str], env: dict[str, str]) -> dict[str, Any]:
    """Lighthouse's report of one page."""
    asked = ["--output=json", "--quiet", f"--only-categories={','.join(WANTED)}", f"--chrome-flags={FLAGS}"]
    done = subprocess.run(
        [*lighthouse, address, *asked], env=environment(env), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"Lighthouse did not come through {address}.\n{done.stderr[-500:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def scores(report: dict[str, Any]) -> Scores:
    """Points from 0 to 100 for each category; a page that asks not to be found is not judged by how it is."""
    points = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in WANTED}
    return points | ({"seo": WANTED["seo"]} if hides(report) else {})


def hides(report: dict[str, Any]) -> bool:
    """Does the page ask search engines to leave it out?"""
    return bool(report["audits"].get("is-crawlable", {}).get("score") == 0)


def short_of(found: Scores) -> list[str]:
    """The categories that are not as good as we want them."""
    return [name for name, least in WANTED.items() if found[name] < least]


def best(address: str, lighthouse: list[str], env: dict[str, str]) -> tuple[Scores, dict[str, Any]]:
    """The scores of a page, and the report of the last try."""
    found: Scores = {}
    for _ in range(TRIES):
        report = measure(address, lighthouse, env)
        told = scores(report)
        found = {**told, "performance": max(told["performance"], found.get("performance", 0))}
        if short_of(found) != ["performance"]:
            break
    return found, report


def missed(report: dict[str, Any]) -> list[str]:
    """The audits that cost points where every point counts, in Lighthouse's words."""
    audits = report["audits"]
    counted = [
        name for name, least in WANTED.items() if least == 100 and not (name == "seo" and hides(report))
    ]
    refs = [ref for name in counted for ref in report["categories"][name]["auditRefs"]]
    failed = [audits[ref["id"]] for ref in refs if ref["weight"] and (audits[ref["id"]]["score"] or 0) < 1]
    return [audit["title"] for audit in failed if audit["scoreDisplayMode"] != "notApplicable"]


def pages(address: str) -> list[str]:
    """One public page of each kind."""

    def fetch(path: str) -> str | None:
        try:
            with urllib.request.urlopen(address + path, timeout=30) as answer:
                html = answer.headers.get_content_type() == "text/html" and answer.url == address + path
                return answer.read().decode() if html else None
        except urllib.error.HTTPError:
            return None

    def wanted(match: addresses.ResolverMatch) -> bool:
        ours = not (match.view_name or "").startswith(APART)
        return ours and addresses.who_may(match) == ANYONE

    found = addresses.walk(fetch, wanted, addresses.without_parameters(), most=1)
    return [path for path in found if "?" not in path]


def prepared() -> tuple[list[str], dict[str, str]]:
    """How to call Lighthouse, and what it is told of the browser."""
    packages = building.packages(FOLDER, "Lighthouse, from npm")
    node = shutil.which("node")
    if node is None:
        raise Trouble("node is missing; ./dev build fetches it.")
    return [node, str(packages / "lighthouse" / "cli" / "index.js")], {"CHROME_PATH": machine.browser()}


def main(asked: list[str]) -> int:
    """Print a row for each page; 1 when one falls short."""
    building.build()
    lighthouse, env = prepared()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.face.as_served"
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="rundbord-face-", ignore_cleanup_errors=True) as folder:
        port = shots.free_port()
        os.environ.update(serving.environment_of(Path(folder), port, empty=False))
        collect = [python.PYTHON, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        quietly(collect, "The static files could not be collected.")
        with serving.up(Path(folder), port, quiet=True):
            django.setup()
            address = f"http://127.0.0.1:{port}"
            say(HEAD)
            for path in asked or pages(address):
                wrong += row(path, *best(address + path, lighthouse, env))
    return 1 if wrong else 0


def row(path: str, found: Scores, report: dict[str, Any]) -> bool:
    """A line of the table, and what is missing below it; True when the page falls short."""
    weight = round(report["audits"]["total-byte-weight"]["numericValue"] / 1000)
    say(f"| {path} | {' | '.join(str(found[name]) for name in WANTED)} | {weight} |")
    for title in missed(report):
        say(f"    {title}")
    return bool(short_of(found))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))

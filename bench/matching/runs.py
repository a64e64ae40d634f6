"""Runs every method on every instance, one process after the other, and remembers what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .methods import Case, Method, budget

ROOT = Path(__file__).parents[2]
Row = dict[str, Any]


class Runs:
    """Results by run. kept: a file of earlier results (a JSON object a line), which are not run again."""

    def __init__(self, kept: Path | None, methods: Iterable[Method], seconds: float | None) -> None:
        self.kept, self.methods, self.seconds = kept, list(methods), seconds
        lines = kept.read_text(encoding="utf-8").splitlines() if kept and kept.exists() else []
        self.known = {self._key(row): row for row in map(json.loads, lines)}

    def all(self, cases: Iterable[Case]) -> list[Row]:
        """One row per case and method."""
        rows = []
        for case in cases:
            for method in (m for m in self.methods if case.people <= m.most):
                rows.append(self._one(case, method))
                say(rows[-1])
            if case.made:
                case.path.unlink(missing_ok=True)
        return rows

    def _one(self, case: Case, method: Method) -> Row:
        seconds = max(method.patient, self.seconds or budget(case.people))
        row = {"case": case.name, "people": case.people, "method": method.name, "budget": seconds}
        if self._key(row) in self.known:
            return self.known[self._key(row)]
        row |= self._run(case, method, seconds)
        if self.kept:
            with self.kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
        return row

    def _key(self, row: Row) -> tuple[Any, ...]:
        return row["case"], row["people"], row["method"], row["budget"]

    def _run(self, case: Case, method: Method, seconds: float) -> Row:
        if case.made and not case.path.exists():
            python("bench.matching.workload", *map(str, case.made), str(case.path))
        words = ["--people", str(case.people), "--seconds", str(seconds)]
        return json.loads(python("bench.matching.trial", str(case.path), method.call, *words))


def python(*words: str) -> str:
    """What a module prints, run in a fresh process."""
    home = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [sys.executable, "-m", *words]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": home},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def say(row: Row) -> None:
    """One line on the way."""
    wrong = f"  BREAKS {', '.join(row['faults'])}" if row["faults"] else ""
    print(f"{row['case']:>14}  {row['method']:17} placed {row['placed']:6}  {row['seconds']:7.1f} s"
          f"  {row['mb']:6.0f} MB{wrong}", file=sys.stderr, flush=True)  # fmt: skip

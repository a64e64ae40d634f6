"""Numbers from runs: instances of one size together, every method against the same proven bound."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from .methods import LISTED, METHODS, OURS

Row = dict[str, Any]
MARKS = (1, 3, 10, 30, 60, 120, 300, 600)  # seconds at which the answer so far is looked at
HEAD = ("people", "method", "score / bound", "optimum proven", "placed", "waited 26 weeks", "seconds", "MB")
COURSE = ("people", *(f"{mark} s" for mark in MARKS))
GROWTH = ("people", "first answer", "exponent", "MB", "exponent")


def bounds(rows: Iterable[Row]) -> dict[str, int]:
    """The lowest proven bound of each instance."""
    found: dict[str, int] = {}
    for row in rows:
        if row["bound"] is not None:
            found[row["case"]] = min(row["bound"], found.get(row["case"], row["bound"]))
    return found


def compared(rows: list[Row]) -> list[tuple[str, ...]]:
    """HEAD's columns for every size and method; scores, bounds and people are summed over the instances."""
    limit = bounds(rows)
    return [
        _line(some, limit)
        for people in sizes(rows)
        for method in METHODS
        if (some := of(rows, people, method.name))
    ]


def sizes(rows: list[Row]) -> list[int]:
    """Numbers of people, rising."""
    return sorted({row["people"] for row in rows})


def of(rows: list[Row], people: int, method: str) -> list[Row]:
    """Those rows."""
    return [row for row in rows if row["people"] == people and row["method"] == method]


def _line(some: list[Row], limit: dict[str, int]) -> tuple[str, ...]:
    score, bound = sum(row["score"] for row in some), sum(limit.get(row["case"], 0) for row in some)
    best = sum(row["score"] == limit.get(row["case"]) for row in some)
    return (
        f"{some[0]['people']:,}" + (f" × {len(some)}" if len(some) > 1 else ""),
        some[0]["method"],
        f"{score / bound:.3f}" if bound else "-",
        f"{best} of {len(some)}" if best else "-",
        f"{sum(row['placed'] for row in some):,}",
        f"{sum(row['long'] for row in some):,}",
        f"{sum(row['seconds'] for row in some) / len(some):.1f}",
        f"{max(row['mb'] for row in some):.0f}",
    )


def courses(rows: list[Row]) -> list[tuple[str, ...]]:
    """Ours / the final bound after so many seconds, for every size."""
    limit, found = bounds(rows), []
    for people in sizes(rows):
        some = of(rows, people, OURS.name)
        total = sum(limit[row["case"]] for row in some)
        shares = [_at(some, mark, total) for mark in MARKS]
        found += [(f"{people:,}", *shares)] if some else []
    return found


def _at(some: list[Row], mark: float, total: int) -> str:
    """Share of the bound reached at a moment; nothing said once every run has ended."""
    over = [other for other in MARKS if other < mark and all(row["seconds"] < other for row in some)]
    score = sum(max((s for at, s in row["course"] if at <= mark), default=0) for row in some)
    return "" if over or not total else f"{score / total:.3f}"


def growth(rows: list[Row]) -> list[tuple[str, ...]]:
    """Seconds to the first answer and memory above the runtime, and their exponents from size to size."""
    facts = []
    for people in sizes(rows):
        some = of(rows, people, OURS.name)
        if some:
            facts.append((people, sum(r["first"] for r in some) / len(some), max(r["mb"] for r in some)))
    lines = [(f"{n:,}", f"{first:.2f} s", "", f"{mb:.0f}", "") for n, first, mb in facts[:1]]
    for (n, first, mb), (more, later, larger) in pairwise(facts):
        wider = math.log(more / n)
        exponents = [
            f"{math.log(max(b, 1e-3) / max(a, 1e-3)) / wider:.2f}" for a, b in ((first, later), (mb, larger))
        ]
        lines.append((f"{more:,}", f"{later:.2f} s", exponents[0], f"{larger:.0f}", exponents[1]))
    return lines


def wrong(rows: list[Row]) -> list[str]:
    """Broken rules, and sizes where fewer of those who waited long are placed than under first come."""
    said = [f"{r['case']}, {r['method']}: {', '.join(r['faults'])}" for r in rows if r["faults"]]
    for row in (r for r in rows if r["method"] == OURS.name):
        listed = next((r for r in of(rows, row["people"], LISTED.name) if r["case"] == row["case"]), None)
        if listed and row["long"] < listed["long"]:
            said.append(f"{row['case']}: {row['long']} who waited long, {listed['long']} under first come")
    return said


def markdown(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    """A table whose columns line up in plain text too; methods to the left, numbers to the right."""
    wide = [max(len(cell) for cell in column) for column in zip(head, *lines, strict=True)]
    left = [name == "method" for name in head]
    rule = tuple("-" * w if flush else "-" * (w - 1) + ":" for w, flush in zip(wide, left, strict=True))
    return "\n".join(_row(cells, wide, left) for cells in (head, rule, *lines))


def _row(cells: tuple[str, ...], wide: list[int], left: list[bool]) -> str:
    told = [c.ljust(w) if flush else c.rjust(w) for c, w, flush in zip(cells, wide, left, strict=True)]
    return f"| {' | '.join(told)} |"

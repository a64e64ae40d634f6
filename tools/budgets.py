"""Counts that show whether the code grows out of its clothes: lines per file and function, tests per code,
rooms that import each other both ways. Standard library only."""

import ast
import statistics
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from tools.base import ROOT

FILE_MOST = 400
FUNCTION_MOST = 60
# What we aim for (median, nine in ten); passing it is said, not refused.
FILE_AIM = (80, 250)
FUNCTION_AIM = (8, 25)
RATIO_AIM = (1.2, 1.8)


@dataclass(frozen=True)
class Sized:
    """A file or a function and its lines."""

    name: str
    lines: int


def sources(folder: str, root: Path = ROOT) -> list[Path]:
    """Our Python files in a folder; migrations are made by machine and left out."""
    return sorted(p for p in (root / folder).rglob("*.py") if "migrations" not in p.parts)


def files(paths: list[Path], root: Path = ROOT) -> list[Sized]:
    """Lines of each file that holds any."""
    sized = [Sized(str(p.relative_to(root)), len(p.read_text(encoding="utf-8").splitlines())) for p in paths]
    return [one for one in sized if one.lines]


def functions(paths: list[Path], root: Path = ROOT) -> list[Sized]:
    """Lines of each function, from its def to its last line."""
    found = []
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append(Sized(f"{path.relative_to(root)}:{node.lineno} {node.name}", lines))
    return found


def imports(path: Path) -> set[str]:
    """Dotted names a file imports; of `from a import b` both a and a.b."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def two_way(root: Path = ROOT) -> list[str]:
    """Pairs of rooms that import each other."""
    home = root / "src" / "rundbord"
    edges = set()
    for path in sources("src/rundbord", root):
        room = path.relative_to(home).parts[0]
        edges |= {(room, name.split(".")[1]) for name in imports(path) if name.startswith("rundbord.")}
    rooms = sorted({room for room, _ in edges})
    return [f"{a} and {b}" for a, b in combinations(rooms, 2) if {(a, b), (b, a)} <= edges]


def tenth(values: list[int]) -> int:
    """The size nine in ten stay within."""
    return sorted(values)[max(0, -(-9 * len(values) // 10) - 1)] if values else 0


def measure(root: Path = ROOT) -> tuple[list[str], list[str]]:
    """(the table, what breaks a hard limit)."""
    code = sources("src", root)
    per_file, per_function = files(code, root), functions(code, root)
    tests = files(sources("tests", root), root)
    table = [
        f"{'':<12}{'count':>7}{'median':>8}{'9 in 10':>9}{'most':>7}   aim",
        _row("files", per_file, FILE_AIM, FILE_MOST),
        _row("functions", per_function, FUNCTION_AIM, FUNCTION_MOST),
        _ratio(sum(one.lines for one in per_file), sum(one.lines for one in tests)),
    ]
    broken = _past(per_file, FILE_MOST) + _past(per_function, FUNCTION_MOST)
    return table, broken + [f"{pair} import each other" for pair in two_way(root)]


def _past(sized: list[Sized], most: int) -> list[str]:
    return [f"{one.name}: {one.lines} lines, at most {most}" for one in sized if one.lines > most]


def _row(name: str, sized: list[Sized], aim: tuple[int, int], most: int) -> str:
    lines = [one.lines for one in sized]
    middle = int(statistics.median(lines)) if lines else 0
    over = " (over)" if middle > aim[0] or tenth(lines) > aim[1] else ""
    numbers = f"{len(lines):>7}{middle:>8}{tenth(lines):>9}{max(lines, default=0):>7}"
    return f"{name:<12}{numbers}   {aim[0]}, {aim[1]}, {most}{over}"


def _ratio(code: int, tests: int) -> str:
    ratio = tests / code if code else 0.0
    outside = "" if RATIO_AIM[0] <= ratio <= RATIO_AIM[1] else " (outside)"
    return f"{'tests:code':<12}{tests}:{code} lines = {ratio:.2f}   {RATIO_AIM[0]}-{RATIO_AIM[1]}{outside}"

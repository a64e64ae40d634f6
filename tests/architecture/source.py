"""The sources as data: which files there are, what they import, which names they give."""

import ast
import re
from functools import cache
from pathlib import Path

from rundbord.config.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "rundbord"
# Lowest first; config stands above everything.
ORDER = {name.split(".")[0]: height for height, name in enumerate(ROOMS)} | {"config": len(ROOMS)}


def python_files(folder: str = "") -> list[Path]:
    """Our modules under src/rundbord/`folder`, without migrations."""
    return [path for path in sorted((SOURCE / folder).rglob("*.py")) if "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def where(path: Path, node: ast.AST) -> str:
    """ "groups/actions.py:12" """
    return f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 1)}"


def imported(path: Path) -> set[str]:
    """Dotted names a file imports; `from a import b` gives a and a.b."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def names_given(module: ast.Module) -> list[tuple[str, ast.AST]]:
    """Every name a module gives to something: functions, classes, arguments, variables, attributes."""
    given: list[tuple[str, ast.AST]] = []
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            given.append((node.name, node))
        elif isinstance(node, ast.arg):
            given.append((node.arg, node))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            given.append((node.id, node))
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            given.append((node.attr, node))
    return given


def words(name: str) -> list[str]:
    """ "groupLeader_id" gives ["group", "leader", "id"]."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def room_of(dotted: str) -> str | None:
    """The room of a module of ours: "rundbord.groups.models" is in "groups"; None when it is not ours."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "rundbord" and len(parts) > 1 else None

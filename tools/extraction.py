"""Which texts the sources hold for translation: read from Python by its syntax tree, from templates by
Django's own reading of translation tags. Stands in for GNU xgettext, which need not be installed."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# Function name -> which arguments are context, singular, plural (None: has none).
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_MORE = rf"(?:\s*,\s*{_LITERAL})?"
_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*{_LITERAL}{_MORE}{_MORE}", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """One text to translate, as the sources hold it."""

    singular: str
    plural: str = ""
    context: str | None = None


def texts(source: Path) -> dict[Text, list[str]]:
    """Every text under `source`, in order of file and place, with the files (relative to it) that hold it."""
    found: dict[Text, list[str]] = {}
    for path in sorted(source.rglob("*.py")) + sorted(source.glob("**/templates/**/*.*")):
        name = path.relative_to(source).as_posix()
        for text in _from(path, name):
            places = found.setdefault(text, [])
            if name not in places:
                places.append(name)
    return found


def _from(path: Path, name: str) -> Iterator[Text]:
    content = path.read_text(encoding="utf-8")
    return from_python(content, name) if path.suffix == ".py" else from_template(content, name)


def from_python(content: str, name: str = "") -> Iterator[Text]:
    """Texts in Python source: literal arguments of the gettext family, in order."""
    nodes = list(ast.walk(ast.parse(content, name)))
    names = _own_names(nodes)
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        function = call.func
        called = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        called = names.get(called, called)
        if called in CALLS:
            yield from _text(called, [_literal(argument) for argument in call.args])


def _own_names(nodes: list[ast.AST]) -> dict[str, str]:
    """What a file calls the functions it imports: "_lazy" for gettext_lazy, say."""
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    said = [alias for node in imports if node.module == "django.utils.translation" for alias in node.names]
    return {alias.asname: alias.name for alias in said if alias.asname}


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _text(called: str, words: list[str | None]) -> Iterator[Text]:
    """The text of one call, unless an argument it needs is not written out."""
    context, singular, plural = (
        None if place is None else words[place] if place < len(words) else None for place in CALLS[called]
    )
    wanted = sum(place is not None for place in CALLS[called])
    if singular and wanted == sum(word is not None for word in (context, singular, plural)):
        yield Text(singular, plural or "", context)


def from_template(content: str, name: str = "") -> Iterator[Text]:
    """Texts in a Django template (HTML or mail), in order."""
    for call in _CALL.finditer(templatize(content, name)):
        words = [ast.literal_eval(word) if word else None for word in call.groups()[1:]]
        yield from _text(call[1], words)

"""Templates: every page stands on the shell, so that help, language and "Leave page" are on all of them."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import SOURCE

BASE = "shell/base.html"
# The name, or the name a variable falls back on.
EXTENDS = re.compile(r"{%\s*extends\s+[^%]*?[\"']([^\"']+)[\"']")
INLINE = re.compile(r"\sstyle=|<style|\son(?:click|load|submit|change|input)=|<script(?![^>]*\bsrc=)")
# Pieces and mails are no pages; a page whose name begins with _ is a fragment of one.
NO_PAGES = {"mail", "parts", "components"}


def templates() -> dict[str, Path]:
    """Every HTML template by the name it is asked for."""
    found: dict[str, Path] = {}
    for path in sorted(SOURCE.glob("**/templates/**/*.html")):
        home = next(parent for parent in path.parents if parent.name == "templates")
        found[path.relative_to(home).as_posix()] = path
    return found


TEMPLATES = templates()
PAGES = [name for name in TEMPLATES if not (NO_PAGES & set(Path(name).parts) or Path(name).name[0] == "_")]


def foundation(name: str) -> str:
    """The template that a page stands on in the end."""
    above = EXTENDS.search(TEMPLATES[name].read_text(encoding="utf-8")) if name in TEMPLATES else None
    return foundation(above[1]) if above else name


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stands_on_the_shell(name):
    assert foundation(name) == BASE


def test_no_page_hides_another_of_the_same_name():
    assert len(TEMPLATES) == len(list(SOURCE.glob("**/templates/**/*.html")))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_style_or_script_inside_a_page(name):
    text = TEMPLATES[name].read_text(encoding="utf-8")
    assert INLINE.findall(text) == []

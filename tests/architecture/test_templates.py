"""Templates: every page stands on the shell, so that help, language and "Leave page" are on all of them."""

import ast
import html
import re
from functools import cache
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.architecture.source import SOURCE, python_files, tree

BASE = "shell/base.html"
# The name (or the one a variable falls back on), or a variable that the view fills.
EXTENDS = re.compile(r"{%\s*extends\s+(?:[^%]*?[\"']([^\"']+)[\"']|(\w+)\s*%})")
INLINE = re.compile(r"\sstyle=|<style|\son(?:click|load|submit|change|input)=|<script(?![^>]*\bsrc=)")
SPOKEN_ELSEWHERE = {"blocktranslate", "blocktrans", "comment"}
NAMES = {"Rundbord"}
GALLERY = "shell/gallery.html"  # for those who draw; never served in use
# Pieces and mails are no pages; a page whose name begins with _ is a fragment of one.
NO_PAGES = {"mail", "parts", "components", "elements"}


def templates() -> dict[str, Path]:
    """Every HTML template by the name it is asked for."""
    found: dict[str, Path] = {}
    for path in sorted(SOURCE.glob("**/templates/**/*.html")):
        home = next(parent for parent in path.parents if parent.name == "templates")
        found[path.relative_to(home).as_posix()] = path
    return found


TEMPLATES = templates()
PAGES = [name for name in TEMPLATES if not (NO_PAGES & set(Path(name).parts) or Path(name).name[0] == "_")]


def foundations(name: str) -> set[str]:
    """The templates that a page stands on in the end; several when its view chooses."""
    above = EXTENDS.search(TEMPLATES[name].read_text(encoding="utf-8")) if name in TEMPLATES else None
    if not above:
        return {name}
    named, chosen = above.groups()
    below = {named} if named else said_by_views(chosen)
    return {found for one in below for found in foundations(one)}


@cache
def said_by_views(variable: str) -> set[str]:
    """Template names that our code puts under this name: {"base": "mine/_base.html"}."""
    pairs = [
        pair
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Dict)
        for pair in zip(node.keys, node.values, strict=True)
    ]
    said = {ast.literal_eval(value) for key, value in pairs if is_text(key, variable) and is_text(value)}
    return {name for name in said if name.endswith(".html")}


def is_text(node: ast.expr | None, text: str | None = None) -> bool:
    """Is it a written-out text (this one)?"""
    written = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return written and text in (None, node.value)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stands_on_the_shell(name):
    assert foundations(name) == {BASE}


def test_no_page_hides_another_of_the_same_name():
    assert len(TEMPLATES) == len(list(SOURCE.glob("**/templates/**/*.html")))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_style_or_script_inside_a_page(name):
    text = TEMPLATES[name].read_text(encoding="utf-8")
    assert INLINE.findall(text) == []


def spoken(source: str) -> str:
    """What a template says in words of its own: outside tags, comments and texts for translation."""
    inside = None  # the block whose content is not the page's own words
    kept: list[str] = []
    for token in Lexer(source).tokenize():
        word = (token.contents.split() or [""])[0]
        if token.token_type == TokenType.BLOCK:
            inside = word if word in SPOKEN_ELSEWHERE else None if word == f"end{inside}" else inside
        kept.append(token.contents if token.token_type == TokenType.TEXT and not inside else "\0")
    return "".join(kept)


def own_words(source: str) -> list[str]:
    """Words a reader sees or hears that no one can translate."""
    text = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", " ", spoken(source), flags=re.DOTALL)
    attributes = re.findall(r"\b(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"", text)
    text = re.sub(r"\brb-[\w-]+|\bhx-headers='[^']*'", " ", text)  # blocks that fill an attribute
    seen = html.unescape(" ".join([re.sub(r"<[^>]*>", " ", text), *attributes]))
    return [word for word in re.findall(r"[^\W\d_]{2,}", seen) if word not in NAMES]


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != GALLERY])
def test_every_word_of_a_page_can_be_translated(name):
    assert own_words(TEMPLATES[name].read_text(encoding="utf-8")) == []


def test_the_rule_hears_words_and_nothing_else():
    seen = '<p class="x">Hi <b>you</b></p><img alt="A {{ x }} face"><a aria-label="Away">{{ there }}</a>'
    assert own_words(seen) == ["Hi", "you", "face", "Away"]
    unseen = (
        '<!-- note --><p title="{% translate "In" %}">{% blocktranslate %}Words{% endblocktranslate %}'
        "{% comment %}Why{% endcomment %}&nbsp;&times; 3 {# aside #}</p><script>let x</script>Rundbord"
    )
    assert own_words(unseen) == []

"""Which texts there are, and what they say."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from rundbord.content.rules import Text, parsed
from rundbord.kernel.refusals import Refused

_TEXTS = Path(__file__).parent / "texts"
_EASY = ".easy"


class NoSuchText(Refused):
    """No text of this name in this language."""

    sentence = _("We have no such text.")


def text(slug: str, language: str) -> Text:
    """A text with its easy-read variant. NoSuchText for a slug or a language that is not there."""
    if slug not in slugs(language):
        raise NoSuchText(slug, language)
    return _read(slug, language)


@cache
def words(language: str) -> dict[str, Any]:
    """The few words round the texts of a language without a catalogue. NoSuchText where there are none."""
    path = _TEXTS / language / "words.json"
    if language not in languages() or not path.is_file():
        raise NoSuchText("words", language)
    spoken: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return spoken


@cache
def slugs(language: str) -> frozenset[str]:
    """Names of all texts in a language; none in one we do not have."""
    if language not in languages():
        return frozenset()
    home = _TEXTS / language
    names = (path.relative_to(home).with_suffix("").as_posix() for path in home.rglob("*.md"))
    return frozenset(name for name in names if not name.endswith(_EASY))


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages there are texts in."""
    return tuple(sorted(path.name for path in _TEXTS.iterdir() if path.is_dir()))


@cache
def _read(slug: str, language: str) -> Text:
    plain = _TEXTS / language / f"{slug}.md"
    simple = plain.with_name(f"{plain.stem}{_EASY}.md")
    easy = parsed(slug, language, simple.read_text(encoding="utf-8")) if simple.is_file() else None
    return parsed(slug, language, plain.read_text(encoding="utf-8"), easy)

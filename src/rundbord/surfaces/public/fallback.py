"""The most important pages as plain files: help lines, whom to ring, the groups there are.

The worker writes them each quarter of an hour. Where the application or its database is down, the proxy in
front, or the application itself, shows the last ones. They load nothing, and name nobody.
"""

import hashlib
import os
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from rundbord.groups import queries as groups
from rundbord.groups.queries import PublicGroup
from rundbord.organisations import queries as organisations
from rundbord.organisations.queries import Directory
from rundbord.places.rules.names import alphabetical
from rundbord.shell.context import shell
from rundbord.shell.help_lines import HELP_LINES
from rundbord.shell.languages import OWN_NAMES
from rundbord.surfaces.public import listing
from rundbord.surfaces.public.offices import lines

DIGITAL = "digital"
_FILE = "index.html"
_STYLE = Path(__file__).parent / "static" / "public" / "fallback.css"

Parts = dict[str, list[PublicGroup]]  # county code, or "digital" -> the groups there


def tick(now: datetime) -> None:
    """Writes all of it anew. A file is replaced whole, so that nobody reads half of one."""
    home = Path(settings.RUNDBORD_FALLBACK_DIR)
    written = {_write(home, address, text) for address, text in pages(now)}
    for old in set(home.glob(f"**/{_FILE}")) - written:
        old.unlink()  # a county without groups any more


def _write(home: Path, address: str, text: str) -> Path:
    file = home / address.strip("/") / _FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, file)
    return file


def pages(now: datetime) -> Iterator[tuple[str, str]]:
    """(address, whole page) of each file, in every language. Four queries."""
    directory, words = organisations.directory(), organisations.words_for_groups()
    parts = _parts(groups.public_list())
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield reverse("public:fallback"), _front(now, directory, parts)
            for part, found in parts.items():
                said = [listing.line(group, words) for group in found]
                yield reverse("public:fallback_part", args=[part]), _part(now, _heading(part, found), said)


def _parts(found: list[PublicGroup]) -> Parts:
    """By county, in the order of the alphabet, digital ones first: one page of everything would be long."""
    by_part: Parts = {}
    for group in found:
        by_part.setdefault(DIGITAL if group.digital else group.place.county_code, []).append(group)
    return dict(sorted(by_part.items(), key=lambda part: (part[0] != DIGITAL, _county(part[1]))))


def _county(found: list[PublicGroup]) -> str:
    return alphabetical(found[0].place.county_name)


def _heading(part: str, found: list[PublicGroup]) -> str:
    if part == DIGITAL:
        return _("Digital groups")
    return _("Groups in %(county)s") % {"county": found[0].place.county_name}


def _front(now: datetime, directory: Directory, parts: Parts) -> str:
    links = [
        (reverse("public:fallback_part", args=[part]), _heading(part, found)) for part, found in parts.items()
    ]
    return _page(now, offices=lines(directory, directory.offices), parts=links)


def _part(now: datetime, heading: str, said: list[listing.Line]) -> str:
    return _page(now, heading=heading, groups=said)


def _page(now: datetime, **context: Any) -> str:
    style = mark_safe(f"<style>{_style()}</style>")
    own = {"now": now, "style": style, "help_lines": HELP_LINES, "languages": list(_languages())}
    return render_to_string("public/_fallback.html", {**shell(None), **own, **context})


def _languages() -> Iterator[tuple[str, str, str]]:
    """Code, own name and first page of each language."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield code, OWN_NAMES[code], reverse("public:fallback")


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


@cache
def style_source() -> str:
    """What the Content-Security-Policy must name for the pages' own few lines of style."""
    return "'sha256-" + b64encode(hashlib.sha256(_style().encode()).digest()).decode() + "'"


def kept(address: str) -> bytes | None:
    """The file last written for an address of these pages, or None if there is none."""
    try:
        return (Path(settings.RUNDBORD_FALLBACK_DIR) / address.strip("/") / _FILE).read_bytes()
    except OSError:
        return None

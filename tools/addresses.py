"""Which pages there are: read from the map of addresses, and from the links on the pages themselves."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.conf import settings
from django.urls import (
    NoReverseMatch,
    Resolver404,
    ResolverMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
    reverse,
)
from django.utils import translation

from rundbord.config.access import THIRD_PARTY
from rundbord.shell.access import opened_to

_LINK = re.compile(r"""<a\b[^>]*?\bhref=["']([^"'#]+)""", re.IGNORECASE)
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")

Fetch = Callable[[str], str | None]
"""HTML of a path, or None when there is no page (another status, another kind of content)."""


def who_may(match: ResolverMatch) -> str:
    """Whom the address is open to, in the words of `open_to`; "" when nobody says."""
    said = opened_to(match.func)
    name = match.view_name or ""
    return said or next((who for start, who in THIRD_PARTY.items() if name.startswith(start)), "")


def without_parameters() -> Iterator[str]:
    """Every path that can be written without knowing anything, in the language that is active."""
    for name in _names(get_resolver(), ""):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{namespace}{part.namespace}:" if part.namespace else namespace
            yield from _names(part, inner)
        elif isinstance(part, URLPattern) and part.name:
            yield namespace + part.name


def matched(path: str) -> ResolverMatch | None:
    """The route a path leads to; None when it is nobody's, or of another language than the active one."""
    path = urlsplit(path).path
    first = path.split("/")[1]
    if first in dict(settings.LANGUAGES) and first != translation.get_language():
        return None
    try:
        return resolve(path)
    except Resolver404:
        return None


def walk(
    fetch: Fetch, wanted: Callable[[ResolverMatch], bool], starts: Iterable[str], *, most: int
) -> list[str]:
    """Paths of the wanted pages, from `starts` along the links on them, sorted.

    Of addresses that differ only by an id, or by what stands in the same query, the first is taken; of those
    that differ by a word, `most`.
    """
    queue, seen, taken, found = list(starts), set[str](), Counter[object](), list[str]()
    while queue:
        path = queue.pop(0)
        match = None if path in seen else matched(path)
        seen.add(path)
        if match is None or not wanted(match):
            continue
        kind = (match.view_name, _words(match), *_asks(path))
        if taken[kind] or taken[match.view_name] >= most:
            continue
        page = fetch(path)
        if page is None:
            continue
        taken.update([kind, match.view_name])
        found.append(path)
        queue += links(page, path)
    return sorted(found)


def links(page: str, path: str) -> list[str]:
    """Paths on our own site that a page links to, with their queries, in order."""
    targets = [urlsplit(urljoin(path, unescape(target))) for target in _LINK.findall(page)]
    ours = [target for target in targets if target.path.startswith("/") and not target.netloc]
    return [target.path + (f"?{target.query}" if target.query else "") for target in ours]


def _asks(path: str) -> list[str]:
    """The names in an address's query."""
    return sorted({name for name, _ in parse_qsl(urlsplit(path).query, keep_blank_values=True)})


def _words(match: ResolverMatch) -> tuple[object, ...]:
    """What tells addresses of a route apart, ids left out."""
    kinds = {name: kind for kind, name in _PARAMETER.findall(match.route)}
    return tuple(value for name, value in match.kwargs.items() if kinds.get(name, "pid") != "pid")

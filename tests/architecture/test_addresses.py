"""Addresses: each says who may open it."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from rundbord.config.access import THIRD_PARTY
from tests.architecture.source import room_of

DEMONSTRATION = "rundbord.config.demonstration.urls"


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address below a resolver with its full route."""
    for part in resolver.url_patterns:
        route = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from patterns(part, route)
        else:
            yield route, part


def demonstration() -> list[tuple[str, URLPattern]]:
    """The demonstration's entrances: switched off in tests, held to the same rule."""
    if not find_spec(DEMONSTRATION.rpartition(".")[0]):
        return []
    return [(f"demo/{part.pattern}", part) for part in import_module(DEMONSTRATION).urlpatterns]


ADDRESSES = [*patterns(get_resolver()), *demonstration()]


def is_ours(pattern: URLPattern) -> bool:
    """Is the view written here?"""
    return room_of(pattern.callback.__module__) is not None


@pytest.mark.parametrize(("route", "pattern"), ADDRESSES, ids=[route for route, _ in ADDRESSES])
def test_every_address_names_who_may_open_it(route, pattern):
    who = getattr(pattern.callback, "open_to", None)
    if not is_ours(pattern) and who is None:
        # A redirect without a name shows nothing itself: what counts is where it leads.
        name = pattern.name or getattr(pattern.callback, "view_initkwargs", {}).get("pattern_name", "")
        who = next((who for start, who in THIRD_PARTY.items() if name.startswith(start)), None)
    assert isinstance(who, str)
    assert who.strip()


@pytest.mark.parametrize("start", THIRD_PARTY)
def test_every_line_about_views_of_others_is_needed(start):
    names = [pattern.name or "" for _, pattern in ADDRESSES if not is_ours(pattern)]
    assert any(name.startswith(start) for name in names)

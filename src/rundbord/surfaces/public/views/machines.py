"""What search engines ask for: which pages there are, and where they have no business."""

from collections.abc import Callable, Iterator
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.views.decorators.http import require_safe

from rundbord.kernel.links import absolute
from rundbord.organisations import queries as organisations
from rundbord.shell.access import ANYONE, is_listed, open_to, unlisted
from rundbord.shell.languages import WELCOME

# First words of the addresses that are no public pages. They tell nothing about what stands there.
PRIVATE = ("min", "kontor", "konto")
_LANGUAGES = [code for code, _name in settings.LANGUAGES]
_ROUTES = "rundbord.surfaces.public.urls"

Pages = Iterator[tuple[str, list[str], list[str]]]  # route, what its address names, languages


@unlisted
@open_to(ANYONE)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, once in each language. One query."""
    addresses = [
        absolute(route, *named, language=language)
        for route, named, languages in _pages()
        for language in languages
    ]
    return render(request, "public/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


def _pages() -> Pages:
    for pattern in import_module(_ROUTES).urlpatterns:
        if is_listed(pattern.callback):
            yield from _of(pattern)


def _of(pattern: URLPattern) -> Pages:
    route = f"public:{pattern.name}"
    if pattern.pattern.converters:
        yield from ((route, named, languages) for named, languages in NAMED[pattern.name or ""]())
    else:
        yield route, [], _LANGUAGES


def _offices() -> Iterator[tuple[list[str], list[str]]]:
    return (([office.slug], _LANGUAGES) for office in organisations.all_active())


def _welcomes() -> Iterator[tuple[list[str], list[str]]]:
    # The page is in its own language, whatever the address begins with.
    return (([code], [settings.LANGUAGE_CODE]) for code in WELCOME)


# Routes whose address names something: what there is to name, and in which languages the page is.
NAMED: dict[str, Callable[[], Iterator[tuple[list[str], list[str]]]]] = {
    "office": _offices,
    "welcome": _welcomes,
}


@unlisted
@open_to(ANYONE)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everybody may read the public pages, as they are without a search in their address."""
    starts = ["/", *(f"/{code}/" for code in _LANGUAGES if code != settings.LANGUAGE_CODE)]
    closed = [f"Disallow: {start}{word}/" for start in starts for word in PRIVATE]
    lines = [
        "User-agent: *",
        *closed,
        "Disallow: /*?",
        f"Sitemap: {absolute('public:sitemap', language=settings.LANGUAGE_CODE)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")

"""What is shown when the database does not answer: the last copy of the most important, kept as files."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from rundbord.shell import errors
from rundbord.shell.access import ANYONE, open_to, opened_to
from rundbord.surfaces.public import fallback

_AGAIN_IN = "120"  # seconds
_CANNOT_BE_ASKED = (OperationalError, InterfaceError)


@open_to(ANYONE)
@require_safe
def page(request: HttpRequest, part: str = "") -> HttpResponse:
    """A page of the copy. Asks no database."""
    route, args = ("public:fallback_part", [part]) if part else ("public:fallback", [])
    text = fallback.kept(reverse(route, args=args))
    if text is None:
        raise Http404
    return _answer(text, 200)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; but for whoever wanted to read an open page while the database is away: the copy, and 503."""
    away = isinstance(sys.exc_info()[1], _CANNOT_BE_ASKED)
    text = fallback.kept(reverse("public:fallback")) if away and _reads_openly(request) else None
    if text is None:
        return errors.server_error(request)
    answer = _answer(text, 503)
    answer["Retry-After"] = _AGAIN_IN
    return answer


def _reads_openly(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method in {"GET", "HEAD"} and match is not None and opened_to(match.func) == ANYONE


def _answer(text: bytes, status: int) -> HttpResponse:
    answer = HttpResponse(text, status=status)
    answer["X-Robots-Tag"] = "noindex"
    answer._csp_update = {"style-src": [fallback.style_source()]}  # type: ignore[attr-defined]
    return answer

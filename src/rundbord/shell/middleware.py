"""Headers on every answer, and a log that knows routes but no addresses."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rundbord.shell.access import ANYONE, is_listed, opened_to

log = logging.getLogger("rundbord.request")

Next = Callable[[HttpRequest], HttpResponseBase]

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
    ),
}
PUBLIC_CACHE = "no-cache"  # may be kept, must be asked about (ETag): a changed page is never shown stale
PRIVATE_CACHE = "no-store"


class SecurityHeadersMiddleware:
    """Isolation headers, and no-store on everything that is not plainly public.

    It stands outside ConditionalGetMiddleware, so that it also reaches error pages.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_public(request, response):
            response.headers.setdefault("Cache-Control", PUBLIC_CACHE)
        else:
            response.headers["Cache-Control"] = PRIVATE_CACHE
            del response.headers["ETag"]
        if not may_be_found(request, response):
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        return response


def may_be_found(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether search engines may know it: a listed page that went well, even where a form sets its cookie."""
    match = request.resolver_match
    return match is not None and is_listed(match.func) and _went_well(request, response)


def _went_well(request: HttpRequest, response: HttpResponseBase) -> bool:
    return request.method in {"GET", "HEAD"} and response.status_code in {200, 301, 304}


def is_public(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a browser or a cache may keep the answer: a read that went well, of a view open to anyone."""
    match = request.resolver_match
    if match is None or not _went_well(request, response):
        return False
    return opened_to(match.func) == ANYONE and not response.cookies


class RequestLogMiddleware:
    """One line per request: method, route name, status, milliseconds. Never a path, a query or an address."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        response = self.get_response(request)
        spent = round(1000 * (time.monotonic() - began))
        log.info("%s %s %d %d ms", _method(request), route_name(request), response.status_code, spent)
        return response


def route_name(request: HttpRequest) -> str:
    """The name of the route that answered, or "-" when none did."""
    match = request.resolver_match
    return match.view_name if match and match.view_name else "-"


def _method(request: HttpRequest) -> str:
    # The method is free text from outside; only the known ones may reach a log.
    known = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
    return request.method if request.method in known else "other"

"""Which browser this is, and which person it has shown itself to belong to.

The cookie is strictly necessary (a private link is only enough in a browser that is known), random, and says
nothing about anybody. Reading a page never makes one: only a POST does.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

IDLE = timedelta(minutes=15)  # TRUST.md, participant's access
_DAYS_KEPT = 180
_MINUTE = 60


def _cookie_name() -> str:
    return "__Host-browser" if settings.SESSION_COOKIE_SECURE else "rundbord-browser"


def browser_of(request: HttpRequest) -> str | None:
    """The browser's random name, or None if it has none yet."""
    return getattr(request, "new_browser", None) or request.COOKIES.get(_cookie_name())


def name_browser(request: HttpRequest) -> str:
    """The browser's random name, made now if it had none; the middleware sends it along."""
    known = browser_of(request)
    if known:
        return known
    request.new_browser = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
    return request.new_browser  # type: ignore[attr-defined]


class BrowserMiddleware:
    """Sends the browser the name it was given during this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if name := getattr(request, "new_browser", None):
            response.set_cookie(
                _cookie_name(),
                name,
                max_age=_DAYS_KEPT * 24 * 3600,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


@dataclass(frozen=True)
class Door:
    """Whose private pages: kind ("signup" or "starter"), id, and the organisation that keeps them."""

    kind: str
    id: UUID
    organisation: UUID


def _told(door: Door) -> dict[str, str]:
    return {"kind": door.kind, "id": str(door.id), "organisation": str(door.organisation)}


def _read(request: HttpRequest, key: str) -> Door | None:
    told = request.session.get(key)
    return Door(told["kind"], UUID(told["id"]), UUID(told["organisation"])) if told else None


def ask_at(request: HttpRequest, door: Door | None) -> None:
    """This browser now waits for a code to this door. None: for nobody known, which must look the same."""
    request.session["asking"] = _told(door) if door else None
    request.session["asked"] = True


def asking(request: HttpRequest) -> Door | None:
    """The door this browser waits for a code to."""
    return _read(request, "asking")


def enter(request: HttpRequest, door: Door, now: datetime) -> None:
    """Signs the person in to her own pages, in a fresh session."""
    request.session.cycle_key()
    request.session.pop("asking", None)
    request.session["mine"] = _told(door)
    request.session["seen"] = now.timestamp()


def inside(request: HttpRequest, now: datetime) -> Door | None:
    """The door this session stands inside, if it has not been idle too long; being here keeps it awake."""
    door = _read(request, "mine")
    if door is None:
        return None
    idle = now.timestamp() - request.session.get("seen", 0)
    if idle > IDLE.total_seconds():
        leave(request)
        return None
    if idle > _MINUTE:  # not at every page: reading should write as little as possible
        request.session["seen"] = now.timestamp()
    return door


def leave(request: HttpRequest) -> None:
    """Signs the person out here; a staff account in the same browser stays."""
    for key in ("mine", "seen", "asking", "asked"):
        request.session.pop(key, None)

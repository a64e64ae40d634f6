"""Who may open a private page: the person whose it is, in a browser that has shown it is hers."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rundbord.kernel import clock, tenancy
from rundbord.kernel.timeline import Actor
from rundbord.people import queries as people
from rundbord.shell.access import open_to
from rundbord.shell.browser import Door, browser_of, inside, leave
from rundbord.signups import queries as signups

HOME = {"signup": "mine:page", "starter": "mine:starts"}

View = Callable[..., HttpResponse]


def _door(request: HttpRequest) -> Door | None:
    """The door this session stands inside, if it has not been closed from elsewhere."""
    door = inside(request, clock.now())
    if door is None:
        return None
    browser = browser_of(request)
    if browser is None or not people.still_allowed(door.id, browser):
        leave(request)
        return None
    return door


def _guard(kind: str, load: Callable[[UUID, UUID], Any], who: str) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            was_inside = "mine" in request.session
            door = _door(request)
            if door and door.kind != kind:
                return redirect(HOME[door.kind])
            row = load(door.organisation, door.id) if door else None
            if door is None or row is None:
                if was_inside:
                    leave(request)
                    messages.info(request, _("You have been signed out. Open your page again to go on."))
                return redirect("mine:again")
            with tenancy.scope(door.organisation):
                return view(request, row, *args, **kwargs)

        return open_to(who)(never_cache(guarded))

    return guard


def awake(request: HttpRequest) -> bool:
    """Whether somebody is signed in to pages of her own here; asking keeps her so for another while."""
    return _door(request) is not None


def _active_starter(organisation: UUID, starter_id: UUID) -> people.Starter | None:
    found = people.starter(organisation, starter_id)
    return found if found and found.active else None


participant = _guard("signup", signups.get, "the person whose page it is")
starter = _guard("starter", _active_starter, "the starter whose page it is")


def person(signup_id: UUID) -> Actor:
    """Somebody acting on her own behalf."""
    return Actor("person", signup_id)


def found(row: Any) -> Any:
    """The row, or a 404 that looks the same for what is not there and what is not hers."""
    if row is None:
        raise Http404
    return row

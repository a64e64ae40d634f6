"""Who may sit at which desk: a signed-in account, one organisation at a time, by its roles there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from rundbord.kernel import tenancy
from rundbord.kernel.timeline import Actor
from rundbord.organisations import queries as organisations
from rundbord.organisations.queries import Organisation
from rundbord.people import queries as people
from rundbord.people.queries import StaffAccount
from rundbord.people.rules import MAY, may
from rundbord.shell.access import open_to

_CHOSEN = "office"


@dataclass(frozen=True)
class Desk:
    """A staff account at work in one organisation."""

    account: StaffAccount
    organisation: Organisation
    roles: frozenset[str]
    actor: Actor
    several: bool = False

    def may(self, what: str) -> bool:
        """Whether her roles allow it: "coordinate", "manage" or "write"."""
        return may(self.roles, what)


def choose(request: HttpRequest, organisation: Organisation) -> None:
    """From now on this session works in that organisation."""
    request.session[_CHOSEN] = str(organisation.id)


def desks(request: HttpRequest) -> list[Organisation]:
    """The organisations this account may work in."""
    return people.organisations_of(request.user)  # type: ignore[arg-type]


def _desk(request: HttpRequest) -> Desk | None:
    own = desks(request)
    chosen = request.session.get(_CHOSEN)
    organisation = next((each for each in own if str(each.id) == chosen), own[0] if len(own) == 1 else None)
    if organisation is None:
        return None
    account: StaffAccount = request.user  # type: ignore[assignment]
    roles = frozenset(people.roles_in(account, organisation.id))
    return Desk(account, organisation, roles, Actor("staff", account.id), len(own) > 1)


View = Callable[..., HttpResponse]


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """The sign-in page; where nobody has begun, the page on which one does."""
    if organisations.any_exists():
        return redirect_to_login(request.get_full_path())
    return redirect("office:first_run")


def staff(what: str) -> Callable[[View], View]:
    """Opens a view to those whose roles allow `what` (a key of people.rules.MAY); the view gets the desk.

    Not signed in: to the sign-in page, or to the first start. Several organisations, none chosen: to the
    choice. Not allowed: 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_the_door(request)
            desk = _desk(request)
            if desk is None:
                return redirect("office:choose")
            if not desk.may(what):
                raise PermissionDenied
            request.desk = desk  # type: ignore[attr-defined]
            with tenancy.scope(desk.organisation.id):
                response = view(request, desk, *args, **kwargs)
                return response.render() if hasattr(response, "render") else response

        return open_to(f"staff who may {what}: {', '.join(sorted(MAY[what]))}")(never_cache(guarded))

    return guard


def found(row: Any) -> Any:
    """The row, or a 404 that tells nothing about other organisations' rows."""
    if row is None:
        raise Http404
    return row

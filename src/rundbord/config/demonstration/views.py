"""Come in as anybody, with one tap: only in demonstration mode, and only from this machine."""

from collections.abc import Callable
from email import message_from_bytes, policy
from functools import wraps
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rundbord.config.demonstration import facts
from rundbord.groups.models import (
    Group,
    GroupState,
    Offer,
    OfferState,
    Participation,
    RequestState,
    StarterRequest,
)
from rundbord.kernel import clock, tenancy
from rundbord.people import actions as people
from rundbord.people import queries
from rundbord.shell.access import open_to
from rundbord.shell.browser import Door, enter, name_browser
from rundbord.signups.models import SignUp, SignUpState

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_WHY = "the demonstration lets anybody in as anybody"
_LETTERS_SHOWN = 30

View = Callable[..., HttpResponse]


def on_this_machine(view: View) -> View:
    """404 unless demonstration mode is on and the visitor sits at this machine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.RUNDBORD_DEMO or not ip_address(request.META["REMOTE_ADDR"]).is_loopback:
            raise Http404
        return view(request, *args, **kwargs)

    return open_to("anyone on this machine, in demonstration mode")(guarded)


@on_this_machine
@require_safe
def entrances(request: HttpRequest) -> HttpResponse:
    """The doors."""
    return render(request, "demonstration/entrances.html")


@on_this_machine
@require_POST
def enter_as(request: HttpRequest, role: str) -> HttpResponse:
    """In as somebody with that role, newest first."""
    staff = {kind: email for kind, _name, email in facts.STAFF}
    if role in staff:
        account = queries.account_with_email(staff[role])
        if account is None:
            raise Http404
        login(request, account, backend=_BACKEND)
        return redirect("office:today")
    with tenancy.everywhere(_WHY):
        door = _DOORS.get(role, lambda: None)()
    if door is None:
        raise Http404
    return _open(request, door)


def _open(request: HttpRequest, door: Door) -> HttpResponse:
    now = clock.now()
    with tenancy.scope(door.organisation):
        people.remember_browser(
            kind=door.kind,
            subject=door.id,
            organisation_id=door.organisation,
            browser=name_browser(request),
            now=now,
        )
    enter(request, door, now)
    return redirect("mine:starts" if door.kind == "starter" else "mine:page")


def _waiting() -> Door | None:
    return _signup(SignUp.objects.filter(state=SignUpState.WAITING).order_by("waiting_since").first())


def _offered() -> Door | None:
    offer = Offer.objects.select_related("signup").filter(state=OfferState.OPEN).order_by("-sent_at").first()
    return _signup(offer.signup if offer else None)


def _participant(*states: GroupState) -> Door | None:
    groups = Group.objects.filter(state__in=states)
    rows = Participation.objects.select_related("signup").filter(group__in=groups, left_at__isnull=True)
    row = rows.order_by("-joined_at").first()
    return _signup(row.signup if row else None)


def _signup(signup: SignUp | None) -> Door | None:
    return Door("signup", signup.id, signup.organisation_id) if signup else None


def _starter(*states: RequestState) -> Door | None:
    rows = StarterRequest.objects.filter(state__in=states).exclude(group__state=GroupState.ENDED)
    row = rows.order_by("-asked_at").first()
    return Door("starter", row.starter_id, row.organisation_id) if row else None


_DOORS: dict[str, Callable[[], Door | None]] = {
    "waiting": _waiting,
    "offered": _offered,
    "starting": lambda: _participant(GroupState.STARTING),
    "self-led": lambda: _participant(GroupState.SELF_LED),
    "asked": lambda: _starter(RequestState.ASKED),
    "starter": lambda: _starter(RequestState.YES),
}


@on_this_machine
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest letters that would have been sent."""
    folder = Path(settings.RUNDBORD_DATA) / "outbox"
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    return render(
        request, "demonstration/outbox.html", {"letters": [_read(file) for file in files[:_LETTERS_SHOWN]]}
    )


def _read(file: Path) -> dict[str, str]:
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = letter.get_body(("plain",))
    return {
        "to": str(letter["To"]),
        "subject": str(letter["Subject"]),
        "text": body.get_content() if body else "",
    }

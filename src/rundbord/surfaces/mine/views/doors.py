"""Coming in and going out. Looking (GET) opens nothing; a button and a known browser do, or a code."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rundbord.kernel import clock, tenancy
from rundbord.kernel.refusals import Refused
from rundbord.people import actions as people_actions
from rundbord.people import queries as people
from rundbord.people.queries import PrivateLink
from rundbord.shell.access import ANYONE, open_to
from rundbord.shell.browser import Door, ask_at, asking, browser_of, enter, leave, name_browser
from rundbord.signups import queries as signups
from rundbord.signups.queries import SignUp
from rundbord.surfaces.mine import doors
from rundbord.surfaces.mine.access import HOME, awake, participant, person
from rundbord.surfaces.mine.forms import AgainForm, CodeForm


@open_to(f"{ANYONE} with the link; nothing shows before a known browser or a code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link from a mail: one button. In a known browser it opens the page, elsewhere it sends a code."""
    if request.method != "POST":
        return render(request, "mine/enter.html")
    now = clock.now()
    link = people.find_link(token, now)
    if link is None:
        messages.info(request, _("That link no longer works. We can send you a code instead."))
        return redirect("mine:again")
    door = Door(link.subject_kind, link.subject, link.organisation_id)
    if people.knows_browser(link.subject, browser_of(request) or ""):
        return _in(request, door, now)
    return _send_code(request, door, link, now)


def _send_code(request: HttpRequest, door: Door, link: PrivateLink, now: datetime) -> HttpResponse:
    try:
        doors.send_code(door, browser=name_browser(request), now=now)
    except Refused as refused:
        messages.info(request, refused.say())
    ask_at(request, door)
    return redirect("mine:code")


def _in(request: HttpRequest, door: Door, now: datetime) -> HttpResponse:
    """Through the door; an unconfirmed wish is confirmed by it."""
    with tenancy.scope(door.organisation):
        doors.confirm(door, now)
    enter(request, door, now)
    return redirect(HOME[door.kind])


@open_to(f"{ANYONE}; a right code opens the page it was sent for")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """Six digits to type. For an address that nobody knows here, the page and its answers are the same."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        door, now = asking(request), clock.now()
        try:
            if doors.use_code(door, browser=browser_of(request), code=form.cleaned_data["code"], now=now):
                assert door is not None
                return _in(request, door, now)
        except Refused:
            pass  # too old and too often are told no differently: it would say that somebody lives here
        form.add_error("code", _("This code does not work. Look once more, or ask for a new one."))
    return render(request, "mine/code.html", {"form": form})


@open_to(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Find one's page again: the same answer whoever asks and whatever is typed."""
    form = AgainForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "mine/again.html", {"form": form})
    browser, now = name_browser(request), clock.now()
    ask_at(request, doors.send_to_contact(form.cleaned_data["contact"], browser=browser, now=now))
    return redirect("mine:code")


@open_to("whoever is signed in to a private page")
@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """Signs out in this browser."""
    leave(request)
    messages.success(request, _("You are signed out."))
    return redirect("public:front")


@open_to("whoever is signed in to a private page")
@never_cache
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """One tap, and the quarter of an hour begins anew. A script asks in passing and is told yes or no."""
    inside = awake(request)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204 if inside else 403)
    return redirect("mine:page" if inside else "mine:again")


@participant
@require_POST
def out_everywhere(request: HttpRequest, me: SignUp) -> HttpResponse:
    """Every link, browser and code of this person stops working at once."""
    people_actions.revoke_access(subject=me.id, now=clock.now())
    leave(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("public:front")


@open_to(f"{ANYONE} with the link from the first mail")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody else used this address: one tap, and what was written is gone."""
    if request.method != "POST":
        return render(request, "mine/not_me.html")
    now = clock.now()
    link = people.find_link(token, now)
    signup = signups.get(link.organisation_id, link.subject) if link else None
    if signup is not None:
        doors.refuse(signup, person(signup.id), now)
    return render(request, "mine/not_me_done.html")

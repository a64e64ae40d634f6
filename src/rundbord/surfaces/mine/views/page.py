"""One's own page: where one is, what is missing; change, pause, leave; what is kept and who looked."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rundbord.groups import actions as seats
from rundbord.groups import queries as groups
from rundbord.groups.rules import DeclineReason
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.privacy import actions as privacy
from rundbord.privacy import queries as kept
from rundbord.shell.browser import leave as leave_session
from rundbord.signups import actions
from rundbord.signups.queries import SignUp
from rundbord.signups.rules import NotUsable, SignUpState
from rundbord.surfaces.asking import point_out, wish_of
from rundbord.surfaces.mine import pages
from rundbord.surfaces.mine.access import participant, person
from rundbord.surfaces.mine.forms import ChangeForm, PauseForm


@participant
@require_safe
def page(request: HttpRequest, me: SignUp) -> HttpResponse:
    """The arc with "you are here", and what can be done."""
    now = clock.now()
    place = groups.for_signup(me, now)
    return render(request, "mine/page.html", pages.home(me, place, now))


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, me: SignUp) -> HttpResponse:
    """The wish on one screen."""
    form = ChangeForm(request.POST or None, initial=pages.written(me))
    if request.method == "POST" and form.is_valid() and _change(me, form):
        messages.success(request, _("Your wish is changed."))
        return redirect("mine:page")
    return render(request, "mine/change.html", pages.office(me) | {"form": form, "me": me})


def _change(me: SignUp, form: ChangeForm) -> bool:
    fields = wish_of(form.cleaned_data, ui_language=get_language() or "nb")
    try:
        actions.change_wish(signup=me, fields=fields, by=person(me.id), now=clock.now())
    except NotUsable as refused:
        if not point_out(form, refused.wrong):
            form.add_error(None, refused.say())
    except Refused as refused:
        form.add_error(None, refused.say())
    return not form.errors


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, me: SignUp) -> HttpResponse:
    """No offers for a while; until a day, or until she says so."""
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.pause(signup=me, until=form.cleaned_data["until"], by=person(me.id), now=clock.now())
            messages.success(request, _("Your wish is paused."))
            return redirect("mine:page")
        except Refused as refused:
            form.add_error("until", refused.say())
    return render(request, "mine/pause.html", pages.office(me) | {"form": form})


@participant
@require_POST
def resume(request: HttpRequest, me: SignUp) -> HttpResponse:
    """Back among those who wait."""
    return _said(request, lambda: actions.resume(signup=me, by=person(me.id), now=clock.now()))


@participant
@require_POST
def still_waiting(request: HttpRequest, me: SignUp) -> HttpResponse:
    """Yes, she still waits."""
    return _said(request, lambda: actions.still_waiting(signup=me, by=person(me.id), now=clock.now()))


@participant
@require_POST
def ask_for_talk(request: HttpRequest, me: SignUp) -> HttpResponse:
    """She would like to talk with somebody first; her turn stays."""
    thanks = _("Thank you. We will get in touch.")
    return _said(request, lambda: actions.ask_for_talk(signup=me, by=person(me.id), now=clock.now()), thanks)


def _said(request: HttpRequest, act: Callable[[], object], thanks: str = "") -> HttpResponse:
    try:
        act()
        messages.success(request, thanks or _("Thank you. You are on the list."))
    except Refused as refused:
        messages.error(request, refused.say())
    return redirect("mine:page")


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, me: SignUp) -> HttpResponse:
    """Two taps, and the wish is taken back."""
    if me.state == SignUpState.PLACED and groups.for_signup(me, clock.now()).mine:
        return redirect("mine:leave")
    if request.method != "POST":
        return render(request, "mine/withdraw.html", pages.office(me))
    try:
        _withdraw(me)
        leave_session(request)
        messages.success(request, _("Your wish is taken back. Take care."))
        return redirect("public:front")
    except Refused as refused:
        messages.error(request, refused.say())
        return redirect("mine:page")


def _withdraw(me: SignUp) -> None:
    """Takes the wish back; if she has an offer, its seat goes to the next at once."""
    act: dict[str, Any] = {"by": person(me.id), "now": clock.now()}
    offered = groups.for_signup(me, clock.now()).offered
    if offered is None:
        actions.withdraw(signup=me, **act)
    else:
        seats.decline_offer(offer=offered.offer, reason=DeclineReason.NOT_NOW, leave=True, **act)


@participant
@require_safe
def data(request: HttpRequest, me: SignUp) -> HttpResponse:
    """All that is kept, what has happened, and who looked."""
    return render(request, "mine/data.html", pages.office(me) | _kept(me))


def _kept(me: SignUp) -> dict[str, Any]:
    return {"facts": pages.wish_facts(me), "story": pages.story(me), "looks": pages.who_looked(me)}


@participant
@require_safe
def read_copy(request: HttpRequest, me: SignUp) -> HttpResponse:
    """The same as a text to keep or print."""
    text = render_to_string("mine/data.txt", _kept(me) | {"now": clock.now()}, request)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rundbord.txt"'
    return response


@participant
@require_safe
def download(request: HttpRequest, me: SignUp) -> HttpResponse:
    """The same as a file to take along."""
    text = json.dumps(kept.export_person(me), ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rundbord.json"'
    return response


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, me: SignUp) -> HttpResponse:
    """Everything gone now; counted, never named."""
    if request.method != "POST":
        return render(request, "mine/erase.html", pages.office(me))
    try:
        privacy.erase_person(signup=me, by=person(me.id), now=clock.now())
    except Refused as refused:
        messages.error(request, refused.say())
        return redirect("mine:data")
    leave_session(request)
    messages.success(request, _("Everything about you is erased."))
    return redirect("public:front")

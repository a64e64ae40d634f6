"""One person: opened only for a reason, which is logged before anything is shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rundbord.groups import actions as groups
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.signups import actions, queries
from rundbord.signups.rules import BadPause, NotUsable, WishFields
from rundbord.surfaces.office.access import Desk, found, staff
from rundbord.surfaces.office.answering import carried_out, carried_out_as_typed
from rundbord.surfaces.office.forms.people import (
    DeclineForm,
    OpenForm,
    PauseForm,
    ReachForm,
    WishForm,
    refuse,
)
from rundbord.surfaces.office.pages import person as page

if TYPE_CHECKING:
    from rundbord.signups.models import SignUp


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, desk: Desk, signup_id: UUID) -> HttpResponse:
    """The facts of the list; with a reason (POST) also what the person wrote, in this one answer."""
    signup = found(queries.get(desk.organisation.id, signup_id))
    form = OpenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, signup, open_form=form)
    try:
        opened = actions.open_person(
            signup=signup, reason=form.cleaned_data["reason"], by=desk.actor, now=clock.now()
        )
    except Refused as refused:
        messages.error(request, refused.say())
        return redirect("office:person", signup.id)
    return _page(request, signup, **page.told(signup, opened))


def _page(request: HttpRequest, signup: "SignUp", **context: Any) -> HttpResponse:
    shown = page.person(signup, clock.now())
    return render(request, "office/person.html", {"page": shown, **page.forms_for(shown), **context})


@staff("coordinate")
@sensitive_post_parameters()
@require_POST
def act(request: HttpRequest, desk: Desk, signup_id: UUID, verb: str) -> HttpResponse:
    """One thing done with this wish; then the page again, closed."""
    signup = found(queries.get(desk.organisation.id, signup_id))
    if verb not in _DEEDS:
        raise Http404
    answer = _DEEDS[verb](request, desk, signup)
    if answer is not None:
        return answer
    gone = queries.get(desk.organisation.id, signup.id) is None
    return redirect("office:waiting") if gone else redirect("office:person", signup.id)


Deed = Callable[[HttpRequest, Desk, "SignUp"], HttpResponse | None]


def _plain(act: Callable[..., Any], said: Any, **more: Any) -> Deed:
    """A deed that asks nothing."""

    def deed(request: HttpRequest, desk: Desk, signup: "SignUp") -> None:
        carried_out(request, str(said), act, signup=signup, by=desk.actor, now=clock.now(), **more)

    return deed


def _pause(request: HttpRequest, desk: Desk, signup: "SignUp") -> HttpResponse | None:
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, signup, pause_form=form)
    about = {"until": form.cleaned_data["until"], "by": desk.actor, "now": clock.now()}
    wrong: dict[type[Refused], str] = {BadPause: "until"}
    said = _("The wish is paused.")
    done = carried_out_as_typed(request, said, form, wrong, actions.pause, signup=signup, **about)
    return None if done else _page(request, signup, pause_form=form)


def _change(request: HttpRequest, desk: Desk, signup: "SignUp") -> HttpResponse | None:
    form = WishForm(request.POST)
    if form.is_valid() and _changed(desk, signup, form, form.wish()):
        messages.success(request, _("The wish is changed."))
        return None
    return _page(request, signup, wish_form=form)


def _reach(request: HttpRequest, desk: Desk, signup: "SignUp") -> HttpResponse | None:
    form = ReachForm(request.POST)
    if form.is_valid() and _changed(desk, signup, form, form.wish(signup)):
        messages.success(request, _("Name and contact are changed."))
        return None
    return _page(request, signup, reach_form=form)


def _changed(desk: Desk, signup: "SignUp", form: Form, fields: WishFields) -> bool:
    try:
        actions.change_wish(signup=signup, fields=fields, by=desk.actor, now=clock.now())
    except NotUsable as refused:
        refuse(form, refused)
    except Refused as refused:
        form.add_error(None, refused.say())
    return not form.errors


def _accept(request: HttpRequest, desk: Desk, signup: "SignUp") -> None:
    offer = page.person(signup, clock.now()).offer
    said = _("The yes is noted.")
    _answered(request, said, groups.accept_offer, offer, by=desk.actor, now=clock.now())


def _decline(request: HttpRequest, desk: Desk, signup: "SignUp") -> HttpResponse | None:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, signup, decline_form=form)
    about = {"reason": form.cleaned_data["reason"], "by": desk.actor, "now": clock.now()}
    offer = page.person(signup, clock.now()).offer
    _answered(request, _("The no is noted. The person waits on."), groups.decline_offer, offer, **about)
    return None


def _answered(request: HttpRequest, said: str, act: Callable[..., Any], offer: Any, **about: Any) -> None:
    if offer is None:
        messages.error(request, _("This offer is already answered, or has run out."))
    else:
        carried_out(request, said, act, offer=offer, **about)


_DEEDS: dict[str, Deed] = {
    "bekreft": _plain(actions.confirm_by_phone, _lazy("The wish is confirmed.")),
    "kontaktet": _plain(actions.say_answered, _lazy("Noted: you have been in touch.")),
    "samtale-holdt": _plain(
        actions.settle_talk, _lazy("The talk is noted. The person waits now."), held=True
    ),
    "uten-samtale": _plain(actions.settle_talk, _lazy("The person waits now, without a talk."), held=False),
    "venter-fortsatt": _plain(actions.still_waiting, _lazy("Noted: still waiting.")),
    "pause": _pause,
    "fortsett": _plain(actions.resume, _lazy("The person is back on the list.")),
    "videre": _plain(actions.send_on, _lazy("The person is sent on.")),
    "ta-ut": _plain(actions.withdraw, _lazy("The person is taken out of the list.")),
    "endre": _change,
    "kontakt": _reach,
    "ja": _accept,
    "nei": _decline,
}

"""Leave a wish: five screens whose answers travel with the page; nothing is kept before the last yes."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.organisations import queries as organisations
from rundbord.organisations.queries import Organisation
from rundbord.shell.access import ANYONE, open_to
from rundbord.shell.browser import Door, ask_at, name_browser
from rundbord.signups import actions as signups
from rundbord.signups.rules import NotUsable, WishFields
from rundbord.surfaces.asking import point_out
from rundbord.surfaces.public import answers
from rundbord.surfaces.public.forms import STEPS, ConsentForm


@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """Asks one screen at a time. "Back" keeps what was typed; a wrong answer comes back with a sentence."""
    if request.method != "POST":
        return _ask(request, 1, STEPS[0](initial=answers.from_query(request.GET)))
    step = answers.step_of(request.POST)
    if "back" in request.POST:
        before = max(1, step - 1)
        return _ask(request, before, _kept(request, before))
    wrong = answers.first_wrong(request.POST, upto=step)
    if wrong is not None:
        return _ask(request, wrong, STEPS[wrong - 1](request.POST))
    if step < len(STEPS):
        return _ask(request, step + 1, _kept(request, step + 1))
    return _leave(request)


def _kept(request: HttpRequest, step: int) -> forms.Form:
    """The form of a screen with what was typed there before, and no complaints yet."""
    return STEPS[step - 1](initial=answers.typed(request.POST, step))


def _ask(request: HttpRequest, step: int, form: forms.Form, refused: Refused | None = None) -> HttpResponse:
    context = {
        "step": step,
        "steps": len(STEPS),
        "form": form,
        "carried": answers.carried(request, step),
        "refused": refused,
    }
    if step == len(STEPS):
        context |= answers.summary(request.POST)
    return render(request, f"public/wish/step{step}.html", context)


def _leave(request: HttpRequest) -> HttpResponse:
    """The one write. Whoever the address belongs to, the next page is the same."""
    fields = answers.fields(request.POST, ui_language=get_language() or "nb")
    organisation = organisations.for_wish(fields.place_code)
    if organisation is None:
        return render(request, "public/wish/nobody_yet.html")
    try:
        return _hand_in(request, organisation, fields)
    except NotUsable as refused:
        return _ask_again(request, refused)
    except Refused as refused:
        return _ask(request, len(STEPS), ConsentForm(request.POST), refused)


def _ask_again(request: HttpRequest, refused: NotUsable) -> HttpResponse:
    """Back at the first screen with an answer that the room cannot use, with the sentence beside it."""
    for number, step in enumerate(STEPS, start=1):
        form = step(request.POST)
        if point_out(form, refused.wrong):
            return _ask(request, number, form)
    return _ask(request, len(STEPS), ConsentForm(request.POST), refused)


def _hand_in(request: HttpRequest, organisation: Organisation, fields: WishFields) -> HttpResponse:
    signup = signups.leave_wish(
        organisation=organisation, fields=fields, browser=name_browser(request), now=clock.now()
    )
    if fields.contact_kind == "ring_me":
        return redirect("public:received")
    ask_at(request, Door("signup", signup.id, organisation.id) if signup else None)
    return redirect("mine:code")


@open_to(ANYONE)
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """For those who want to be rung: what happens next."""
    return render(request, "public/wish/received.html")

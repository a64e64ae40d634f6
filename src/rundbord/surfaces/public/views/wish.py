"""Leave a wish: five screens whose answers travel with the page; nothing is kept before the last yes."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.organisations import queries as organisations
from rundbord.organisations.queries import Organisation
from rundbord.organisations.rules import SETTINGS
from rundbord.shell.access import ANYONE, open_to
from rundbord.shell.browser import Door, ask_at, name_browser
from rundbord.shell.help_lines import HELP_LINES, MORE_LINES
from rundbord.signups import actions as signups
from rundbord.signups.rules import NotUsable, WishFields
from rundbord.surfaces.asking import point_out
from rundbord.surfaces.public import answers, checking
from rundbord.surfaces.public.answers import LAST
from rundbord.surfaces.public.forms import STEPS, ConsentForm

_FOR_THE_YOUNG = ("116 111", "116 123", "116 117", "113")


@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """Asks one screen at a time. "Back" keeps what was typed; a wrong answer comes back with a sentence."""
    if request.method != "POST":
        return _ask(request, 1, STEPS[0](initial=answers.from_query(request.GET)))
    step, change = answers.step_of(request.POST), answers.changed_step(request.POST)
    if change is not None:
        return _ask(request, change, _kept(request, change))
    if "back" in request.POST:
        before = max(1, step - 1)
        return _ask(request, before, _kept(request, before))
    if answers.says_under_18(request.POST):
        return redirect("public:young")
    return _go_on(request, step)


def _go_on(request: HttpRequest, step: int) -> HttpResponse:
    """To the next screen, or to the last one whoever came from there; and from the last one to the office."""
    back_to_last = step < LAST and answers.returning(request.POST)
    wrong = answers.first_wrong(request.POST, upto=LAST - 1 if back_to_last else step)
    if wrong is not None:
        return _ask(request, wrong, STEPS[wrong - 1](request.POST))
    if step == LAST:
        return _leave(request)
    to = LAST if back_to_last else step + 1
    return _ask(request, to, _kept(request, to))


def _kept(request: HttpRequest, step: int) -> forms.Form:
    """The form of a screen with what was typed there before, and no complaints yet."""
    return STEPS[step - 1](initial=answers.typed(request.POST, step))


def _ask(request: HttpRequest, step: int, form: forms.Form, refused: Refused | None = None) -> HttpResponse:
    context = {
        "step": step,
        "steps": LAST,
        "form": form,
        "carried": answers.carried(request, step),
        "returning": step < LAST and answers.returning(request.POST),
        "searched": answers.searched(request.POST),
        "refused": refused,
    }
    if step == LAST:
        context |= checking.page(request.POST)
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
        return _ask(request, LAST, ConsentForm(request.POST), refused)


def _ask_again(request: HttpRequest, refused: NotUsable) -> HttpResponse:
    """Back at the first screen with an answer that the room cannot use, with the sentence beside it."""
    for number, step in enumerate(STEPS, start=1):
        form = step(request.POST)
        if point_out(form, refused.wrong):
            return _ask(request, number, form)
    return _ask(request, LAST, ConsentForm(request.POST), refused)


def _hand_in(request: HttpRequest, organisation: Organisation, fields: WishFields) -> HttpResponse:
    signup = signups.leave_wish(
        organisation=organisation, fields=fields, browser=name_browser(request), now=clock.now()
    )
    if fields.contact_kind == "ring_me":
        return redirect(f"{reverse('public:received')}?{urlencode({'hos': organisation.slug})}")
    ask_at(request, Door("signup", signup.id, organisation.id) if signup else None)
    return redirect("mine:code")


@open_to(ANYONE)
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """For those who want to be rung: who rings, by when, and that everything goes by phone."""
    office = organisations.by_slug(request.GET.get("hos", "").replace("\x00", ""))
    context: dict[str, object] = {"answer_days": SETTINGS["answer_days"].default}
    if office is not None:
        days = organisations.setting(office.id, "answer_days")
        context = {
            "answer_days": days,
            "help_phone": office.phone,
            "help_name": office.name,
            "office": office,
        }
    return render(request, "public/wish/received.html", context)


@open_to(ANYONE)
@require_safe
def young(request: HttpRequest) -> HttpResponse:
    """Under 18: who is there for her. Nothing is kept."""
    lines = {line.number: line for line in (*HELP_LINES, *MORE_LINES)}
    return render(request, "public/wish/young.html", {"lines": [lines[each] for each in _FOR_THE_YOUNG]})


@open_to(ANYONE)
@require_safe
def for_another(request: HttpRequest) -> HttpResponse:
    """How to give the way in to somebody else. There is no form: each person chooses for herself."""
    address = request.build_absolute_uri(reverse("public:front"))
    return render(request, "public/wish/for_another.html", {"address": address})

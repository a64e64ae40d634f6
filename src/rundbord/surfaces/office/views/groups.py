"""Groups: the list, and one group's page with what the office may do until hand-over."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from rundbord.groups import actions, queries
from rundbord.kernel import clock
from rundbord.kernel.ids import pid, unpid
from rundbord.kernel.refusals import Refused
from rundbord.people import queries as people
from rundbord.surfaces.linking import LinkForm
from rundbord.surfaces.office.access import Desk, found, staff
from rundbord.surfaces.office.answering import carried_out, carried_out_as_typed
from rundbord.surfaces.office.forms.groups import AskForm, MoveForm, PlanForm
from rundbord.surfaces.office.forms.people import DeclineForm
from rundbord.surfaces.office.pages import groups as page


@staff("coordinate")
@require_safe
def groups(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every group; those that have ended only if asked for."""
    ended = "avsluttet" in request.GET
    lines = [page.line(each) for each in queries.office_list(desk.organisation.id, ended=ended)]
    return render(request, "office/groups.html", {"lines": lines, "ended": ended})


@staff("coordinate")
@require_safe
def group(request: HttpRequest, desk: Desk, group_id: UUID) -> HttpResponse:
    """One group."""
    return _page(request, found(page.page(desk.organisation.id, group_id, clock.now())))


def _page(
    request: HttpRequest, shown: page.Page, wrong: dict[UUID, Any] | None = None, **context: Any
) -> HttpResponse:
    """The page; `wrong`: the form of one row (an offer, a meeting) that must be looked at again."""
    wrong = wrong or {}
    people, ahead = shown.seen.people, shown.ahead
    offers = [person.offer for person in people]
    empty = {
        "ask_form": AskForm(starters=shown.starters),
        "plan_form": PlanForm(),
        "link_form": LinkForm(),
        "people": list(zip(people, page.marks(people), _each(DeclineForm, offers, wrong), strict=True)),
        "ahead": list(zip(ahead, _each(MoveForm, ahead, wrong), strict=True)),
    }
    return render(request, "office/group.html", {"page": shown, **empty, **context})


def _each(form: type[forms.Form], rows: list[Any], wrong: dict[UUID, Any]) -> list[forms.Form]:
    """One form for each row, with ids of its own."""
    return [wrong.get(row.id) or form(auto_id=_ids(row)) for row in rows]


def _ids(row: Any) -> str:
    return f"{pid(row.id)}-%s"


@staff("coordinate")
@require_POST
def act(request: HttpRequest, desk: Desk, group_id: UUID, verb: str) -> HttpResponse:
    """One thing done with this group; then its page again."""
    shown = found(page.page(desk.organisation.id, group_id, clock.now()))
    if verb not in _DEEDS:
        raise Http404
    return _DEEDS[verb](request, desk, shown) or redirect("office:group", shown.group.id)


Deed = Callable[[HttpRequest, Desk, page.Page], HttpResponse | None]


def _plain(act: Callable[..., Any], said: Any) -> Deed:
    """A deed with the whole group that asks nothing."""

    def deed(request: HttpRequest, desk: Desk, shown: page.Page) -> None:
        carried_out(request, str(said), act, group=shown.group, by=desk.actor, now=clock.now())

    return deed


def _with(kind: str, rows: Callable[[page.Page], list[Any]], act: Callable[..., Any], said: Any) -> Deed:
    """A deed with one row of the page (an offer, a question, a meeting) named in the form."""

    def deed(request: HttpRequest, desk: Desk, shown: page.Page) -> None:
        row = _chosen(request, rows(shown))
        carried_out(request, str(said), act, **{kind: row}, by=desk.actor, now=clock.now())

    return deed


def _chosen(request: HttpRequest, rows: list[Any]) -> Any:
    """The row named in the form, if it belongs to this group."""
    try:
        wanted = unpid(request.POST.get("which", ""))
    except ValueError:
        raise Http404 from None
    return found(next((row for row in rows if row.id == wanted), None))


def _offers(shown: page.Page) -> list[Any]:
    return [person.offer for person in shown.seen.people]


def _requests(shown: page.Page) -> list[Any]:
    return shown.seen.requests


def _meetings(shown: page.Page) -> list[Any]:
    return shown.seen.meetings


def _ask(request: HttpRequest, desk: Desk, shown: page.Page) -> HttpResponse | None:
    form = AskForm(request.POST, starters=shown.starters)
    if not form.is_valid():
        return _page(request, shown, ask_form=form)
    starter = found(people.starter(desk.organisation.id, unpid(form.cleaned_data["starter"])))
    said = _("%(name)s is asked.") % {"name": starter.first_name}
    about = {"group": shown.group, "starter": starter, "by": desk.actor, "now": clock.now()}
    carried_out(request, said, actions.ask_starter, **about)
    return None


def _plan(request: HttpRequest, desk: Desk, shown: page.Page) -> HttpResponse | None:
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, plan_form=form)
    about = {"first_on": form.cleaned_data["first_on"], "by": desk.actor, "now": clock.now()}
    said = _("The meetings are planned. Everybody gets a message.")
    wrong: dict[type[Refused], str] = {actions.DateTooSoon: "first_on"}
    done = carried_out_as_typed(request, said, form, wrong, actions.plan_meetings, group=shown.group, **about)
    return None if done else _page(request, shown, plan_form=form)


def _link(request: HttpRequest, desk: Desk, shown: page.Page) -> HttpResponse | None:
    form = LinkForm(request.POST)
    if form.is_valid():
        about = {"link": form.cleaned_data["link"], "by": desk.actor, "now": clock.now()}
        try:
            actions.set_meeting_link(group=shown.group, **about)
            messages.success(request, _("The link is saved."))
            return None
        except Refused as refused:
            form.add_error("link", refused.say())
    return _page(request, shown, link_form=form)


def _decline(request: HttpRequest, desk: Desk, shown: page.Page) -> HttpResponse | None:
    offer = _chosen(request, _offers(shown))
    form = DeclineForm(request.POST, auto_id=_ids(offer))
    if not form.is_valid():
        return _page(request, shown, {offer.id: form})
    about = {"reason": form.cleaned_data["reason"], "by": desk.actor, "now": clock.now()}
    carried_out(
        request, _("The no is noted. The person waits on."), actions.decline_offer, offer=offer, **about
    )
    return None


def _move(request: HttpRequest, desk: Desk, shown: page.Page) -> HttpResponse | None:
    meeting = _chosen(request, _meetings(shown))
    form = MoveForm(request.POST, auto_id=_ids(meeting))
    if not form.is_valid():
        return _page(request, shown, {meeting.id: form})
    about = {"starts_at": form.starts_at(), "by": desk.actor, "now": clock.now()}
    said = _("The meeting is moved. Everybody gets a message.")
    # A meeting that has begun meanwhile has no form on the page any more.
    wrong: dict[type[Refused], str] = {actions.TimeHasPassed: "day"} if meeting in shown.ahead else {}
    done = carried_out_as_typed(request, said, form, wrong, actions.move_meeting, meeting=meeting, **about)
    return None if done else _page(request, shown, {meeting.id: form})


_DEEDS: dict[str, Deed] = {
    "spor": _ask,
    "planlegg": _plan,
    "lenke": _link,
    "start": _plain(actions.start_with, _lazy("The group starts. The meetings are planned.")),
    "selv": _plain(actions.start_by_itself, _lazy("The group will start by itself.")),
    "gi-opp": _plain(actions.give_up_group, _lazy("The group is given up. Everybody in it waits on.")),
    "overlever": _plain(actions.hand_over, _lazy("The group leads itself from now on.")),
    "trekk-tilbud": _with("offer", _offers, actions.withdraw_offer, _lazy("The offer is taken back.")),
    "ja": _with("offer", _offers, actions.accept_offer, _lazy("The yes is noted.")),
    "nei": _decline,
    "trekk-sporsmal": _with(
        "request", _requests, actions.withdraw_request, _lazy("The question is taken back.")
    ),
    "flytt": _move,
    "avlys": _with("meeting", _meetings, actions.cancel_meeting, _lazy("The meeting is called off.")),
    "holdt": _with("meeting", _meetings, actions.mark_held, _lazy("Noted: the meeting was held.")),
    "ikke-holdt": _with(
        "meeting", _meetings, actions.mark_not_held, _lazy("Noted: the meeting was not held.")
    ),
}

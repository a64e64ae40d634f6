"""The starter's pages: what she is asked, whom to ring, one page per meeting, and her departure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rundbord.groups import actions, queries
from rundbord.groups.queries import Start, StartupMeeting
from rundbord.groups.rules import BEFORE_HAND_OVER
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.people.queries import Starter
from rundbord.surfaces.linking import LinkForm
from rundbord.surfaces.mine import pages
from rundbord.surfaces.mine.access import found
from rundbord.surfaces.mine.access import starter as starter_only
from rundbord.surfaces.mine.forms import MoveForm, NoticeForm, RulesForm


def _by(starter: Starter) -> Actor:
    return Actor("starter", starter.id)


def _start(starter: Starter, group_id: UUID) -> Start:
    """One of hers that is not handed over yet: afterwards she sees neither names nor what they agree."""
    start = found(queries.start_of(starter, group_id))
    return found(start if start.group.state in BEFORE_HAND_OVER else None)


def _meeting(start: Start, meeting_id: UUID) -> StartupMeeting:
    return found(next((each for each in start.meetings if each.meeting.id == meeting_id), None))


def _did(request: HttpRequest, act: Callable[[], Any], thanks: str, *then: Any) -> HttpResponse:
    try:
        act()
        messages.success(request, thanks)
    except Refused as refused:
        messages.error(request, refused.say())
    return redirect(*then)


@starter_only
@require_safe
def starts(request: HttpRequest, starter: Starter) -> HttpResponse:
    """What she is asked, and what she has in hand."""
    context = {"starter": starter, "desk": queries.for_starter(starter)}
    return render(request, "mine/starts.html", pages.office(starter) | context)


@starter_only
@require_POST
def answer(request: HttpRequest, starter: Starter, request_id: UUID) -> HttpResponse:
    """Yes or no to a question; no is fine."""
    asked = next((each for each in queries.for_starter(starter).asked if each.id == request_id), None)
    if asked is None:
        messages.info(request, _("This question is no longer open. Thank you for answering."))
        return redirect("mine:starts")
    yes = request.POST.get("answer") == "yes"
    thanks = _("Thank you. You find it below.") if yes else _("Thank you for answering. No is fine.")
    act: dict[str, Any] = {"request": asked, "yes": yes, "by": _by(starter), "now": clock.now()}
    return _did(request, lambda: actions.answer_request(**act), thanks, "mine:starts")


@starter_only
@require_safe
def start(request: HttpRequest, starter: Starter, group_id: UUID) -> HttpResponse:
    """One start: the call list, the meetings, the day she leaves."""
    return _show(request, starter, _start(starter, group_id), NoticeForm())


def _show(
    request: HttpRequest, starter: Starter, here: Start, notice: NoticeForm, link: LinkForm | None = None
) -> HttpResponse:
    link = link or LinkForm(initial={"link": here.group.meeting_link})
    begun = bool(here.meetings) and here.meetings[0].meeting.starts_at <= clock.now()
    context = {"starter": starter, "start": here, "notice": notice, "link": link, "begun": begun}
    return render(request, "mine/start.html", pages.office(starter) | context)


@starter_only
@require_POST
def called(request: HttpRequest, starter: Starter, group_id: UUID, participation_id: UUID) -> HttpResponse:
    """She has rung somebody."""
    here = _start(starter, group_id)
    call = found(next((each for each in here.calls if each.participation.id == participation_id), None))
    act: dict[str, Any] = {"participation": call.participation, "by": _by(starter), "now": clock.now()}
    return _did(request, lambda: actions.record_call(**act), _("It is noted."), "mine:start", group_id)


@starter_only
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, starter: Starter, group_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The guide of one meeting with its ticks."""
    here = _start(starter, group_id)
    this = _meeting(here, meeting_id)
    if request.method == "POST":
        return _did(
            request,
            lambda: _tick(request, this, _by(starter)),
            _("It is noted."),
            "mine:meeting",
            group_id,
            meeting_id,
        )
    return _show_meeting(request, starter, here, this, MoveForm())


def _show_meeting(
    request: HttpRequest, starter: Starter, here: Start, this: StartupMeeting, move: MoveForm
) -> HttpResponse:
    context = {"starter": starter, "start": here, "this": this, "move": move, "now": clock.now()}
    return render(request, "mine/meeting.html", pages.office(starter) | context)


def _tick(request: HttpRequest, this: StartupMeeting, by: Actor) -> None:
    """The page's ticks become the meeting's: those added and those taken away."""
    wanted = set(request.POST.getlist("done"))
    codes = [step.code for step in this.guide.steps]
    for code in codes:
        if (code in wanted) != (code in this.ticks):
            actions.tick_step(meeting=this.meeting, code=code, done=code in wanted, by=by, now=clock.now())


@starter_only
@require_POST
def settle(request: HttpRequest, starter: Starter, group_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Held, or not held; nothing of what was said."""
    this = _meeting(_start(starter, group_id), meeting_id)
    act = actions.mark_held if request.POST.get("held") == "yes" else actions.mark_not_held
    done: dict[str, Any] = {"meeting": this.meeting, "by": _by(starter), "now": clock.now()}
    return _did(request, lambda: act(**done), _("It is noted."), "mine:start", group_id)


@starter_only
@require_POST
def move(request: HttpRequest, starter: Starter, group_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Another time; everybody's calendar follows."""
    here = _start(starter, group_id)
    this, form = _meeting(here, meeting_id), MoveForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        at = datetime.combine(said["day"], said["time"], tzinfo=timezone.get_default_timezone())
        try:
            actions.move_meeting(meeting=this.meeting, starts_at=at, by=_by(starter), now=clock.now())
            messages.success(request, _("The meeting is moved. Everyone is told."))
            return redirect("mine:start", group_id)
        except Refused as refused:
            form.add_error("day", refused.say())
    return _show_meeting(request, starter, here, this, form)


@starter_only
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, starter: Starter, group_id: UUID) -> HttpResponse:
    """The ground rules, written down as they agree on them."""
    here = _start(starter, group_id)
    written = here.group.ground_rules.order_by("number")
    form = RulesForm(request.POST or None, initial={"rules": "\n".join(rule.text for rule in written)})
    if request.method == "POST" and form.is_valid():
        texts = {"texts": form.cleaned_data["rules"], "by": _by(starter), "now": clock.now()}
        try:
            actions.agree_ground_rules(group=here.group, **texts)
            messages.success(request, _("The ground rules are saved."))
            return redirect("mine:start", group_id)
        except Refused as refused:
            form.add_error("rules", refused.say())
    context = {"form": form, "start": here, "base": "mine/_starter.html"}
    return render(request, "mine/rules.html", pages.office(starter) | context)


@starter_only
@require_POST
def notice(request: HttpRequest, starter: Starter, group_id: UUID) -> HttpResponse:
    """A message to everybody from the starter."""
    here, form = _start(starter, group_id), NoticeForm(request.POST)
    if form.is_valid():
        told = {"text": form.cleaned_data["text"], "by": _by(starter), "now": clock.now()}
        try:
            actions.post_notice(group=here.group, participation=None, **told)
            messages.success(request, _("Everyone can read it now."))
            return redirect("mine:start", group_id)
        except Refused as refused:
            form.add_error("text", refused.say())
    return _show(request, starter, here, form)


@starter_only
@require_POST
def link(request: HttpRequest, starter: Starter, group_id: UUID) -> HttpResponse:
    """Where the digital meetings are; everybody's calendar follows."""
    here, form = _start(starter, group_id), LinkForm(request.POST)
    if form.is_valid():
        said = {"link": form.cleaned_data["link"], "by": _by(starter), "now": clock.now()}
        try:
            actions.set_meeting_link(group=here.group, **said)
            messages.success(request, _("The link is saved."))
            return redirect("mine:start", group_id)
        except Refused as refused:
            form.add_error("link", refused.say())
    return _show(request, starter, here, NoticeForm(), form)


@starter_only
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, starter: Starter, group_id: UUID) -> HttpResponse:
    """She leaves as planned; they lead themselves from now on."""
    here = _start(starter, group_id)
    if request.method != "POST":
        return render(request, "mine/hand_over.html", pages.office(starter) | {"start": here})
    act: dict[str, Any] = {"group": here.group, "by": _by(starter), "now": clock.now()}
    return _did(
        request,
        lambda: actions.hand_over(**act),
        _("Handed over. Thank you for starting this."),
        "mine:starts",
    )

"""Round the table: what a participant sees and does together with the others."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rundbord.groups import actions, queries
from rundbord.groups.queries import MyGroup
from rundbord.groups.rules import may_set_link
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.signups.queries import SignUp
from rundbord.surfaces.linking import LinkForm
from rundbord.surfaces.mine import pages
from rundbord.surfaces.mine.access import found, participant, person
from rundbord.surfaces.mine.forms import EndForm, NewcomersForm, NoticeForm, RulesForm


def _mine(me: SignUp) -> MyGroup:
    return found(queries.for_signup(me, clock.now()).mine)


def _did(
    request: HttpRequest, act: Callable[[], object], thanks: str, then: str = "mine:table"
) -> HttpResponse:
    try:
        act()
        messages.success(request, thanks)
    except Refused as refused:
        messages.error(request, refused.say())
    return redirect(then)


@participant
@require_safe
def table(request: HttpRequest, me: SignUp) -> HttpResponse:
    """Next meeting, who cannot come, what has been agreed, messages."""
    return _show(request, me, _mine(me))


def _show(request: HttpRequest, me: SignUp, mine: MyGroup, **forms: Form) -> HttpResponse:
    """The page, with a form that must be looked at again."""
    group = mine.group
    context = {
        "mine": mine,
        "pledged": mine.participation.pledged_at is not None,
        "sets_link": group.digital and may_set_link("person", group.state, group.self_start),
        "word": pages.word(me),
        "notice": NoticeForm(),
        "link": LinkForm(initial={"link": group.meeting_link}),
    }
    return render(request, "mine/table.html", pages.office(me) | context | forms)


@participant
@require_POST
def absent(request: HttpRequest, me: SignUp, meeting_id: UUID) -> HttpResponse:
    """ "I can't come", in one tap; a second tap takes it back."""
    meeting, mine = found(queries.meeting_of(me, meeting_id)), _mine(me)
    here: dict[str, Any] = {
        "meeting": meeting,
        "participation": mine.participation,
        "by": person(me.id),
        "now": clock.now(),
    }
    if any(coming.absent for coming in mine.meetings if coming.meeting.id == meeting.id):
        return _did(request, lambda: actions.will_come(**here), _("Good that you can come."))
    return _did(request, lambda: actions.say_absent(**here), _("The others see that you cannot come."))


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: HttpRequest, me: SignUp) -> HttpResponse:
    """The confidentiality pledge, made by each for herself."""
    mine = _mine(me)
    if request.method != "POST":
        return render(request, "mine/pledge.html", pages.office(me))
    act: dict[str, Any] = {"participation": mine.participation, "by": person(me.id), "now": clock.now()}
    return _did(request, lambda: actions.make_pledge(**act), _("Thank you for your pledge."))


@participant
@require_POST
def notice(request: HttpRequest, me: SignUp) -> HttpResponse:
    """A message to everybody; what was typed is kept if it cannot be sent."""
    mine, form = _mine(me), NoticeForm(request.POST)
    if form.is_valid():
        try:
            actions.post_notice(
                group=mine.group,
                text=form.cleaned_data["text"],
                participation=mine.participation,
                by=person(me.id),
                now=clock.now(),
            )
            messages.success(request, _("Everyone can read it now."))
            return redirect("mine:table")
        except Refused as refused:
            form.add_error("text", refused.say())
    return _show(request, me, mine, notice=form)


@participant
@require_POST
def link(request: HttpRequest, me: SignUp) -> HttpResponse:
    """Where the digital meetings are; everybody's calendar follows."""
    mine, form = _mine(me), LinkForm(request.POST)
    if form.is_valid():
        said = {"link": form.cleaned_data["link"], "by": person(me.id), "now": clock.now()}
        try:
            actions.set_meeting_link(group=mine.group, **said)
            messages.success(request, _("The link is saved."))
            return redirect("mine:table")
        except Refused as refused:
            form.add_error("link", refused.say())
    return _show(request, me, mine, link=form)


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, me: SignUp) -> HttpResponse:
    """The ground rules in their own words."""
    mine = _mine(me)
    form = RulesForm(request.POST or None, initial={"rules": "\n".join(rule.text for rule in mine.rules)})
    if request.method == "POST" and form.is_valid():
        texts = {"texts": form.cleaned_data["rules"], "by": person(me.id), "now": clock.now()}
        try:
            actions.agree_ground_rules(group=mine.group, **texts)
            messages.success(request, _("The ground rules are saved."))
            return redirect("mine:table")
        except Refused as refused:
            form.add_error("rules", refused.say())
    return render(request, "mine/rules.html", pages.office(me) | {"form": form, "base": "mine/_base.html"})


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def newcomers(request: HttpRequest, me: SignUp) -> HttpResponse:
    """What they have decided about new people."""
    mine = _mine(me)
    told = {"newcomers": mine.group.newcomers, "places": mine.group.newcomer_places}
    form = NewcomersForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        said = {"newcomers": form.cleaned_data["newcomers"], "places": form.cleaned_data["places"] or 0}
        try:
            actions.set_newcomers(group=mine.group, by=person(me.id), now=clock.now(), **said)
            messages.success(request, _("It is noted."))
            return redirect("mine:table")
        except Refused as refused:
            form.add_error("places", refused.say())
    return render(request, "mine/newcomers.html", pages.office(me) | {"form": form})


@participant
@require_POST
def rest(request: HttpRequest, me: SignUp) -> HttpResponse:
    """A break for everybody, or going on after one."""
    mine = _mine(me)
    act = actions.resume_group if mine.group.state == "paused" else actions.pause_group
    return _did(request, lambda: act(group=mine.group, by=person(me.id), now=clock.now()), _("It is noted."))


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, me: SignUp) -> HttpResponse:
    """They end together, with a reason that names nobody."""
    mine, form = _mine(me), EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _did(
            request,
            lambda: actions.end_group(group=mine.group, reason=reason, by=person(me.id), now=clock.now()),
            _("Thank you for this time. Everyone is told."),
            "mine:page",
        )
    return render(request, "mine/end.html", pages.office(me) | {"form": form})


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, me: SignUp) -> HttpResponse:
    """One leaves; the others go on."""
    mine = _mine(me)
    if request.method != "POST":
        return render(request, "mine/leave.html", pages.office(me) | {"mine": mine})
    act: dict[str, Any] = {"participation": mine.participation, "by": person(me.id), "now": clock.now()}
    again = "again" in request.POST
    return _did(
        request,
        lambda: actions.leave_group(wait_again=again, **act),
        _("You have left. Take care."),
        "mine:page",
    )

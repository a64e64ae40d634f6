"""One proposal: looked at, changed with the rules checked at once, approved or dismissed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from rundbord.kernel import clock
from rundbord.kernel.ids import unpid
from rundbord.kernel.refusals import Refused
from rundbord.matching import actions, queries, wording
from rundbord.people import queries as people
from rundbord.signups import queries as signups
from rundbord.surfaces.office.access import Desk, found, staff
from rundbord.surfaces.office.pages import moves as page
from rundbord.venues import queries as venues

if TYPE_CHECKING:
    from rundbord.matching.models import Proposal


class NotListed(Refused):
    """What was chosen is not in the list."""

    sentence = _lazy("Please choose one of the answers in the list.")


@staff("coordinate")
@require_safe
def proposal(request: HttpRequest, desk: Desk, proposal_id: UUID) -> HttpResponse:
    """Who, when, where and why; and everything that may be changed."""
    return _page(request, desk, found(queries.proposal(desk.organisation.id, proposal_id)))


def _page(request: HttpRequest, desk: Desk, here: "Proposal") -> HttpResponse:
    """The page, or only its changing part for a script that asked."""
    template = "office/_proposal.html" if request.htmx else "office/proposal.html"  # type: ignore[attr-defined]
    open_ = page.opened(here, clock.now())
    seen, moves = open_ or (None, None)
    return render(request, template, {"proposal": here, "shown": seen, "moves": moves})


@staff("coordinate")
@require_POST
def act(request: HttpRequest, desk: Desk, proposal_id: UUID, verb: str) -> HttpResponse:
    """One change or the decision; what was looked at is named by its version."""
    here = found(queries.proposal(desk.organisation.id, proposal_id))
    if verb not in _DEEDS:
        raise Http404
    try:
        answer = _DEEDS[verb](request, desk, here)
    except actions.RulesBroken as refused:
        messages.error(request, refused.say())
        for sentence in dict.fromkeys(wording.broken(each) for each in refused.broken):
            messages.error(request, sentence)
        return _again(request, desk, proposal_id)
    except Refused as refused:
        messages.error(request, refused.say())
        return _again(request, desk, proposal_id)
    return answer or _again(request, desk, proposal_id)


def _again(request: HttpRequest, desk: Desk, proposal_id: UUID) -> HttpResponse:
    """The proposal as it is now: in place for a script, otherwise loaded anew."""
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, desk, found(queries.proposal(desk.organisation.id, proposal_id)))
    return redirect("office:proposal", proposal_id)


def _version(request: HttpRequest, name: str = "version") -> int:
    """What was looked at; no number means: nothing that still holds."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _id(request: HttpRequest, name: str) -> UUID | None:
    try:
        return unpid(request.POST.get(name, ""))
    except ValueError:
        return None


def _about(request: HttpRequest, desk: Desk, here: "Proposal") -> dict[str, Any]:
    return {"proposal": here, "version": _version(request), "by": desk.actor, "now": clock.now()}


def _approve(request: HttpRequest, desk: Desk, here: "Proposal") -> HttpResponse:
    group = actions.approve(**_about(request, desk, here))
    messages.success(request, _("Approved. The offers are on their way."))
    return _away(request, "office:group", group.id)


def _away(request: HttpRequest, route: str, *about: Any) -> HttpResponse:
    """To another page; a script is told to load it whole."""
    to = reverse(route, args=about)
    return HttpResponseClientRedirect(to) if request.htmx else redirect(to)  # type: ignore[attr-defined]


def _dismiss(request: HttpRequest, desk: Desk, here: "Proposal") -> HttpResponse:
    actions.dismiss(**_about(request, desk, here))
    messages.success(request, _("Put aside. Everybody in it waits on."))
    return _away(request, "office:proposals")


def _take_out(request: HttpRequest, desk: Desk, here: "Proposal") -> None:
    _move(request, desk, source=here, source_version=_version(request))
    messages.success(request, _("Taken out. The person waits on."))


def _take_in(request: HttpRequest, desk: Desk, here: "Proposal") -> None:
    _move(request, desk, to=here, to_version=_version(request))
    messages.success(request, _("Taken in."))


def _move_to(request: HttpRequest, desk: Desk, here: "Proposal") -> None:
    """To another proposal, as that one is now: only what she is taken from has been looked at."""
    there = _id(request, "to")
    target = queries.proposal(desk.organisation.id, there) if there else None
    if target is None:
        raise actions.NobodyToMove
    _move(request, desk, source=here, source_version=_version(request), to=target, to_version=target.version)
    messages.success(request, _("Moved to the other proposal."))


def _move(request: HttpRequest, desk: Desk, **way: Any) -> None:
    who = _id(request, "person")
    signup = signups.get(desk.organisation.id, who) if who else None
    if signup is None:
        raise actions.StaleProposal
    actions.move_person(signup=signup, by=desk.actor, now=clock.now(), **way)


def _starter(request: HttpRequest, desk: Desk, here: "Proposal") -> None:
    chosen = _id(request, "starter")
    starter = people.starter(desk.organisation.id, chosen) if chosen else None
    if starter is None and request.POST.get("starter", "?"):
        raise NotListed
    actions.swap_starter(starter=starter, **_about(request, desk, here))
    messages.success(request, _("The starter is changed."))


def _room(request: HttpRequest, desk: Desk, here: "Proposal") -> None:
    chosen = _id(request, "room")
    room = venues.room(desk.organisation.id, chosen) if chosen else None
    if room is None and request.POST.get("room", "?"):
        raise NotListed
    actions.change_room(room=room, **_about(request, desk, here))
    messages.success(request, _("The room is changed."))


_DEEDS: dict[str, Callable[[HttpRequest, Desk, "Proposal"], HttpResponse | None]] = {
    "godkjenn": _approve,
    "legg-bort": _dismiss,
    "ta-ut": _take_out,
    "ta-inn": _take_in,
    "flytt": _move_to,
    "igangsetter": _starter,
    "rom": _room,
}

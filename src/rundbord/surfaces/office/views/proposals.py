"""The board of proposals, and the search that makes them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from rundbord.kernel import clock
from rundbord.matching import actions, queries
from rundbord.matching.rules import UNDER_WAY
from rundbord.surfaces.office.access import Desk, found, staff
from rundbord.surfaces.office.pages import proposals as page


@staff("coordinate")
@require_safe
def board(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every open proposal, those left out, and what would place more."""
    shown = page.board(desk.organisation.id, clock.now())
    return render(request, "office/proposals.html", {"board": shown})


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Starts a search, or joins the one that is under way; who comes by a link goes to the board."""
    if request.method != "POST":
        return redirect("office:proposals")
    begun = actions.start_run(organisation=desk.organisation, by=desk.actor, now=clock.now())
    return redirect("office:run_progress", begun.id)


@staff("coordinate")
@require_safe
def run_progress(request: HttpRequest, desk: Desk, run_id: UUID) -> HttpResponse:
    """How far the search is; when it is over, the board. The page asks again by itself."""
    begun = found(queries.run(desk.organisation.id, run_id))
    if begun.state not in UNDER_WAY:
        over = reverse("office:proposals")
        return HttpResponseClientRedirect(over) if request.htmx else redirect(over)  # type: ignore[attr-defined]
    percent = queries.progress(begun)
    template = "office/_run.html" if request.htmx else "office/run.html"  # type: ignore[attr-defined]
    return render(request, template, {"run": begun, "percent": percent, "share": percent / 100})

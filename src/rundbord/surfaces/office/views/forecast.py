""" "What would one more starter give us?": the question, how far the answer is, the answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from rundbord.forecasts import actions, queries
from rundbord.forecasts.rules import UNDER_WAY, ForecastState, nearest_decline
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.surfaces.office.access import Desk, found, staff
from rundbord.surfaces.office.forms.forecast import ForecastForm
from rundbord.surfaces.office.pages import forecast as page


@staff("coordinate")
@require_http_methods(["GET", "HEAD", "POST"])
def forecast(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The question, and what was asked before."""
    form = ForecastForm(request.POST or None, initial=_usual(desk))
    if request.method == "POST" and form.is_valid():
        try:
            begun = actions.ask(organisation=desk.organisation, question=form.question(), now=clock.now())
            return redirect("office:forecast_answer", begun.id)
        except Refused as refused:
            form.add_error(None, refused.say())
    rows = [(row, page.asked(row)) for row in queries.earlier(desk.organisation.id)]
    return render(request, "office/forecast.html", {"form": form, "rows": rows})


def _usual(desk: Desk) -> dict[str, object]:
    """One more starter for a year, with as many saying no as the office has seen."""
    own = queries.own(desk.organisation.id, clock.now())
    return {"starters": 1, "rooms": 0, "weeks": "52", "decline": str(nearest_decline(own.decline))}


@staff("coordinate")
@require_safe
def answer(request: HttpRequest, desk: Desk, forecast_id: UUID) -> HttpResponse:
    """How far it is; when it is done, the answer. The page asks again by itself."""
    row = found(queries.forecast(desk.organisation.id, forecast_id))
    htmx = request.htmx  # type: ignore[attr-defined]
    if row.state in UNDER_WAY:
        template = "office/_forecast_run.html" if htmx else "office/forecast_run.html"
        return render(request, template, {"row": row, "share": row.progress / 100, "asked": page.asked(row)})
    if htmx:
        return HttpResponseClientRedirect(reverse("office:forecast_answer", args=[row.id]))
    told = page.answer(row) if row.state == ForecastState.DONE else None
    return render(
        request, "office/forecast_answer.html", {"row": row, "told": told, "asked": page.asked(row)}
    )

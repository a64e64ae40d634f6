"""The office's own numbers: what happened, never to whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rundbord.surfaces.office.access import Desk, staff
from rundbord.surfaces.office.forms.numbers import PeriodForm
from rundbord.surfaces.office.pages import numbers as page


@staff("coordinate")
@require_safe
def numbers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Counters of a year or the first part of it."""
    form = PeriodForm(request.GET)
    since, until = form.period()
    context = {
        "form": form,
        "since": since,
        "until": until,
        "chapters": page.chapters(desk.organisation.id, since, until),
        "office": desk.organisation,
    }
    return render(request, "office/numbers.html", context)

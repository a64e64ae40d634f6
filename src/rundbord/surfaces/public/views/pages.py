"""Pages to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rundbord.shell.access import ANYONE, open_to
from rundbord.surfaces.public import linked_data
from rundbord.surfaces.public.forms import SearchForm


@open_to(ANYONE)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What it is, what happens, and where to begin."""
    context = {"search": SearchForm(), "linked_data": linked_data.site()}
    return render(request, "public/front.html", context)


@open_to(ANYONE)
@require_safe
def leave_page(request: HttpRequest) -> HttpResponse:
    """What the button "Leave page" does, and what it does not."""
    return render(request, "public/leave_page.html")

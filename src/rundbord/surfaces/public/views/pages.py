"""Pages to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rundbord.organisations import queries as organisations
from rundbord.shell.access import ANYONE, open_to
from rundbord.shell.help_lines import HELP_LINES
from rundbord.surfaces.public.forms import SearchForm


@open_to(ANYONE)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What it is, what happens, and where to begin."""
    return render(request, "public/front.html", {"search": SearchForm()})


@open_to(ANYONE)
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One of the texts in templates/public."""
    return render(request, f"public/{name}.html", {"lines": HELP_LINES})


@open_to(ANYONE)
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Contact points and centres, with a phone to a human."""
    found = [(office, organisations.kind_name(office.kind)) for office in organisations.all_active()]
    return render(request, "public/offices.html", {"offices": found})

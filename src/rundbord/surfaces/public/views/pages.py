"""Pages to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rundbord.shell.access import ANYONE, open_to
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
    return render(request, f"public/{name}.html")

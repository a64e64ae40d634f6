"""Find a group. The topic is never in an address: a search for one is answered on the spot."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from rundbord.groups import queries as groups
from rundbord.organisations.queries import words_for_groups
from rundbord.shell.access import ANYONE, open_to
from rundbord.surfaces.asking import USUAL_KM
from rundbord.surfaces.public import listing
from rundbord.surfaces.public.forms import SearchForm

_MOST_SHOWN = 60
_FURTHER = ("weekday", "part", "form", "language", "access", "focus")
_SHAREABLE = ("place", "radius", "weekday", "part", "form", "language", "access")


# A search changes nothing, so it needs no token, and the page can be the same for everybody.
@csrf_exempt
@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The list, narrowed as asked. Without a topic a search becomes an address that can be shared."""
    if request.method == "POST" and not request.POST.get("focus"):
        return redirect(_with(reverse("public:find"), _kept(request.POST, _SHAREABLE)))
    asked = request.POST if request.method == "POST" else _kept(request.GET, _SHAREABLE)
    form = SearchForm(_filled(asked))
    if not form.is_valid():
        return render(request, "public/find.html", _page(form, [], asked))
    return render(request, "public/find.html", _page(form, listing.found(form.cleaned_data), asked))


def _filled(asked: QueryDict) -> QueryDict:
    """With the usual distance where none was said, so that the page shows the one it used."""
    filled = asked.copy()
    if not filled.get("radius"):
        filled["radius"] = str(USUAL_KM)
    return filled


def _with(address: str, asked: QueryDict) -> str:
    return f"{address}?{asked.urlencode()}" if asked else address


def _kept(asked: QueryDict, names: Iterable[str]) -> QueryDict:
    """What was asked under these names, without what was left empty."""
    kept = QueryDict(mutable=True)
    for name in names:
        if said := asked.get(name):
            kept[name] = str(said)
    return kept


def _page(form: SearchForm, found: list[listing.Line], asked: QueryDict) -> dict[str, object]:
    wish = _kept(asked, ("place", "form"))
    return {
        "form": form,
        "groups": found[:_MOST_SHOWN],
        "more": len(found) > _MOST_SHOWN,
        "narrowed": any(asked.get(name) for name in _FURTHER),
        "wish_url": _with(reverse("public:wish"), wish),
    }


@open_to(ANYONE)
@require_safe
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One group: where about, when, what kind; never who or how many."""
    shown = groups.public_group(group_id)
    if shown is None:
        raise Http404
    context = {
        "group": listing.line(shown, words_for_groups()),
        "help_phone": shown.organisation_phone,
        "help_name": shown.organisation_name,
    }
    return render(request, "public/group.html", context)

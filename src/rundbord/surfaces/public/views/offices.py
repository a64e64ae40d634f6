"""Contact points and centres: the list, one office's page, and where there is none yet."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rundbord.organisations import queries as organisations
from rundbord.organisations.queries import Directory
from rundbord.people import queries as people
from rundbord.places import queries as places
from rundbord.shell.access import ANYONE, open_to
from rundbord.surfaces.public import coverage as tables
from rundbord.surfaces.public import linked_data
from rundbord.surfaces.public import offices as words
from rundbord.surfaces.public.offices import OfficeSearch

_ON_A_PAGE = 24


@open_to(ANYONE)
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Every office with a phone to a human; narrowed to a place, whom to ask there."""
    tree = organisations.tree()
    form = OfficeSearch(request.GET, offices=tree.offices)
    context = {"form": form, "any": bool(tree.offices)}
    return render(request, "public/offices.html", context | _found(request, tree, form))


def _found(request: HttpRequest, tree: Directory, form: OfficeSearch) -> dict[str, object]:
    if not form.is_valid():
        return {"page": None}
    hit, kind = form.cleaned_data["place"], form.cleaned_data["kind"]
    if hit:
        every = organisations.with_areas(tree, tree.offices)
        return {"answer": words.answer(every, hit.place, kind)}
    of_kind = [office for office in tree.offices if not kind or office.kind_id == kind]
    page = Paginator(of_kind, _ON_A_PAGE).get_page(request.GET.get("side"))
    return {"page": page, "lines": words.lines(organisations.with_areas(tree, page), page)}


@open_to(ANYONE)
@require_safe
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """One office: whom to ring, where it works, what it does, in its own words."""
    tree = organisations.tree()
    shown = next((each for each in tree.offices if each.slug == slug), None)
    if shown is None:
        raise Http404
    area = organisations.with_areas(tree, [shown]).area(shown)
    above = tree.above(shown)
    context = {
        "office": shown,
        "kind": organisations.kind_name(shown.kind),
        "area": area,
        "summary": words.area_in_words(area),
        "services": words.services_in_words(shown),
        "names": people.public_names(shown.id),
        "above": above,
        "beneath": tree.beneath(shown),
        "linked_data": linked_data.office(shown, area, above),
        "help_phone": shown.phone,
        "help_name": shown.name,
    }
    return render(request, "public/office.html", context)


@open_to(ANYONE)
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Municipalities with and without a contact point, and whom to ask instead; of one county when asked."""
    municipalities = places.municipalities()
    directory = organisations.directory()
    counties = tables.counties(organisations.covered(directory, municipalities))
    chosen = next((county for county in counties if county.code == request.GET.get("county")), None)
    context = {
        "counties": counties,
        "chosen": tables.with_neighbours(chosen, directory) if chosen else None,
        "picture": tables.map_of_county(chosen) if chosen else tables.map_of_country(counties),
        "receiver": organisations.fallback(),
    }
    return render(request, "public/offices_coverage.html", context)

"""Find a group. The topic is never in an address: a search for one is answered on the spot."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from rundbord.groups import calendar
from rundbord.groups import queries as groups
from rundbord.groups.queries import PublicGroup
from rundbord.groups.rules import Openness
from rundbord.kernel import clock
from rundbord.organisations import queries as organisations
from rundbord.organisations.queries import Organisation, words_for_groups
from rundbord.places import queries as places
from rundbord.shell.access import ANYONE, open_to
from rundbord.shell.middleware import HEADERS
from rundbord.surfaces.public import listing
from rundbord.surfaces.public.around import around
from rundbord.surfaces.public.finding import SHAREABLE, Search, kept, search_of, with_query

_OFFICES_SHOWN = 2
# Here alone a page may ask where the phone is, and only when its button is pressed.
_MAY_ASK_WHERE = HEADERS["Permissions-Policy"].replace("geolocation=()", "geolocation=(self)")


# A search changes nothing, so it needs no token, and the page can be the same for everybody.
@csrf_exempt
@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The list, narrowed as asked. Without a topic a search becomes an address that can be shared."""
    if request.method == "POST" and not request.POST.get("focus"):
        return redirect(with_query(reverse("public:find"), _shareable(request)))
    by_post = request.method == "POST"
    search = search_of(request.POST if by_post else _heard(request.GET), by_address=not by_post)
    answer = render(request, "public/find.html", _page(request, search))
    answer.headers["Permissions-Policy"] = _MAY_ASK_WHERE
    return answer


def _heard(query: QueryDict) -> QueryDict:
    """What is listened to in an address."""
    heard = QueryDict(mutable=True)
    heard.update(kept(query, (*SHAREABLE, "page")))
    return heard


def _shareable(request: HttpRequest) -> dict[str, str]:
    wanted = kept(request.POST, SHAREABLE)
    if wanted.get("place"):
        wanted.pop("county", None)  # chosen on the map before; a typed place says more
    return wanted


def _page(request: HttpRequest, search: Search) -> dict[str, object]:
    context: dict[str, object] = {"search": search, "form": search.form, "wish_url": search.wish_address()}
    if not search.form.is_valid():
        return context
    found = listing.found(search.filters, search.place, search.page)
    return context | {
        "found": found,
        "more": found.rooms.more if found.rooms else found.digital is not None and found.digital.more,
        "map": around(search),
        "offices": _offices(search),
        "share_url": request.build_absolute_uri(search.address()) if search.by_address else "",
    }


def _offices(search: Search) -> list[Organisation]:
    """Whom to ring about the place: who serves it, else the office above; nobody when no place was said."""
    if search.place is None:
        return []
    serving = organisations.serving(search.place.code)[:_OFFICES_SHOWN]
    above = None if serving else organisations.fallback()
    return [*serving, *([above] if above else [])]


@open_to(ANYONE)
@require_safe
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One group: where about, when, what kind; never who or how many."""
    shown = _shown(group_id)
    context = {
        "group": listing.line(shown, words_for_groups()),
        "calendar": _has_calendar(shown),
        "share_url": request.build_absolute_uri(),
        "help_phone": shown.organisation_phone,
        "help_name": shown.organisation_name,
    }
    return render(request, "public/group.html", context)


@open_to(ANYONE)
@require_safe
def group_calendar(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """The weekly time for one's own calendar, which tells nobody what it is."""
    shown = _shown(group_id)
    if not _has_calendar(shown):
        raise Http404
    answer = HttpResponse(
        calendar.weekly(shown.slot, clock.today()), content_type="text/calendar; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="avtale.ics"'
    return answer


def _shown(group_id: UUID) -> PublicGroup:
    shown = groups.public_group(group_id)
    if shown is None:
        raise Http404
    return shown


def _has_calendar(group: PublicGroup) -> bool:
    """Only while one can ask for a place. In which weeks a fortnightly one meets, only those in it know."""
    return group.openness == Openness.OPEN and group.every_weeks == 1


@open_to(ANYONE)
@require_safe
def seats(request: HttpRequest) -> HttpResponse:
    """Every municipality's seat, so that a phone can find the nearest one itself: [[name, lat, lon], …]."""
    answer = JsonResponse(places.seats(), safe=False, json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer

"""The long texts: one page each, all of them on the overview, and the topics together on one page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rundbord.content.queries import slugs, text
from rundbord.content.rules import Text
from rundbord.shell.access import ANYONE, open_to
from rundbord.shell.help_lines import HELP_LINES, MORE_LINES
from rundbord.surfaces.public.reading import SHELVES, Reading, Shelf, shelf_of
from rundbord.topics.catalogue import Topic

# From here on somebody looks for one heading more often than she reads from top to end.
_LONG = 4  # headings
EASY = "lett"
ALL = "alle"


@dataclass(frozen=True)
class Way:
    """A link to a text, with what it says about itself."""

    url: str
    title: str
    lead: str


@open_to(ANYONE)
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One text, in easy words when the address says so and there are any."""
    whole = text(slug, _language())
    easy = whole.easy if EASY in request.GET else None
    shown = easy or whole
    return render(
        request,
        "public/reading/text.html",
        {
            "text": shown,
            "body": shown.body(_address),
            "contents": shown.headings if shown is whole and len(shown.headings) >= _LONG else (),
            "has_easy": whole.easy is not None,
            "is_easy": easy is not None,
            "shelf": shelf_of(slug),
            "more": [_way(reading) for reading in shelf_of(slug).readings if reading.slug != slug],
        },
    )


@open_to(ANYONE)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything there is to read, in the order one needs it."""
    topics = Way(_address("topics"), _("Topics"), _("Some groups share a topic. Read about them here."))
    shelves = [_opened(shelf) for shelf in SHELVES]
    return render(request, "public/reading/overview.html", {"shelves": shelves, "topics": topics})


@open_to(ANYONE)
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """All topics on one page, folded: no address and no history tells which one somebody reads."""
    there = slugs(_language())
    slugs_in_order = [f"topics/{topic.value}" for topic in Topic if f"topics/{topic.value}" in there]
    shown = [_told(text(slug, _language())) for slug in slugs_in_order]
    return render(request, "public/reading/topics.html", {"topics": shown, "unfolded": ALL in request.GET})


@open_to(ANYONE)
@require_safe
def help_lines(request: HttpRequest) -> HttpResponse:
    """Numbers to ring at once, and when each was checked."""
    return render(request, "public/reading/help_lines.html", {"lines": (*HELP_LINES, *MORE_LINES)})


def _told(topic: Text) -> tuple[Text, SafeString]:
    return topic, topic.inside().body(_address)


def _opened(shelf: Shelf) -> tuple[str | Promise, list[Way]]:
    return shelf.heading, [_way(reading) for reading in shelf.readings]


def _way(reading: Reading) -> Way:
    found = text(reading.slug, _language())
    return Way(_address(reading.name), found.title, found.lead)


def _address(name: str) -> str:
    return reverse(f"public:{name}")


def _language() -> str:
    return get_language() or "nb"

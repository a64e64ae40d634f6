"""What is most important, in languages the catalogues do not speak: one page each, no account, no form."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from django.views.decorators.http import require_safe

from rundbord.content.queries import text, words
from rundbord.content.rules import Text
from rundbord.shell import languages
from rundbord.shell.access import ANYONE, open_to
from rundbord.shell.help_lines import HELP_LINES

CORE = (
    *("what-it-is", "first-meeting", "ground-rules", "digital-groups"),
    *("leave-a-wish", "privacy", "help-lines"),
)
# Their letters are not in the files that every page loads.
OWN_LETTERS = {"ar", "uk"}


@open_to(ANYONE)
@require_safe
def welcome(request: HttpRequest, language: str) -> HttpResponse:
    """The seven core texts in a language, and who has read them. 404 for one we have no texts in."""
    if language not in languages.WELCOME:
        raise Http404
    texts = [text(slug, language) for slug in CORE]
    spoken = words(language)
    return render(
        request,
        "public/welcome/page.html",
        {
            "page_language": language,
            "page_direction": languages.direction(language),
            "leave_words": spoken["leave"],
            "words": spoken,
            "letters": f"public/welcome/{language}.css" if language in OWN_LETTERS else "",
            "parts": [(one, _body(one)) for one in texts],
            "unchecked": not all(one.checked_by for one in texts),
            "lines": _lines(spoken),
            "norwegian": list(_interface()),
        },
    )


def _body(one: Text) -> SafeString:
    """The text under its own heading. What is set apart with *…* in these languages is Norwegian."""
    html = one.inside().body(lambda name: reverse(f"public:{name}"))
    return mark_safe(html.replace("<em>", '<em lang="nb">'))


def _lines(spoken: dict[str, Any]) -> list[tuple[str, str]]:
    """The help lines, each with what it is for."""
    return [(line.number, spoken["lines"][line.number]) for line in HELP_LINES]


def _interface() -> Iterator[tuple[str, str, str]]:
    """Code, own name and first page of each language that everything is in."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield code, languages.OWN_NAMES[code], reverse("public:front")

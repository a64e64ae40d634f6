"""What search engines read beside the words: JSON-LD of schema.org, as a block that no browser runs."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from rundbord.kernel.links import absolute
from rundbord.organisations.queries import Organisation
from rundbord.places.queries import Place

# A name may hold "</script>" or "<!--": inside a script element only these escapes keep it in its place.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def office(shown: Organisation, area: Sequence[Place], above: Sequence[Organisation]) -> SafeString:
    """An office as an Organization: its page, phone and area; never the people who work there."""
    told: dict[str, Any] = {
        "@type": "Organization",
        "name": shown.name,
        "url": _address(shown),
        "telephone": shown.phone,
        "email": shown.email,
        "description": shown.about,
        "areaServed": [_area(place) for place in area],
    }
    if above:
        told["parentOrganization"] = {
            "@type": "Organization",
            "name": above[0].name,
            "url": _address(above[0]),
        }
    return _block({key: value for key, value in told.items() if value})


def site() -> SafeString:
    """The site itself, for the front page."""
    language = get_language() or "nb"
    return _block(
        {
            "@type": "WebSite",
            "name": "Rundbord",
            "url": absolute("public:front", language=language),
            "inLanguage": language,
        }
    )


def _address(shown: Organisation) -> str:
    return absolute("public:office", shown.slug, language=get_language() or "nb")


def _area(place: Place) -> dict[str, Any]:
    return {
        "@type": "AdministrativeArea",
        "name": place.name,
        "containedInPlace": {"@type": "AdministrativeArea", "name": place.county_name},
    }


def _block(told: dict[str, Any]) -> SafeString:
    text = json.dumps({"@context": "https://schema.org", **told}, ensure_ascii=False)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(_ESCAPED)))

"""The page one is on, in each of the languages there are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, override

# Each language's name in itself, whatever language the page is in.
OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella"}


def addresses(request: HttpRequest | None) -> list[dict[str, Any]]:
    """Code, name, address and whether it is the active one. Without a request there is no page to go to."""
    if request is None:
        return []
    return [_entry(request, code) for code, _name in settings.LANGUAGES]


def _entry(request: HttpRequest, code: str) -> dict[str, Any]:
    # An address that leads nowhere has no sisters in other languages: the front page does.
    url = translate_url(request.get_full_path(), code) if request.resolver_match else home(code)
    return {"code": code, "name": OWN_NAMES.get(code, code), "url": url, "current": code == get_language()}


def home(code: str | None = None) -> str:
    """The front page in a language; in the active one if none is said."""
    with override(code or get_language()):
        try:
            return reverse("public:front")
        except NoReverseMatch:
            return "/"

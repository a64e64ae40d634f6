"""The page one is on, in each of the languages there are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

# Each language's name in itself, whatever language the page is in.
OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella"}


def addresses(request: HttpRequest | None) -> list[dict[str, Any]]:
    """Code, name, address and whether it is the active one. Without a request there is no page to go to."""
    if request is None:
        return []
    return [_entry(request.get_full_path(), code) for code, _name in settings.LANGUAGES]


def _entry(path: str, code: str) -> dict[str, Any]:
    own = OWN_NAMES.get(code, code)
    return {"code": code, "name": own, "url": translate_url(path, code), "current": code == get_language()}

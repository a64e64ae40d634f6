"""The page one is on, in each of the languages there are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, override

# Each language's name in itself, whatever language the page is in.
OWN_NAMES = {
    "nb": "Bokmål",
    "nn": "Nynorsk",
    "en": "English",
    "uk": "Українська",
    "ar": "العربية",
    "pl": "Polski",
    "se": "Davvisámegiella",
    "so": "Soomaali",
}
# One is welcomed in these: there are texts in them, while forms and catalogues speak settings.LANGUAGES.
WELCOME = ("uk", "ar", "pl", "se", "so")
_FROM_THE_RIGHT = {"ar"}


def addresses(request: HttpRequest | None) -> list[dict[str, Any]]:
    """Code, name, address and whether it is the active one. Without a request there is no page to go to."""
    if request is None:
        return []
    return [_entry(request, code) for code, _name in settings.LANGUAGES]


def _entry(request: HttpRequest, code: str) -> dict[str, Any]:
    # An address that leads nowhere has no sisters in other languages: the front page does.
    url = translate_url(request.get_full_path(), code) if request.resolver_match else home(code)
    return {"code": code, "name": OWN_NAMES.get(code, code), "url": url, "current": code == get_language()}


def welcomes(request: HttpRequest | None) -> list[dict[str, Any]]:
    """Code, name, address and whether one is there, for each welcome page there is."""
    here = request.path if request else ""
    found = [(code, _welcome(code)) for code in WELCOME]
    return [
        {"code": code, "name": OWN_NAMES[code], "url": url, "current": url == here}
        for code, url in found
        if url
    ]


def direction(code: str) -> str:
    """ "rtl" for a language that is read from the right, else "ltr"."""
    return "rtl" if code in _FROM_THE_RIGHT else "ltr"


def _welcome(code: str) -> str:
    try:
        return reverse("public:welcome", args=[code])
    except NoReverseMatch:
        return ""


def home(code: str | None = None) -> str:
    """The front page in a language; in the active one if none is said."""
    with override(code or get_language()):
        try:
            return reverse("public:front")
        except NoReverseMatch:
            return "/"

"""The one address of a page that search engines should know, and the same page in other languages."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from rundbord.shell.access import is_listed
from rundbord.shell.languages import welcomes

_DEFAULT = "x-default"


@dataclass(frozen=True)
class Canonical:
    """Full addresses: of the page itself, and (language code, address) of each of its languages."""

    here: str
    languages: list[tuple[str, str]]


def canonical(request: HttpRequest | None) -> Canonical | None:
    """The address without what was asked in it; None for what search engines need not know."""
    match = request.resolver_match if request else None
    if request is None or match is None or not is_listed(match.func):
        return None
    if match.view_name == "public:welcome":
        return _welcome(match.kwargs["language"])
    languages = [(code, full(translate_url(request.path, code))) for code, _name in settings.LANGUAGES]
    default = dict(languages)[settings.LANGUAGE_CODE]
    return Canonical(full(request.path), [*languages, (_DEFAULT, default)])


def _welcome(language: str) -> Canonical | None:
    """A welcome page is the same whatever language the address begins with."""
    languages = [
        (each["code"], full(translate_url(each["url"], settings.LANGUAGE_CODE))) for each in welcomes(None)
    ]
    here = dict(languages).get(language)
    return Canonical(here, languages) if here else None


def full(path: str) -> str:
    """The full address of a path, at the address that letters lead to."""
    return str(settings.RUNDBORD_PUBLIC_URL).rstrip("/") + path

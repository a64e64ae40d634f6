"""Every page that is open to anyone, as the server writes it: found by the map of addresses."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from rundbord.config.demonstration import county
from rundbord.shell import errors, last_resort
from rundbord.shell.access import ANYONE
from tests.surfaces.public import wishing
from tools import addresses

LANGUAGES = ("nb", "nn", "en")
# Of addresses that differ by a word (a text, a topic, a language) so many are read.
MOST = 60
# The page that is left when all else fails has the browser's own colours, which axe takes for black on white.
UNDRESSED = "trouble: all fails"


@dataclass(frozen=True)
class Shown:
    """A page as it was sent."""

    name: str
    language: str
    path: str
    route: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Its HTML."""
        return self.body.decode()


def everything(now: Any) -> list[Shown]:
    """Every page in every language, in the invented county; nothing of it stays in the database."""
    with transaction.atomic():
        county.make(now)
        found = [page for language in LANGUAGES for page in _in(language)]
        transaction.set_rollback(True)
    return found


def _in(language: str) -> Iterator[Shown]:
    with translation.override(language):
        yield from _walked(language)
        yield from _wish(language)
        yield from _trouble(language)


def _walked(language: str) -> list[Shown]:
    client, found = Client(raise_request_exception=False), dict[str, Shown]()

    def fetch(path: str) -> str | None:
        answer = client.get(path)
        if answer.status_code not in (200, 500) or not answer["Content-Type"].startswith("text/html"):
            return None
        match = addresses.matched(path)
        route = match.view_name if match else ""
        found[path] = shown(path, language, path, answer, route)
        return found[path].text

    def wanted(match: addresses.ResolverMatch) -> bool:
        return addresses.who_may(match).startswith(ANYONE)

    paths = addresses.walk(fetch, wanted, addresses.without_parameters(), most=MOST)
    return [found[path] for path in paths]


def shown(name: str, language: str, path: str, answer: Any, route: str = "") -> Shown:
    """An answer of Django's, kept."""
    return Shown(name, language, path, route, answer.status_code, dict(answer.headers), answer.content)


def _wish(language: str) -> Iterator[Shown]:
    """The screens of a wish that lie behind the first, and how two of them answer to nothing at all."""
    client, path = Client(raise_request_exception=False), reverse("public:wish")

    def go(answer: Any, **typed: Any) -> Any:
        return client.post(path, wishing.sent(answer) | typed)

    answer = client.get(path)
    yield shown("wish: nowhere", language, path, go(answer, place=""))
    for number, said in enumerate(wishing.SCREENS[:-1], start=2):
        answer = go(answer, **said)
        yield shown(f"wish: screen {number}", language, path, answer)
    yield shown("wish: no consent", language, path, go(answer))


def _trouble(language: str) -> Iterator[Shown]:
    request = RequestFactory().get("/nowhere/")
    for page in (errors.not_found, errors.server_error, errors.maintenance, errors.forbidden):
        answer = page(request)
        yield shown(f"trouble: {answer.status_code}", language, request.path, answer)
    fixed = HttpResponse(last_resort.page(500), status=500)
    yield shown(UNDRESSED, language, request.path, fixed)

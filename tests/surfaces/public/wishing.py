"""Filling in the five screens as somebody does, one after the other, with what the page itself carries."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation
from rundbord.signups.models import SignUp
from tests.surfaces.mine.people import at

WHERE = {"place": "Fredrikstad", "form": "room", "max_km": "20"}
WHEN = {"slots": ["4", "9"]}
WHAT = {"focus": ["mixed"], "languages": ["no"]}
YOU = {"first_name": "Kari", "contact": "kari@example.org", "age_band": "46-60"}
YES = {"consent": "on"}
SCREENS: list[dict[str, Any]] = [WHERE, WHEN, WHAT, YOU, YES]


class Fields(HTMLParser):
    """What a browser would send from the form of the wish: hidden, typed and ticked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.hidden: list[tuple[str, str]] = []
        self._select = self._area = ""
        self._text = ""
        self._aside = False  # the answers on the last screen have a form of their own, to change them
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        self._aside = "rb-check" in about.get("class", "") if tag == "form" else self._aside
        if self._aside:
            return
        name, value = about.get("name", ""), about.get("value", "")
        if tag == "input" and name and self._counts(about):
            self.sent.append((name, value or ("on" if about["type"] == "checkbox" else "")))
            if about.get("type") == "hidden":
                self.hidden.append((name, value))
        self._select = name if tag == "select" else self._select
        if tag == "option" and "selected" in about:
            self.sent.append((self._select, value))
        if tag == "textarea":
            self._area, self._text = name, ""

    @staticmethod
    def _counts(about: dict[str, str]) -> bool:
        return about.get("type") not in {"checkbox", "radio"} or "checked" in about

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent.append((self._area, self._text.removeprefix("\n")))


def sent(answer: Any) -> dict[str, list[str]]:
    """name -> values that the page's form would send if nothing were typed."""
    found: dict[str, list[str]] = {}
    for name, value in Fields(answer.content.decode()).sent:
        found.setdefault(name, []).append(value)
    return found


def go(client: Client, answer: Any, **typed: Any) -> Any:
    """Types on the screen at hand and presses the button."""
    return client.post(at("public:wish"), sent(answer) | typed)


def begin(client: Client, **asked: Any) -> Any:
    """The first screen."""
    return client.get(at("public:wish"), asked)


def upto(client: Client, screen: int, **changes: Any) -> Any:
    """The page of a screen, those before it filled in."""
    answer = begin(client)
    for said in SCREENS[: screen - 1]:
        answer = go(client, answer, **(said | {n: v for n, v in changes.items() if n in said or n in EXTRA}))
    return answer


EXTRA = {"ring_me", "note", "young_only", "women_only", "discretion", "access_needs", "self_start_ok"}


def step_of(answer: Any) -> int:
    """Which screen a page is."""
    return int(sent(answer)["step"][0])


def whole(**changes: Any) -> dict[str, Any]:
    """All answers at once, as the last screen sends them."""
    everything: dict[str, Any] = {"step": "5"}
    for said in SCREENS:
        everything |= said
    return everything | changes


def wishes(organisation: Organisation) -> list[SignUp]:
    """What has been left with this office."""
    with tenancy.scope(organisation.id):
        return list(SignUp.objects.order_by("created_at", "id"))

"""Over all addresses there are: looking changes nothing, and every page carries help and keeps quiet."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from rundbord.groups.models import Meeting, Offer, Participation, StarterRequest
from rundbord.kernel import tenancy
from rundbord.kernel.ids import new_id
from rundbord.organisations.models import Organisation
from rundbord.shell.help_lines import HELP_LINES
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.surfaces.mine.people import browser, inside, known, link_to, starter_of, wish

THEMES = re.compile(
    r"group|self-help|grief|anxiety|wish|offer|meeting|pledge|table|selvhjelp|gruppe|sorg", re.I
)


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[None]:
    """A Monday morning."""
    with time_machine.travel(NOW, tick=False):
        yield


def patterns(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """(route name, pattern) of every address that is registered."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = (*names, each.namespace) if each.namespace else names
            yield from patterns(each, inner)
        elif each.name:
            yield ":".join((*names, each.name)), each


_NAMES = """again change code data end enter erase hand_over leave meeting newcomers not_me offer page pause
pledge rules say_no start start_rules starts table withdraw"""
PAGES = {f"mine:{name}" for name in _NAMES.split()}
ROUTES = sorted({name for name, _pattern in patterns(get_resolver())})


class Known:
    """Something that exists for every part of an address."""

    def __init__(self, organisation: Organisation) -> None:
        forming, started = grouping.formed(organisation, 4), grouping.started(organisation, 5)
        with tenancy.scope(organisation.id):
            self.offer = Offer.objects.select_related("signup").filter(group=forming, state="open")[0]
            self.request = StarterRequest.objects.get(group=forming)
            self.meeting = Meeting.objects.filter(group=started)[0]
            self.participation = Participation.objects.select_related("signup").filter(group=started)[0]
        self.group = started
        self.waiting = wish(organisation)

    def parts(self, route: str) -> dict[str, Any]:
        """A value for each name that addresses use."""
        return {
            "group_id": self.group.id,
            "meeting_id": self.meeting.id,
            "offer_id": self.offer.id,
            "request_id": self.request.id,
            "participation_id": self.participation.id,
            "signup_id": self.waiting.id,
            "token": link_to(self.waiting),
            "key": "x-y",
            "uidb36": "1",
            "provider_id": "oidc",
            "name": "front",
        }


@pytest.fixture
def here(organisation: Organisation) -> Known:
    """Groups, offers, questions and people."""
    return Known(organisation)


def addresses(known_here: Known) -> dict[str, str]:
    """route name -> an address of it in English."""
    found = {}
    with override("en"):
        for name, pattern in patterns(get_resolver()):
            parts = known_here.parts(name)
            wanted = pattern.pattern.regex.groupindex
            given = {part: parts.get(part, new_id()) for part in wanted}
            found[name] = _reversed(name, given) or _reversed(name, dict.fromkeys(wanted, "x"))
    return {name: address for name, address in found.items() if address}


def _reversed(name: str, given: dict[str, Any]) -> str:
    try:
        return reverse(name, kwargs=given)
    except (NoReverseMatch, ValueError, AttributeError):
        return ""


def whole_database() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table except sessions."""
    kept = [model for model in apps.get_models() if model is not Session]
    with tenancy.everywhere("test"):
        return {
            model._meta.label: sorted(map(repr, model._base_manager.values_list()))  # type: ignore[misc]
            for model in kept
        }


def visitors(here: Known) -> dict[str, Client]:
    """Who looks: nobody, somebody who waits, has an offer, takes part, and a starter."""
    return {
        "anonymous": browser(),
        "known browser": known(here.waiting, browser()),
        "waiting": inside(here.waiting),
        "offered": inside(here.offer.signup),
        "participant": inside(here.participation.signup),
        "starter": inside(starter_of(here.group)),
    }


def test_there_are_addresses_of_all_surfaces(here):
    found = addresses(here)
    assert sum(name.startswith("public:") for name in found) >= 12
    assert {name for name in ROUTES if name.startswith(("mine:", "public:"))} <= set(found)
    assert sum(name.startswith("office:") for name in found) >= 20


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing_and_never_breaks(here, method):
    people, found = visitors(here), addresses(here)
    before = whole_database()
    for who, client in people.items():
        for name, address in found.items():
            answer = getattr(client, method)(address)
            assert answer.status_code < 500, (who, name)
    assert whole_database() == before


def pages(here: Known) -> Iterator[tuple[str, str, Any]]:
    """(who, route, answer) for every public and private HTML page."""
    found = addresses(here)
    for who, client in visitors(here).items():
        for name in found:
            if name.startswith(("public:", "mine:")):
                answer = client.get(found[name])
                if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
                    yield who, name, answer


def test_help_lines_and_a_way_out_on_every_page(here):
    seen = 0
    for who, name, answer in pages(here):
        text = answer.content.decode()
        assert all(line.number in text for line in HELP_LINES), (who, name)
        assert 'class="rb-leave' in text or "Leave page" in text, (who, name)
        seen += answer.status_code == 200
    assert seen >= 60


def test_private_titles_carry_no_theme_and_private_pages_are_never_kept(here):
    for who, name, answer in pages(here):
        if not name.startswith("mine:"):
            continue
        titles = re.findall(r"<title>([^<]*)</title>", answer.content.decode())
        assert not any(THEMES.search(title) for title in titles), (who, name, titles)
        assert answer.headers["Cache-Control"] == "no-store", (who, name)
        assert "noindex" in answer.headers["X-Robots-Tag"]


def test_every_answer_is_locked_in(here):
    for who, name, answer in pages(here):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy, (who, name)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_private_page_answers_in_every_language(here, language):
    found = {name: address for name, address in addresses(here).items() if name.startswith("mine:")}
    prefix = {"nb": "/", "nn": "/nn/", "en": "/en/"}[language]
    people = visitors(here)
    shown = set()
    for client in people.values():
        for name, address in found.items():
            answer = client.get(address.replace("/en/", prefix, 1))
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                assert f'<html lang="{language}"' in answer.content.decode()
                shown.add(name)
    assert shown == PAGES

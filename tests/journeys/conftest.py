"""Stories in a real browser: a real server, a database file, mail over SMTP, and a clock to wind."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.journeys.walk import Letters, Person
from tests.kernel.postbox import Postbox

# Playwright keeps an event loop in this thread; the database is used from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BEGINNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday in winter; Easter lies in the weeks that follow


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that goes, and can be wound on."""
    with time_machine.travel(BEGINNING, tick=True) as coordinates:
        yield coordinates


@pytest.fixture
def letters(settings: Any) -> Iterator[Letters]:
    """A mail server, and a way to read what came."""
    with Postbox() as postbox:
        settings.RUNDBORD_MAIL = postbox.url
        yield Letters(postbox)


@pytest.fixture
def site(live_server: LiveServer, settings: Any, letters: Letters) -> str:
    """Where Rundbord is; letters point there."""
    settings.RUNDBORD_PUBLIC_URL = live_server.url
    return live_server.url


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's own script."""
    return (Path(__file__).parents[2] / "build" / "test" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def arrive(browser: Browser, site: str, axe: str) -> Iterator[Callable[..., Person]]:
    """Somebody new with a browser of her own: `arrive("Ada", width=320, scripts=True, checked=True)`."""
    contexts = []

    def new(name: str, *, width: int = 320, scripts: bool = True, checked: bool = False) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, locale="nb-NO"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        # The pages are the same on both databases; one of them is enough for the checker.
        return Person(
            name, context.new_page(), site, axe if checked and connection.vendor == "sqlite" else ""
        )

    yield new
    for context in contexts:
        context.close()

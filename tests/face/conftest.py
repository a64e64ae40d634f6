"""The pages open to anyone, and a browser that is shown them: no server, the requests are answered here."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from tests.conftest import NOW
from tests.face.pages import Shown, everything

# Playwright keeps an event loop in this thread; the database is used from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = "http://localhost"
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


@pytest.fixture(scope="session")
def shown(django_db_setup: None, django_db_blocker: Any) -> list[Shown]:
    """Every page in every language."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        return everything(NOW)


class Window:
    """One browser tab that is shown page after page; links on them lead to the other pages."""

    def __init__(self, tab: Page, pages: list[Shown], fonts: bool) -> None:
        self.tab = tab
        self.asked_of_others: list[str] = []
        self._pages = {page.path: page for page in reversed(pages)}
        self._page: Shown | None = None
        self._fonts = fonts
        tab.route("**/*", self._serve)

    def show(self, page: Shown) -> None:
        """That page, loaded."""
        self._page = page
        self.tab.goto(HERE + page.path, wait_until="load")

    def _serve(self, route: Route) -> Any:
        address = urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" != HERE:
            self.asked_of_others.append(route.request.url)
            return route.abort()
        if address.path.startswith("/static/"):
            return self._file(route, address.path.removeprefix("/static/"))
        if not route.request.is_navigation_request():
            return route.fulfill(status=404)
        asked = address.path + (f"?{address.query}" if address.query else "")
        page = self._page or self._pages.get(asked) or self._pages[address.path]
        self._page = None
        # A page that answers with trouble is shown as any other.
        return route.fulfill(status=200, headers=page.headers, body=page.body)

    def _file(self, route: Route, name: str) -> None:
        found = finders.find(name) if self._fonts or not name.endswith(".woff2") else None
        if found:
            route.fulfill(status=200, content_type=TYPES[name.rsplit(".", 1)[-1]], path=found)
        else:
            route.fulfill(status=404)


@pytest.fixture(scope="module")
def window(browser: Browser, shown: list[Shown]) -> Iterator[Callable[..., Window]]:
    """Opens a window: `window(width=320, fonts=True, java_script_enabled=False)`."""
    contexts = []

    def opened(*, width: int = 320, fonts: bool = False, **options: Any) -> Window:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, reduced_motion="reduce", bypass_csp=True, **options
        )
        contexts.append(context)
        return Window(context.new_page(), shown, fonts)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's own script."""
    return (django_settings.BUILD / "test" / "axe.min.js").read_text(encoding="utf-8")

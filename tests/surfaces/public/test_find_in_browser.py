"""Near me: the phone finds its municipality itself, and tells nobody where it is."""

import os

import pytest

from tests.shell.test_in_browser import HERE, visit
from tests.surfaces.mine.people import at

# Playwright keeps an event loop in this thread; the database is used from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

__all__ = ["visit"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

VARDO = {"latitude": 70.3701, "longitude": 31.1102}


@pytest.mark.parametrize("allowed", [True, False])
def test_the_position_stays_on_the_phone(visit, allowed):
    page = visit(at("public:find"), geolocation=VARDO, permissions=["geolocation"] if allowed else [])
    asked = []
    page.on("request", lambda request: asked.append((request.url, request.post_data)))
    page.get_by_role("button", name="Near me").click()
    if not allowed:
        page.get_by_text("We could not find out where you are.").wait_for()
        assert page.get_by_label("Place or postal code").input_value() == ""
        return
    page.get_by_text("The nearest municipality is Vardø.").wait_for()
    assert page.get_by_label("Place or postal code").input_value() == "Vardø"
    told = [url.removeprefix(HERE) for url, _ in asked if "/static/" not in url]  # the icon may come late
    assert told == [at("public:seats")]
    assert not any("violates" in said for said in visit.said)

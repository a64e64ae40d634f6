"""The gallery in a real browser: sizes for thumbs, no sideways scrolling, the small script, axe.

No server and no database: the browser's requests are answered from here.
"""

from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.shell.urls")]

HERE = "http://localhost"
AXE = django_settings.BUILD / "test" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BASES = ["/gallery/", "/gallery/private/", "/gallery/office/?wrong=1"]
TO_PRESS = (
    "button, summary, nav a, .ds-button, .rb-choice, .rb-week input, .rb-help a, .rb-footer a, "
    ".ds-input:not([type=checkbox], [type=radio])"
)
TOO_SMALL = """(selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.height < 43.9 || box.width < 43.9;
    })
    .map((element) => element.outerHTML.slice(0, 80))"""
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


def serve(route, posts):
    """Answer a request of the browser: our files, our pages, and an empty page for the world outside."""
    request = route.request
    address = urlsplit(request.url)
    if f"{address.scheme}://{address.netloc}" != HERE:
        return route.fulfill(status=200, content_type="text/html", body="<title>Outside</title>")
    if address.path.startswith("/static/"):
        found = finders.find(address.path.removeprefix("/static/"))
        kind = TYPES[address.path.rsplit(".", 1)[-1]]
        return (
            route.fulfill(status=200, content_type=kind, path=found) if found else route.fulfill(status=404)
        )
    if request.method == "POST":
        posts.append(request.url)
    answer = Client().get(address.path + (f"?{address.query}" if address.query else ""))
    return route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)


@pytest.fixture
def visit(browser):
    """Opens a page of ours; `visit.posts` are the forms sent, `visit.said` what the browser complained of."""
    contexts = []

    def go(path, width=320, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 700}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: go.said.append(message.text))
        page.route("**/*", lambda route: serve(route, go.posts))
        page.goto(HERE + path, wait_until="load")
        return page

    go.posts, go.said = [], []
    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", BASES)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit, path, width, scheme):
    page = visit(path, width, scheme, bypass_csp=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)["violations"]
    assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("path", BASES)
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_scrolls_sideways_and_the_policy_is_kept(visit, path, width):
    page = visit(path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.said == []


def test_large_letters_make_no_page_scroll_sideways(visit):
    page = visit("/gallery/?wrong=1", 640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("path", BASES)
def test_everything_to_press_is_large_enough_for_a_thumb(visit, path):
    page = visit(path, 320)
    assert page.evaluate(TOO_SMALL, TO_PRESS) == []


def test_without_scripts_the_week_is_there_and_the_helpers_are_not(visit):
    page = visit("/gallery/", java_script_enabled=False)
    assert page.locator(".rb-week input").count() == 35
    assert not page.locator("[data-week-helpers]").is_visible()


def chosen(page):
    """The slots that are ticked."""
    return [int(box.get_attribute("value")) for box in page.locator(".rb-week input:checked").all()]


def test_the_week_by_keyboard(visit):
    page = visit("/gallery/")
    page.focus("#id_slots_0")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert chosen(page) == [0, 1, 4, 9, 19]


def test_the_helpers_choose_and_take_away_again(visit):
    page = visit("/en/gallery/")
    evenings = page.get_by_role("button", name="All evenings")
    evenings.click()
    assert chosen(page) == [4, 9, 14, 19, 24, 29, 34]
    assert page.locator("[data-week-count]").inner_text() == "Times chosen: 7"
    evenings.click()
    assert chosen(page) == []
    page.get_by_role("button", name="Weekends").click()
    assert chosen(page) == list(range(25, 35))
    page.get_by_role("button", name="Clear all").click()
    assert chosen(page) == []


def test_the_summary_is_read_first_and_leads_to_the_field(visit):
    page = visit("/en/gallery/?wrong=1")
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    page.locator("[data-error-summary] a", has_text="Mobile").click()
    assert page.evaluate("document.activeElement.id") == "id_phone"


def test_leaving_leaves_no_way_back(visit):
    page = visit("/gallery/")
    page.goto(HERE + "/gallery/private/", wait_until="load")
    before = page.evaluate("history.length")
    page.locator("[data-leave]").click()
    page.wait_for_url("https://**")
    assert page.evaluate("history.length") == before
    page.go_back(wait_until="load")
    assert page.url == HERE + "/gallery/"


def test_escape_three_times_leaves(visit):
    page = visit("/gallery/private/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.url.startswith(HERE)
    page.keyboard.press("Escape")
    page.wait_for_url("https://**")


@pytest.mark.parametrize("path", ["/gallery/", "/gallery/private/"])
def test_the_way_out_is_at_hand_however_far_down_one_has_read(visit, path):
    page = visit(path, java_script_enabled=False)
    page.locator(".rb-footer").scroll_into_view_if_needed()
    assert page.locator("[data-leave]").bounding_box()["y"] >= 0
    page.locator("[data-leave]").click()
    page.wait_for_url("https://**")


def test_a_low_window_belongs_to_the_content(visit):
    page = visit("/gallery/")
    page.set_viewport_size({"width": 320, "height": 180})
    page.locator(".rb-footer").scroll_into_view_if_needed()
    assert page.locator("[data-leave]").bounding_box()["y"] < 0


def test_without_scripts_one_can_leave_too(visit):
    page = visit("/gallery/private/", java_script_enabled=False)
    page.locator("[data-leave]").click()
    page.wait_for_url("https://**")


def test_pressing_twice_sends_once(visit):
    page = visit("/en/gallery/")
    page.evaluate("document.querySelector('.rb-form').addEventListener('submit', () => {}, true)")
    page.get_by_role("button", name="Next", exact=True).dblclick(no_wait_after=True)
    page.wait_for_url("**/?wrong=1")
    assert len(visit.posts) == 1

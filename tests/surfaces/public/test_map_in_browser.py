"""A map that can be come nearer to: by button, by key, by mouse; and still a map of links."""

import os

import pytest

from tests.shell.test_in_browser import HERE, TOO_SMALL, visit
from tests.surfaces.mine.people import at

# Playwright keeps an event loop in this thread; the database is used from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

__all__ = ["visit"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def view(page):
    """Left, top, width and height of what is shown, in the map's own units."""
    return [float(one) for one in page.locator("#map > svg").get_attribute("viewBox").split()]


def middle_of_a_dot(page):
    """Where on the screen a link in the map lies."""
    box = page.locator("#map > svg a .rb-map-dot").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def sees_a_dot(page, which=".rb-map-dot"):
    """Whether such a dot lies in what is shown."""
    left, top, width, height = view(page)
    dots = page.locator(f"#map > svg {which}").evaluate_all(
        "dots => dots.map((dot) => [dot.cx.baseVal.value, dot.cy.baseVal.value])"
    )
    return any(left < x < left + width and top < y < top + height for x, y in dots)


def test_nearer_and_back_by_button_and_by_key(visit, organisation):
    page = visit(at("public:coverage"))
    *_, width, height = whole = view(page)
    nearer, back = (page.get_by_role("button", name=name) for name in ("Zoom in", "Whole map"))
    said = page.locator("#map [role=status]")
    nearer.click()
    assert view(page)[2:] == [width / 2, height / 2]
    assert sees_a_dot(page)
    assert said.inner_text() == "The map at 200 percent."
    page.locator("#map > svg").focus()
    page.keyboard.press("+")
    assert view(page)[2] == width / 4 and sees_a_dot(page)
    before = view(page)
    page.keyboard.press("ArrowRight")
    assert view(page)[0] > before[0] and view(page)[1:] == before[1:]
    page.locator("#map > svg a").last.focus()
    assert sees_a_dot(page, "a:focus .rb-map-dot")
    back.click()
    assert view(page) == whole and said.inner_text() == "The whole map is shown."
    page.locator("#map > svg").focus()
    page.keyboard.press("ArrowDown")
    assert view(page) == whole
    assert page.evaluate(TOO_SMALL, "#map button") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert visit.said == []


def test_a_drag_is_no_click_and_the_wheel_alone_is_the_page_s(visit, organisation):
    page = visit(at("public:coverage"), width=1280)
    page.locator("#map > svg").scroll_into_view_if_needed()
    x, y = middle_of_a_dot(page)
    page.mouse.move(x, y)
    whole = view(page)
    page.mouse.wheel(0, -1)
    assert view(page) == whole
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function(
        "width => document.querySelector('#map > svg').viewBox.baseVal.width < width", arg=whole[2]
    )
    x, y = middle_of_a_dot(page)
    before = view(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 20, steps=3)
    page.mouse.up()
    assert view(page)[0] < before[0] and page.url == HERE + at("public:coverage")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert view(page) == whole
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.mouse.click(*middle_of_a_dot(page))
    page.wait_for_url("**/?county=*")


def test_without_a_script_nothing_appears(visit, organisation):
    page = visit(at("public:coverage"), java_script_enabled=False)
    assert page.locator("#map > svg").is_visible()
    assert not page.get_by_role("button", name="Zoom in").is_visible()

"""The seeker's part by keyboard alone: nothing is clicked, and the focus is always seen."""

from collections.abc import Callable

import pytest
import time_machine
from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.walk import Letters, Person, say

pytestmark = pytest.mark.browser

_MOST_TABS = 120
_FOCUSED = """() => {
  const here = document.activeElement;
  const label = here.labels && here.labels.length ? here.labels[0].innerText : "";
  return {name: here.name || "", value: here.value || "", text: (here.innerText || "") + label};
}"""
_OUTLINED = """() => {
  const look = getComputedStyle(document.activeElement);
  return look.outlineStyle !== "none" || look.boxShadow !== "none";
}"""


def test_the_seekers_part_by_keyboard(
    arrive: Callable[..., Person], letters: Letters, clock: time_machine.Traveller
) -> None:
    steps.found_the_office(arrive("Marit", width=1280))
    seeker = arrive("Ada")
    page = seeker.page
    seeker.go("/onske/")
    write(page, "place", "Fredrikstad")
    press(seeker, "Next")
    tab_to(page, name="slots", value=str(steps.WEDNESDAY_EVENING))
    page.keyboard.press("Space")
    press(seeker, "Next")
    press(seeker, "Next")
    write(page, "first_name", "Ada")
    write(page, "contact", "ada@example.org")
    tab_to(page, name="age_band")
    page.keyboard.press("Space")
    press(seeker, "Next")
    tab_to(page, name="consent")
    page.keyboard.press("Space")
    press(seeker, "Send")
    write(page, "code", letters.code("ada@example.org"))
    press(seeker, "Go on")
    seeker.reads("You wait while we look")
    stays_with_one_tap_and_is_signed_out_without(seeker)


def stays_with_one_tap_and_is_signed_out_without(seeker: Person) -> None:
    """Two minutes before the end the page says so; the tap puts it off, and without one nothing is left."""
    page = seeker.page
    page.clock.install()
    page.reload()
    page.clock.fast_forward("13:10")
    soon = page.get_by_text(say("You are signed out in two minutes."))
    soon.wait_for()
    tab_to(page, text=say("Stay signed in"))
    page.keyboard.press("Enter")
    soon.wait_for(state="hidden")
    page.clock.fast_forward("15:10")
    page.wait_for_url("**/igjen/")


def tab_to(page: Page, *, name: str = "", value: str = "", text: str = "") -> None:
    """Tabs on until the focus is there, and sees that it shows."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        here = page.evaluate(_FOCUSED)
        fits = (not name or here["name"] == name) and (not value or here["value"] == value)
        if fits and (not text or here["text"].strip() == text):
            assert page.evaluate(_OUTLINED), f"the focus does not show on {here}"
            return
    raise AssertionError(f"the keyboard does not reach {name or text}")


def write(page: Page, name: str, text: str) -> None:
    """Tabs to a field and types."""
    tab_to(page, name=name)
    page.keyboard.type(text)


def press(seeker: Person, label: str) -> None:
    """Tabs to a button and presses Enter."""
    tab_to(seeker.page, text=say(label))
    with seeker.page.expect_navigation():
        seeker.page.keyboard.press("Enter")
    seeker.look()

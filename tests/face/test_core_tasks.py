"""What people come for, by keyboard alone, with scripts and without. The wish is left in the journeys."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_TABS = 150
TAPS = 3
_HERE = """selector => {
  const here = document.activeElement;
  const look = getComputedStyle(here);
  const shows = look.outlineStyle !== "none" || look.boxShadow !== "none";
  return {fits: here.matches(selector), shows};
}"""


class Hands:
    """Somebody with a keyboard. `taps`: how often she went to another page."""

    def __init__(self, window: Any, begin: str) -> None:
        self.tab = window.tab
        self.tab.goto("http://localhost" + begin)
        self.taps = 0

    def reach(self, selector: str) -> None:
        """Tabs on until the focus is there, and sees that it shows."""
        for _ in range(MOST_TABS):
            self.tab.keyboard.press("Tab")
            here = self.tab.evaluate(_HERE, selector)
            if here["fits"]:
                assert here["shows"], f"the focus does not show on {selector}"
                return
        raise AssertionError(f"the keyboard does not reach {selector} on {self.tab.url}")

    def enter(self) -> None:
        """Enter, and the page it leads to."""
        with self.tab.expect_navigation(wait_until="load"):
            self.tab.keyboard.press("Enter")
        self.taps += 1

    def follow(self, path: str) -> None:
        """The link to that page."""
        self.reach(f'a[href="{path}"]')
        self.enter()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def hands(request: Any, window: Any) -> Any:
    """On the front page."""
    return Hands(window(java_script_enabled=request.param), "/")


def path_of(shown: Any, route: str, ask: str = "") -> str:
    """Where a page is, in bokmål."""
    pages = [page for page in shown if page.language == "nb" and page.route == route]
    return next(page.path for page in pages if ask in page.path)


def test_find_a_group_open_it_and_ask_for_a_place(hands: Any, shown: Any) -> None:
    hands.reach('main input[name="place"]')
    hands.tab.keyboard.type("Moss")
    hands.enter()
    assert "/finn/" in hands.tab.url
    hands.follow(path_of(shown, "public:group"))
    assert hands.taps <= TAPS
    hands.reach('main a[href^="/onske/"]')
    hands.enter()
    hands.reach('main input[name="place"]')


def test_find_whom_to_ring(hands: Any, shown: Any) -> None:
    hands.follow(path_of(shown, "public:offices"))
    hands.follow(path_of(shown, "public:office"))
    hands.reach('main a[href^="tel:"]')
    assert hands.taps <= TAPS


def test_read_in_easy_words_what_it_is(hands: Any, shown: Any) -> None:
    hands.follow(path_of(shown, "public:what_is_it"))
    hands.follow(path_of(shown, "public:what_is_it", "lett"))
    assert hands.taps <= TAPS

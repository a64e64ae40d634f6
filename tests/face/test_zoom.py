"""Nothing scrolls sideways: at 320 px (1280 px enlarged four times), and with more air in the text."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTH = 320
# WCAG 1.4.12: what a reader may set for herself without losing anything.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  const shown = [...document.querySelectorAll("body *")].filter(each => each.checkVisibility());
  const out = each => each.getBoundingClientRect().right > edge + 0.5;
  const hides = each => each.clientWidth > 4 && getComputedStyle(each).overflowX === "hidden";
  const cut = each => hides(each) && each.scrollWidth > each.clientWidth + 1;
  const scrolls = document.documentElement.scrollWidth > edge;
  return [...(scrolls ? shown.filter(out) : []), ...shown.filter(cut)]
    .map(each => each.outerHTML.slice(0, 120)).slice(-3);
}"""
_RIGHT_ENDS = """() => ["header a", "main h1"].map(
  each => document.querySelector(each).getBoundingClientRect().right)"""


def test_no_page_scrolls_sideways(shown: Any, window: Any) -> None:
    """Every text, in the language of the longest words."""
    here = window(width=WIDTH, fonts=True)
    told = {}
    for page in (page for page in shown if page.language == "nb"):
        here.show(page)
        for name, style in (("plain", ""), ("air", SPACING)):
            if style:
                here.tab.add_style_tag(content=style)
            found = here.tab.evaluate(_WIDE)
            if found:
                told[page.name, name] = found
    assert told == {}


def test_a_language_from_right_to_left_is_mirrored(shown: Any, window: Any) -> None:
    page = next(page for page in shown if page.text.count('dir="rtl"') and "<html" in page.text)
    here = window(width=1280)
    here.show(page)
    ends = here.tab.evaluate(_RIGHT_ENDS)
    assert all(end > 1000 for end in ends), ends

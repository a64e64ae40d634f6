"""The welcome pages as a phone shows them: from the right where one reads so, numbers from the left."""

import pytest

from rundbord.shell.languages import WELCOME
from tests.shell.test_in_browser import AXE, AXE_RULES, TO_PRESS, TOO_SMALL, visit
from tests.surfaces.mine.people import at

__all__ = ["visit"]
pytestmark = pytest.mark.browser

# The words themselves: a box may shrink while its words stick out.
HEADER_APART = """() => {
    const [brand, leave] = [...document.querySelectorAll('.rb-header > a')].map((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return range.getBoundingClientRect();
    });
    return brand.right < leave.left || leave.right < brand.left;
}"""
# Where the digits of a number stand: the first must be left of the last, also in a text from the right.
FROM_THE_LEFT = """() => [...document.querySelectorAll('a[href^="tel:"]')].every((link) => {
    const walk = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
    const text = walk.nextNode();
    const at = (index) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + 1);
        return range.getBoundingClientRect().left;
    };
    return at(0) < at(text.length - 1);
})"""
STARTS = """() => {
    const box = document.querySelector('h1').getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('h1'));
    const words = range.getBoundingClientRect();
    return [Math.round(words.left - box.left), Math.round(box.right - words.right)];
}"""


@pytest.fixture(autouse=True)
def clock():
    """No database, so no clock either: the browser's loop may not meet one."""


@pytest.fixture(autouse=True)
def phone(settings):
    """A phone to a human, known without asking anybody."""
    settings.RUNDBORD_HELP_PHONE = "69 00 00 00"


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [*((language, 320, "light") for language in WELCOME), ("ar", 1280, "dark")],
)
def test_a_welcome_page(visit, language, width, scheme):
    page = visit(at("public:welcome", language, language="nb"), width, scheme, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(HEADER_APART)
    assert page.evaluate(FROM_THE_LEFT)
    assert page.evaluate(TOO_SMALL, TO_PRESS) == []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)["violations"]
    assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in found] == []


def test_arabic_begins_at_the_right_and_the_rest_at_the_left(visit):
    for language in ("ar", "so"):
        page = visit(at("public:welcome", language, language="nb"), 320)
        before, after = page.evaluate(STARTS)
        assert (after == 0 < before) if language == "ar" else (before == 0 < after)
    assert visit.said == []

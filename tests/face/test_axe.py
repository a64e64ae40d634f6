"""axe finds nothing on any page that is open to anyone: three languages, both widths, light and dark."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.face.pages import LANGUAGES, UNDRESSED

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = (320, 1280)
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Nothing but colours is different in the dark.
COLOURS = {"type": "rule", "values": ["color-contrast"]}
_RUN = """async only => {
  const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"], preload: false});
  return found.violations.map(rule => [rule.id, rule.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]);
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(shown: Any, window: Any, axe: str, language: str) -> None:
    """One of those pages that differ by a word only."""
    here = window()
    told = {}
    for page in one_of_each(shown, language):
        here.show(page)
        here.tab.evaluate(axe)
        for width in WIDTHS:
            here.tab.set_viewport_size({"width": width, "height": 800})
            for scheme, rules in (("light", RULES), ("dark", COLOURS)):
                here.tab.emulate_media(color_scheme=scheme)
                found = here.tab.evaluate(_RUN, rules)
                if found:
                    told[page.name, width, scheme] = found
    assert told == {}
    assert here.asked_of_others == []


def one_of_each(shown: Any, language: str) -> list[Any]:
    """Of each route and each kind of question to it the first page, and every page that stands for itself."""
    ours = [page for page in shown if page.language == language and page.name != UNDRESSED]
    found = {(page.route, asks(page)) if page.route else page.name: page for page in reversed(ours)}
    return sorted(found.values(), key=lambda page: page.name)


def asks(page: Any) -> frozenset[str]:
    """The names in its address's query."""
    return frozenset(dict(parse_qsl(urlsplit(page.path).query, keep_blank_values=True)))

"""From a Markdown file to a text that a page can show. No files, no addresses."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Where a text may lead. Pages are named, so that each language finds its own address.
_LINK = re.compile(r"(page:[a-z_]+|tel:\+?[0-9]+|https://[^\s\"<>]+)?(#part-[0-9]+)?$")
_PAGE = re.compile(r'href="page:([a-z_]+)')
_STEP = re.compile(r'<(/?)h([2-5])(?: id="part-[0-9]+")?>')
_FRONT = re.compile(r"---\n(?P<about>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_SAYS = ("title", "lead", "checked_by")


class BadText(ValueError):
    """A file that is no text of ours; says which and why. Ours to mend, never a reader's fault."""


@dataclass(frozen=True)
class Heading:
    """A place in a text one can go to. The anchor is a number: an address tells nothing of what is read."""

    anchor: str
    words: str


@dataclass(frozen=True)
class Text:
    """One text in one language. `html` still names pages instead of their addresses: see `body`."""

    slug: str
    language: str
    title: str
    lead: str
    html: str
    headings: tuple[Heading, ...]
    easy: "Text | None" = None
    # Who has read it, where none of us masters the language: "" for nobody yet, None where nobody has to.
    checked_by: str | None = None

    def body(self, address: Callable[[str], str]) -> SafeString:
        """The text as HTML, with `address("wish")` for every link to `page:wish`."""
        return mark_safe(_PAGE.sub(lambda found: f'href="{escape(address(found[1]))}', self.html))

    def inside(self) -> "Text":
        """The same text as part of another page: its headings one step down and without anchors."""
        html = _STEP.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}>", self.html)
        return replace(self, html=html, headings=())

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages it leads to, by name."""
        return tuple(_PAGE.findall(self.html))


def parsed(slug: str, language: str, source: str, easy: Text | None = None) -> Text:
    """The text in a file. BadText when the beginning is not as it should be, or a link leads astray."""
    found = _FRONT.match(source)
    if not found:
        raise BadText(f"{language}/{slug}: begins with --- title: lead: ---")
    about = _about(f"{language}/{slug}", found["about"])
    html, headings = _rendered(f"{language}/{slug}", found["body"])
    return Text(
        slug=slug,
        language=language,
        title=about["title"],
        lead=about["lead"],
        html=html,
        headings=headings,
        easy=easy,
        checked_by=about.get("checked_by"),
    )


def _about(name: str, lines: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines.splitlines() if line.strip())
    about = {key.strip(): value.strip() for key, _colon, value in pairs}
    if not set(about) <= set(_SAYS) or not about.get("title") or not about.get("lead"):
        raise BadText(f"{name}: title and lead are said first, and nothing else but checked_by")
    return about


def _rendered(name: str, body: str) -> tuple[str, tuple[Heading, ...]]:
    markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
    tokens = markdown.parse(body)
    for token in _inside(tokens):
        href = str(token.attrs.get("href", ""))
        if token.type == "link_open" and not (href and _LINK.match(href)):
            raise BadText(f"{name}: a link leads to {href}")
        if href.startswith("tel:"):
            token.attrSet("dir", "ltr")  # a number is read from the left, in a text from the right too
    headings = _numbered(name, tokens)
    return str(markdown.renderer.render(tokens, markdown.options, {})), headings


def _inside(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def _numbered(name: str, tokens: list[Token]) -> tuple[Heading, ...]:
    """Gives each second-level heading its anchor."""
    headings: list[Heading] = []
    for token, words in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            raise BadText(f"{name}: the title is the only first heading")
        if token.type == "heading_open" and token.tag == "h2":
            heading = Heading(f"part-{len(headings) + 1}", words.content)
            token.attrSet("id", heading.anchor)
            headings.append(heading)
    return tuple(headings)

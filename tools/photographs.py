"""Walks every page of a running demonstration with a browser and photographs it. Called by ./dev shots."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import product
from pathlib import Path

import django
from django.urls import ResolverMatch
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from rundbord.shell.access import ANYONE
from tools import addresses
from tools.base import say

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
LOOKS = list(product(WIDTHS, SCHEMES))
PEOPLE = ("waiting", "offered", "starting", "self-led", "asked", "starter")
# Of addresses that differ by a word (a text, a topic, a language) at most so many are photographed.
MOST = 40
# What somebody answers on the screens of the wish, by the names of the fields.
ANSWERS = {
    "place": "Fredrikstad", "slots": "9", "focus": "mixed", "first_name": "Kari",
    "contact": "kari@demo.example", "age_band": "46-60",
}  # fmt: skip
SCREENS = 5
_CALM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_ID = re.compile(r"[a-z2-7]{26}")
_STYLE = (
    "body{font:16px sans-serif;background:#888}img{display:block}"
    "section{display:flex;gap:1rem;align-items:start}"
)


@dataclass(frozen=True)
class Walk:
    """One walk: what its pictures are filed under, who walks ("" is anybody), and where."""

    name: str
    role: str = ""
    namespaces: tuple[str, ...] = ()


def walks(part: str) -> list[Walk]:
    """The walks that show a part of the product."""
    if part == "office":
        return [Walk("office", "manager", ("office",))]
    if part == "mine":
        return [Walk(f"mine-{role}", role, ("mine",)) for role in PEOPLE]
    return [Walk("public")]


def photograph(browser: Browser, address: str, walk: Walk, target: Path) -> list[str]:
    """Every page of a walk in every look; the paths, in the order of the walk."""
    with contexts(browser, address, walk.role) as looks:
        if walk.name == "office":
            look_for_groups(looks[LOOKS[0]])
        paths = listed(looks[LOOKS[0]], walk)
        for (width, scheme), context in looks.items():
            tab = context.new_page()
            for path in paths:
                tab.goto(path, wait_until="load")
                take(tab, target / f"{file_name(walk.name, path)}.{width}.{scheme}.png")
            if walk.name == "public":
                leave_a_wish(tab, target, f"{width}.{scheme}.png")
            tab.close()
    for path in paths:
        say(f"  {walk.name:<14} {path}")
    return paths


def file_name(walk: str, path: str) -> str:
    """What the pictures of a page are called: "office-venter" for /kontor/venter/ and the like."""
    words = re.findall(r"[^/?&=]+", _ID.sub("1", path))
    return "-".join([walk, *words])


def take(tab: Page, file: Path) -> None:
    """The whole page, from top to bottom."""
    tab.screenshot(path=file, full_page=True)


def look_for_groups(context: BrowserContext) -> None:
    """One search, so that there are proposals to see."""
    tab = context.new_page()
    tab.goto("/kontor/forslag/")
    press(tab, 'form[action$="/forslag/let/"] button')
    tab.wait_for_url("**/kontor/forslag/", timeout=120_000)
    tab.close()


def leave_a_wish(tab: Page, target: Path, end: str) -> None:
    """Each screen of the wish, and how the last one answers to nothing at all."""
    tab.goto("/onske/")
    for number in range(1, SCREENS + 1):
        take(tab, target / f"public-wish-{number}.{end}")
        if number < SCREENS:
            answer(tab)
        press(tab, 'main form[method="post"] button:not([type="button"], [name])')
    take(tab, target / f"public-wish-{SCREENS}-wrong.{end}")


def answer(tab: Page) -> None:
    """Fills in whatever of the answers the page asks for."""
    for name, value in ANSWERS.items():
        fields = tab.locator(f'main form [name="{name}"]:not([type="hidden"])')
        ticks = fields.and_(
            tab.locator(f'[type="checkbox"][value="{value}"], [type="radio"][value="{value}"]')
        )
        if ticks.count():
            ticks.first.check()
        elif fields.count():
            fields.first.fill(value)


def press(tab: Page, selector: str) -> None:
    """Presses a button and waits for the page it leads to."""
    with tab.expect_navigation():
        tab.locator(selector).first.click()


@contextmanager
def contexts(browser: Browser, address: str, role: str) -> Iterator[dict[tuple[int, str], BrowserContext]]:
    """A browser for each look, signed in by one tap where somebody is to walk."""
    looks = {}
    for width, scheme in LOOKS:
        looks[width, scheme] = browser.new_context(
            base_url=address, viewport={"width": width, "height": 800}, color_scheme=scheme,  # type: ignore[arg-type]
            locale="nb-NO", reduced_motion="reduce",
        )  # fmt: skip
        if role:
            enter(looks[width, scheme], role)
    yield looks
    for context in looks.values():
        context.close()


def enter(context: BrowserContext, role: str) -> None:
    """In by the demonstration's own door."""
    tab = context.new_page()
    tab.goto("/demo/")
    press(tab, f'form[action$="/inn/{role}/"] button')
    tab.close()


def listed(context: BrowserContext, walk: Walk) -> list[str]:
    """The pages of a walk, found by following links from all addresses that need no id."""

    def fetch(path: str) -> str | None:
        reply = context.request.get(path, max_redirects=0)
        html = reply.headers.get("content-type", "").startswith("text/html")
        return reply.text() if reply.status == 200 and html else None

    def wanted(match: ResolverMatch) -> bool:
        if walk.role:
            return match.namespace in walk.namespaces
        return addresses.who_may(match).startswith(ANYONE)

    return addresses.walk(fetch, wanted, addresses.without_parameters(), most=MOST)


def contact_sheet(target: Path) -> None:
    """index.html: every page in a row, its four looks beside one another."""
    files = sorted({path.name.rsplit(".", 3)[0] for path in target.glob("*.png")})
    rows = "\n".join(_row(file) for file in files)
    head = f'<!doctype html><meta charset="utf-8"><title>Shots</title><style>{_STYLE}</style>'
    (target / "index.html").write_text(f"{head}\n{rows}\n", encoding="utf-8")


def _row(file: str) -> str:
    pictures = "".join(
        f'<a href="{escape(file)}.{width}.{scheme}.png"><img loading="lazy" alt="{width} {scheme}" '
        f'src="{escape(file)}.{width}.{scheme}.png" width="{width // (1 if width < 400 else 3)}"></a>'
        for width, scheme in LOOKS
    )
    return f"<h2>{escape(file)}</h2><section>{pictures}</section>"


def main(address: str, target: Path, parts: list[str]) -> int:
    """Photograph the parts; 0 when there was something to photograph in each."""
    django.setup()
    target.mkdir(exist_ok=True)
    empty = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["RUNDBORD_CHROMIUM"], args=_CALM)
        for walk in [walk for part in parts for walk in walks(part)]:
            for old in target.glob(f"{walk.name}*.png"):
                old.unlink()
            if not photograph(browser, address, walk, target):
                empty.append(walk.name)
        browser.close()
    contact_sheet(target)
    return 1 if empty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))

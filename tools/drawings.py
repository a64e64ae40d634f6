"""Our own drawings as PNG, for those who take no SVG: the mark in two sizes, and the card of a shared link.

Run by hand when a drawing has changed: `.venv/bin/python -m tools.drawings`. The results are committed.
"""

import os
import re
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.base import ROOT

SHELL = ROOT / "src" / "rundbord" / "shell"
STATIC = SHELL / "static" / "shell"
PARTS = SHELL / "templates" / "shell" / "parts"
FONT = ROOT / "build" / "static" / "vendor" / "inter-latin.woff2"
PAPER = "#fcfaf6"
_CALM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_CARD = """
@font-face { font-family: Inter; src: url("FONT"); font-weight: 100 900 }
.card { display: grid; grid-template-columns: 1fr 540px; align-items: center; width: 1200px; height: 630px;
    box-sizing: border-box; padding-inline: 96px 64px }
.card b { display: block; margin-block-start: 28px; font: 650 92px Inter; letter-spacing: -.03em;
    color: var(--ds-color-accent-text-default) }
.card .rb-picture { inline-size: 520px }
.card .rb-mark { inline-size: 120px; block-size: 120px; color: var(--ds-color-accent-base-default) }
.rb-mark-free { stroke: var(--ds-color-brand1-border-default) }
"""


def part(name: str) -> str:
    """A drawing among the templates, without its comment."""
    return re.sub(r"{#.*?#}", "", (PARTS / name).read_text(encoding="utf-8"))


def sheet(name: str) -> str:
    """One of our style sheets."""
    return (STATIC / "css" / name).read_text(encoding="utf-8")


def draw(browser: Browser, html: str, size: tuple[int, int], target: Path) -> None:
    """Photographs a page of this size, in light colours."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    source = target.with_suffix(".tmp.html")
    source.write_text(f"<style>body{{margin:0;background:{PAPER}}}</style>{html}", encoding="utf-8")
    page.goto(source.as_uri(), wait_until="load")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=target)
    page.close()
    source.unlink()


def mark(size: int, margin: int) -> str:
    """The mark in the middle of a square."""
    svg = (STATIC / "mark.svg").read_text(encoding="utf-8")
    style = f"display:block;width:{size - 2 * margin}px;padding:{margin}px"
    return svg.replace("<svg ", f'<svg style="{style}" ', 1)


def card() -> str:
    """What stands beside a link to us in a message: the name and the table, nothing of what it is about."""
    style = sheet("colours.css") + sheet("pictures.css") + _CARD.replace("FONT", FONT.as_uri())
    words = f"<div>{part('mark.html')}<b>Rundbord</b></div>"
    return f'<style>{style}</style><div class="card">{words}{part("pictures/table.html")}</div>'


def main() -> None:
    """All three."""
    where = os.environ.get("RUNDBORD_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=_CALM)
        draw(browser, mark(32, 1), (32, 32), STATIC / "mark-32.png")
        draw(browser, mark(180, 24), (180, 180), STATIC / "mark-180.png")
        draw(browser, card(), (1200, 630), STATIC / "card.png")
        browser.close()


if __name__ == "__main__":
    main()

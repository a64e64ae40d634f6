"""Drawings: hidden from those who listen, coloured by the theme, small; and what a shared link shows."""

import gzip
import re
import struct
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

import rundbord.shell
from tests.shell.pages import Page

pytestmark = pytest.mark.urls("tests.shell.urls")

SHELL = Path(rundbord.shell.__file__).parent
STATIC = SHELL / "static" / "shell"
PICTURES = sorted((SHELL / "templates" / "shell" / "parts" / "pictures").glob("*.html"))
SHEET = (STATIC / "css" / "pictures.css").read_text(encoding="utf-8")
DRAWN = re.compile(r"\bds-[a-z]+(?:-[a-z]+)*\b")


def drawing(path):
    """A picture as it stands on a page."""
    return render_to_string(f"shell/parts/pictures/{path.name}")


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_hidden_from_screen_readers_and_can_stand_twice_on_a_page(path):
    page = Page(drawing(path))
    svg = page.one("svg")
    assert svg.attrs["aria-hidden"] == "true" and svg.attrs["focusable"] == "false"
    assert page.ids() == [] and page.unbalanced == []


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_has_its_colours_from_the_sheet_alone(path):
    html = drawing(path)
    assert not re.search(r"#[0-9a-f]{3,6}|\b(?:fill|stroke|style)=", html)
    shapes = [e for e in Page(html).elements if e.name in {"circle", "ellipse", "path"}]
    classes = {name for shape in shapes for name in shape.attrs["class"].split()}
    assert classes and [name for name in classes if f".{name}" not in SHEET] == []


def test_pictures_are_small():
    sizes = {path.stem: len(gzip.compress(drawing(path).encode())) for path in PICTURES}
    assert {name: size for name, size in sizes.items() if size > 1_500} == {}


def size_of(png):
    """Width and height of a PNG file."""
    return struct.unpack(">II", png.read_bytes()[16:24])


def test_icons_and_card_have_the_sizes_that_are_said():
    sizes = [size_of(STATIC / name) for name in ("mark-32.png", "mark-180.png", "card.png")]
    assert sizes == [(32, 32), (180, 180), (1200, 630)]
    assert (STATIC / "card.png").stat().st_size < 60_000


def test_a_shared_link_shows_neutral_words_and_a_whole_address(client, settings):
    settings.RUNDBORD_PUBLIC_URL = "https://example.org"
    page = Page(client.get("/en/gallery/public/").content.decode())
    said = {e.attrs["property"]: e.attrs["content"] for e in page.all("meta") if "property" in e.attrs}
    assert said["og:title"] == said["og:site_name"] == "Rundbord"
    assert said["og:description"] == "The good conversation round the table."
    assert said["og:image"] == "https://example.org/static/shell/card.png"


@pytest.mark.parametrize("path", ["/gallery/private/", "/gallery/office/", "/nowhere/"])
def test_a_page_that_is_nobody_elses_says_nothing_to_those_who_share_it(client, path):
    page = Page(client.get(path).content.decode())
    assert [e for e in page.all("meta") if "property" in e.attrs] == []


def test_the_browser_takes_the_colour_of_the_paper_in_both_lights(client):
    page = Page(client.get("/gallery/").content.decode())
    colours = [e.attrs["content"] for e in page.all("meta", name="theme-color")]
    text = (STATIC / "css" / "colours.css").read_text(encoding="utf-8")
    papers = re.findall(r"--ds-color-neutral-background-default: (#[0-9a-f]{6})", text)
    assert colours == papers[:2]


def test_every_class_of_designsystemet_that_we_name_is_among_what_is_served():
    named = {
        found
        for path in SHELL.parent.glob("**/*.html")
        for attribute in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for found in DRAWN.findall(attribute)
    }
    served = (settings.BUILD / "static" / "vendor" / "designsystemet.css").read_text(encoding="utf-8")
    assert {"ds-button", "ds-card", "ds-table"} <= named
    assert [name for name in named if not re.search(rf"\.{name}(?![\w-])", served)] == []

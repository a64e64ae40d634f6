"""The style sheets: readable colours, both reading directions, both lights, nothing from elsewhere, small."""

import gzip
import re
from pathlib import Path

import pytest

import rundbord.shell

STATIC = Path(rundbord.shell.__file__).parent / "static" / "shell"
SHEETS = sorted(STATIC.glob("css/*.css"))
COLOURS = (STATIC / "css" / "colours.css").read_text(encoding="utf-8")
NAMES = ["accent", "brand1", "neutral", "info", "success", "warning", "danger"]
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border)-(left|right|top|bottom)|left|right|top|bottom|width|height|(min|max)-(width|height))\s*:"
    r"|(text-align|float|clear)\s*:\s*(left|right)"
)


def rules(sheet):
    """A style sheet without its comments and the conditions of its media queries."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"@media[^{]*", "@media ", text)


def palette(dark):
    """Colours by name, in one of the two lights."""
    light_text, dark_text = COLOURS.split("@media (prefers-color-scheme: dark)")
    found = re.findall(r"--ds-color-([\w-]+): (#[0-9a-f]{6});", dark_text if dark else light_text)
    return dict(found)


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    """Contrast of two colours, 1 to 21 (WCAG 2.2)."""
    bright, dim = sorted((luminance(one), luminance(two)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_contrast_is_counted_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["text-default", "text-subtle"])
@pytest.mark.parametrize(
    "ground",
    ["background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover"],
)
def test_text_stands_out_seven_to_one(dark, name, text, ground):
    colours = palette(dark)
    assert contrast(colours[f"{name}-{text}"], colours[f"{name}-{ground}"]) >= 7


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", ["background-tinted", "surface-tinted"])
@pytest.mark.parametrize("name", NAMES)
def test_plain_text_stands_out_on_coloured_ground(dark, ground, name):
    colours = palette(dark)
    assert contrast(colours["neutral-text-default"], colours[f"{name}-{ground}"]) >= 7


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ground", ["base-default", "base-hover", "base-active"])
def test_words_on_buttons_stand_out_seven_to_one(dark, name, ground):
    colours = palette(dark)
    assert contrast(colours[f"{name}-base-contrast-default"], colours[f"{name}-{ground}"]) >= 7


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_edges_of_fields_and_buttons_can_be_seen(dark, name):
    colours = palette(dark)
    for edge in ("border-default", "border-strong"):
        assert contrast(colours[f"{name}-{edge}"], colours["neutral-background-default"]) >= 3
        assert contrast(colours[f"{name}-{edge}"], colours["neutral-surface-default"]) >= 3


def test_both_lights_name_the_same_colours():
    assert palette(False).keys() == palette(True).keys()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_only_logical_directions(sheet):
    assert [found[0] for found in PHYSICAL.findall(rules(sheet))] == []


def test_the_rule_about_directions_sees_what_it_should():
    assert PHYSICAL.search("margin-left: 1px") and PHYSICAL.search("a { left: 0 }")
    assert PHYSICAL.search("text-align: right") and not PHYSICAL.search("margin-inline-start: 1px")
    assert not PHYSICAL.search("border-block-end: 1px") and not PHYSICAL.search("max-inline-size: 1rem")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_fetched_from_elsewhere_or_from_data(sheet):
    for address in re.findall(r"url\(\"?([^)\"]+)", sheet.read_text(encoding="utf-8")):
        assert address.startswith("../")
        assert "vendor" in address or (sheet.parent / address).resolve().is_file()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_braces_are_balanced(sheet):
    text = rules(sheet)
    assert text.count("{") == text.count("}")


def test_still_pages_for_those_who_want_them():
    assert "prefers-reduced-motion: reduce" in (STATIC / "css" / "page.css").read_text(encoding="utf-8")


def test_the_script_stays_small():
    assert len((STATIC / "shell.js").read_bytes()) <= 5_000


def test_our_own_share_of_the_first_page_stays_small():
    ours = [*SHEETS, STATIC / "shell.js", STATIC / "mark.svg"]
    assert sum(len(gzip.compress(path.read_bytes())) for path in ours) <= 16_000

"""A file becomes a text, or says what is wrong with it."""

import pytest

from rundbord.content.rules import BadText, Heading, parsed

FRONT = "---\ntitle: A title\nlead: What it is about: this.\n---\n"


def html(body):
    return parsed("some/text", "en", FRONT + body).html


def test_the_beginning_and_the_headings():
    text = parsed("x", "en", FRONT + "## First\nWords.\n\n### Below\n\n## Second & last\n")
    assert (text.title, text.lead) == ("A title", "What it is about: this.")
    assert text.headings == (Heading("part-1", "First"), Heading("part-2", "Second & last"))
    assert '<h2 id="part-1">First</h2>' in text.html and "<h3>Below</h3>" in text.html
    assert text.checked_by is None and text.easy is None


def test_nobody_has_checked_it_yet_is_said():
    front = FRONT.replace("---\n", "---\nchecked_by:\n", 1)
    assert parsed("x", "so", front + "Words.").checked_by == ""


def test_pages_get_their_addresses():
    text = parsed("x", "en", FRONT + "[A wish](page:wish), [rules](page:ground_rules#part-2), [up](#part-1).")
    assert text.pages == ("wish", "ground_rules")
    body = text.body(lambda name: f"/en/{name}/?a&b")
    assert 'href="/en/wish/?a&amp;b"' in body and 'href="/en/ground_rules/?a&amp;b#part-2"' in body
    assert 'href="#part-1"' in body


def test_html_in_a_text_is_shown_and_not_obeyed():
    assert "&lt;b onclick" in html("Say <b onclick='x'>this</b>.")
    assert "<img" not in html("![a picture](https://example.org/x.png)")


@pytest.mark.parametrize(
    "to", ["http://example.org", "javascript:alert(1)", "/en/wish/", "page:Wish", "#grief", "other.md"]
)
def test_a_link_that_leads_astray_is_found(to):
    try:
        assert "href" not in html(f"[here]({to})")
    except BadText as bad:
        assert to in str(bad)


@pytest.mark.parametrize(
    "source",
    [
        "Only words.",
        "---\ntitle: A\n---\nNo lead.",
        "---\nlead: A\n---\nNo title.",
        FRONT.replace("lead", "colour: red\nlead") + "Something else is said.",
        FRONT + "# A second title\n",
    ],
)
def test_a_file_that_is_no_text_says_which_it_is(source):
    with pytest.raises(BadText, match="en/x"):
        parsed("x", "en", source)

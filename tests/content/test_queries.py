"""The texts on disk, asked for by name."""

import pytest

from rundbord.content import queries


def test_a_text_with_its_easy_variant():
    text = queries.text("what-it-is", "nb")
    assert text.language == "nb" and text.title and text.lead and text.headings
    assert text.easy and text.easy.html != text.html


def test_it_is_read_once():
    assert queries.text("what-it-is", "nn") is queries.text("what-it-is", "nn")


@pytest.mark.parametrize(
    "slug, language",
    [
        ("what-it-was", "nb"),
        ("what-it-is.easy", "nb"),
        ("../nn/what-it-is", "nb"),
        ("what-it-is", "xx"),
        ("what-it-is", ".."),
        ("", "nb"),
    ],
)
def test_what_is_not_there_is_refused_by_name(slug, language):
    with pytest.raises(queries.NoSuchText):
        queries.text(slug, language)

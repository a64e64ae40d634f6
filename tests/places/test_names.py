"""Names made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.places.rules import names


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Fredrikstad", "fredrikstad"),
        ("  FREDRIKSTAD ", "fredrikstad"),
        ("Kárášjohka", "karasjohka"),
        ("Unjárga - Nesseby", "unjarga nesseby"),
        ("Porsáŋgu", "porsangu"),
        ("Sør-Varanger", "sor varanger"),
        ("St. Hanshaugen", "st hanshaugen"),
        ("Mo\ti\nRana", "mo i rana"),
        ("", ""),
        ("\x00\x07 _-!?", ""),
    ],
)
def test_case_accents_and_punctuation_are_gone(typed: str, plain: str) -> None:
    assert names.normalise(typed) == plain


@pytest.mark.parametrize(
    ("with_letters", "without"),
    [("Ålesund", "Aalesund"), ("Tromsø", "Tromsoe"), ("Bærum", "Baerum"), ("Grünerløkka", "Grunerlokka")],
)
def test_keyboards_without_our_letters_find_the_same(with_letters: str, without: str) -> None:
    assert names.normalise(with_letters) == names.normalise(without)


def test_letters_as_one_sign_or_as_base_and_mark_are_the_same() -> None:
    assert names.normalise("A\u030alesund") == names.normalise("\u00c5lesund")


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = names.normalise(text)
    assert names.normalise(once) == once


@given(st.text())
def test_what_is_left_is_words_between_single_spaces(text: str) -> None:
    plain = names.normalise(text)
    assert plain == " ".join(plain.split())
    assert "\x00" not in plain
    assert "|" not in plain


@given(st.text(alphabet="abeoørstå ", min_size=1), st.integers(min_value=0))
def test_a_name_begins_with_what_its_beginning_normalises_to(name: str, cut: int) -> None:
    assert names.normalise(name).startswith(names.normalise(name[: cut % len(name)]))


def test_a_query_is_not_looked_at_beyond_its_longest() -> None:
    assert len(names.query("x" * 10_000)) == names.LONGEST_QUERY


def test_the_search_column_holds_each_name_once_between_bars() -> None:
    assert names.search_column("Tana", "Deatnu", "", "TANA") == "|tana|deatnu|"


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        ("MO I RANA", "Mo i Rana"),
        ("Å I LOFOTEN", "Å i Lofoten"),
        ("I RANA", "I Rana"),
        ("NY-HELLESUND", "Ny-Hellesund"),
        ("Sandvika", "Sandvika"),
        ("Bø i Vesterålen", "Bø i Vesterålen"),
        ("KÁRÁŠJOHKA", "Kárášjohka"),
    ],
)
def test_towns_are_written_as_among_people(shouted: str, written: str) -> None:
    assert names.town(shouted) == written


def test_the_alphabet_ends_with_ae_oe_aa() -> None:
    assert sorted(["Ås", "Ørsta", "Ærø", "Voss", "asker"], key=names.alphabetical) == [
        "asker",
        "Voss",
        "Ærø",
        "Ørsta",
        "Ås",
    ]

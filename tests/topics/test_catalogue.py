"""The words are stored as codes by other rooms: what is promised about them must hold."""

import itertools

import pytest
from django.utils import translation

from rundbord.topics import catalogue
from rundbord.topics.catalogue import LANGUAGES, AgeBand, Audience, Standpoint, Topic


def test_frames_are_the_twelve_topics_and_mixed_last() -> None:
    assert catalogue.frame_codes() == (
        "grief", "anxiety", "depression", "relatives", "loss_of_work", "eating_disorder", "addiction",
        "loneliness", "long_term_illness", "break_up", "burnout", "violence_abuse", "mixed",
    )  # fmt: skip


def test_every_frame_has_its_own_label() -> None:
    labels = [str(catalogue.frame_label(code)) for code in catalogue.frame_codes()]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("code", ["", "MIXED", "grief ", "unknown"])
def test_an_unknown_frame_has_no_label(code: str) -> None:
    with pytest.raises(ValueError):
        catalogue.frame_label(code)


def test_languages_have_distinct_codes_and_names_of_their_own() -> None:
    assert catalogue.language_codes() == (
        "no", "en", "uk", "pl", "ar", "so", "ti", "es", "se", "fi", "sv", "da", "de",
    )  # fmt: skip
    assert len({known.own_name for known in LANGUAGES}) == len(LANGUAGES)
    assert catalogue.DEFAULT_LANGUAGE in catalogue.language_codes()


def test_only_arabic_is_written_from_the_right() -> None:
    assert [known.code for known in LANGUAGES if known.right_to_left] == ["ar"]


def test_a_language_is_found_by_its_code_only() -> None:
    found = catalogue.language("se")
    assert found is not None
    assert found.own_name == "davvisámegiella"
    assert catalogue.language("nb") is None


def test_choices_are_codes_with_labels() -> None:
    with translation.override("en"):
        assert ("uk", "Ukrainian") in [(code, str(label)) for code, label in catalogue.language_choices()]


def test_the_representative_age_lies_in_its_band_and_rises() -> None:
    ages = [band.representative_age for band in AgeBand]
    assert ages == sorted(ages)
    for band, age in zip(AgeBand, ages, strict=True):
        low, _, high = band.value.rstrip("+").partition("-")
        assert int(low) <= age <= int(high or 120)


def test_bands_leave_no_age_out() -> None:
    edges = [band.value.rstrip("+").split("-") for band in AgeBand]
    for below, above in itertools.pairwise(edges):
        assert int(below[1]) + 1 == int(above[0])
    assert edges[0][0] == "18"


def test_codes_are_short_enough_to_store() -> None:
    codes = Topic.values + Standpoint.values + AgeBand.values + Audience.values
    assert max(map(len, [*codes, *catalogue.language_codes()])) <= 20
    assert Standpoint.values == ["self", "relative", "bereaved"]
    assert Audience.values == ["women", "young"]

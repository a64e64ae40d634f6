"""Every code the engine can say has a sentence, with nothing left unfilled."""

import pytest
from django.utils import translation

from rundbord.engine import rules as engine
from rundbord.engine.explain.reasons import TRIALS
from rundbord.kernel.ids import new_id
from rundbord.matching import wording
from rundbord.matching.check import Broken
from rundbord.matching.models import MatchRun

PLACE = {"slot": 9, "muni": "3330", "place": "Hol", "frame": "mixed", "lang": "pl", "metres": 10_000}
CHANGES = ["starter", "room", "another_slot", "further", "digital", "mixed", "language"]
REASONS = [*TRIALS, "too_few_people", "wish_incomplete", "not_examined"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_every_hard_rule_of_the_engine_has_a_sentence():
    across = {"blocked", "discretion", "once", "room-once", "starter-once", "starter-capacity"}
    rules = {*engine.PERSON_RULES, *engine.GROUP_RULES, *across}
    assert rules - {"join-single"} <= wording.known_rules()


def test_a_rule_nobody_knows_is_still_a_sentence():
    assert wording.broken(Broken("unheard-of")) == "Something here is no longer as it was."


@pytest.mark.parametrize("code", CHANGES)
def test_every_change_has_a_sentence_for_the_office_and_for_her(code):
    told = PLACE | {"code": code}
    for sentence in (wording.change(told), wording.missing("no_starter", told), wording.reason("x", told)):
        assert sentence and sentence.endswith(".") and "%" not in sentence


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_has_a_sentence_without_a_change(code):
    assert wording.reason(code, None).endswith(".")


def test_the_issue_in_her_own_words():
    assert wording.missing("no_starter", PLACE | {"code": "starter", "lang": "no"}) == (
        "We lack a starter on Tuesday at 18:00 in Hol."
    )


def test_what_the_starter_needs_is_said():
    told = PLACE | {"code": "starter", "audience": ["women"], "places": 7}
    ends = "The starter needs to speak Polish. The starter needs to be a woman."
    for sentence in (wording.missing("no_starter", told), wording.change(told), wording.lever(told)):
        assert sentence.endswith(ends)
    assert "needs" not in wording.change(told | {"code": "room"})


def test_a_journey_is_never_told_shorter_than_it_is():
    assert "4 km" in wording.change(PLACE | {"code": "further", "metres": 3_100})


def test_only_the_office_is_told_that_she_would_have_a_place_without_the_others():
    told = PLACE | {"code": "separately", "people": 2}
    assert wording.change(told) == "Would get a place alone, without the others."
    assert wording.missing("together_with_others", told) is None


def test_a_digital_group_has_no_place():
    told = PLACE | {"code": "starter", "muni": None, "place": None, "lang": "no"}
    assert wording.missing("no_starter", told) == "We lack a starter for digital groups on Tuesday at 18:00."
    assert wording.change(told) == (
        "One more starter for digital groups on Tuesday at 18:00 would give a place."
    )


@pytest.mark.parametrize("code", ["could_be_placed", "not_examined", "dismissed", "taken_out", "changed"])
def test_what_the_office_did_is_not_told_to_her(code):
    assert wording.missing(code, None) is None


def test_nothing_stands_in_the_way_is_not_told_as_a_change():
    told = {"code": "nothing", "slot": 9, "new_group": True}
    assert wording.missing("could_be_placed", told) is None
    assert wording.change(told) is None
    assert wording.reason("could_be_placed", told) == "There may be a place. Look for groups again."


@pytest.mark.parametrize(("count", "people"), [(1, "1 person."), (9, "9 people.")])
@pytest.mark.parametrize("code", ["starter", "room"])
def test_levers(code, count, people):
    told = wording.lever(PLACE | {"code": code, "places": count, "people": count, "lang": "no"})
    assert told == f"One more {code} on Tuesday at 18:00 in Hol would place {people}"


def test_a_lever_for_digital_groups():
    told = wording.lever({"code": "starter", "slot": 9, "muni": None, "places": 7, "people": 8})
    assert told == "One more starter for digital groups on Tuesday at 18:00 would place 7 people."


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (0, "Nobody more could be placed today."),
        (1, "At most 1 more person could be placed today."),
        (2, "At most 2 more people could be placed today."),
    ],
)
def test_what_the_bound_says(more, sentence):
    assert wording.at_most_more(MatchRun(at_most_more=more)) == sentence


def test_how_a_place_fits():
    told = {"frame_rank": 1, "distance_m": 7_100, "max_m": 20_000, "wait_weeks": 1}
    assert wording.fit(told) == ["Second choice", "8 of at most 20 km", "Has waited 1 week"]
    assert wording.fit({"frame_rank": None, "distance_m": None, "max_m": 0, "wait_weeks": 0}) == [
        "Has waited 0 weeks"
    ]


@pytest.mark.parametrize(
    "view",
    [
        {"code": "small", "people": 5},
        {"code": "age-span", "years": 22, "wished": 15},
        {"code": "only-one", "of": "gender", "id": str(new_id())},
        {"code": "only-one", "of": "age", "id": str(new_id())},
        {"code": "only-one", "of": "choice", "id": str(new_id())},
        {"code": "read-note", "id": str(new_id())},
        {"code": "shared-slots", "slots": 3},
        {"code": "farthest", "metres": 12_400},
    ],
)
def test_every_view_has_a_sentence(view):
    sentence = wording.view(view)
    assert sentence.endswith(".") and "%" not in sentence


@pytest.mark.parametrize("code", ["starts_smaller", "reserve_fills", "falls_below_min"])
def test_if_somebody_says_no(code):
    assert wording.if_left(code).startswith("If this person says no")
    assert wording.if_left(None) is None

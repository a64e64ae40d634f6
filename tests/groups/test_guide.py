"""The guide for startup meetings: complete for any number of them, in words and not in duties."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.groups.rules import guide, place_in_course, step_codes
from rundbord.groups.rules.guide.stages import BEGIN, LEAVE, STAGES, STEP_BACK

totals = st.integers(1, 10)


def codes(number: int, total: int) -> list[str]:
    return [step.code for step in guide(number, total).steps]


def test_five_meetings_as_the_practice_has_them() -> None:
    titles = [str(guide(number, 5).title) for number in range(1, 6)]
    assert titles[:3] == ["We begin", "Our ground rules", "The good conversation"]
    assert titles[3:] == ["You step back", "You hand over"]
    assert codes(1, 5)[:4] == ["welcome", "what_this_is", "pledge", "why_i_came"]
    assert "ground_rules" in codes(2, 5)
    assert "sit_back" in codes(4, 5) and "next_is_last" in codes(4, 5)
    assert {"practical", "rota", "return_visit", "goodbye_round"} <= set(codes(5, 5))


@given(total=totals)
def test_whatever_the_number_nothing_that_cannot_wait_is_lost(total: int) -> None:
    shown = {code for number in range(1, total + 1) for code in codes(number, total)}
    needed = {step.code for stage in (BEGIN, LEAVE) for step in stage.steps if step.core}
    assert needed <= shown
    if total > 1:
        assert {step.code for step in STEP_BACK.steps if step.core} <= shown
    assert "pledge" in codes(1, total)
    assert "return_visit" in codes(total, total)


@given(total=totals, data=st.data())
def test_every_meeting_begins_and_ends_and_can_be_ticked(total: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, total))
    found = codes(number, total)
    assert len(found) == len(set(found)) and 3 <= len(found) <= 20
    assert found[-1] == "closing_round"
    assert (found[0] == "opening_round") == (number > 1)
    assert step_codes(number, total) == set(found)


@pytest.mark.parametrize(("number", "total"), [(0, 5), (6, 5), (1, 0), (-1, 3)])
def test_there_is_no_guide_outside_the_course(number: int, total: int) -> None:
    with pytest.raises(ValueError, match="meeting"):
        guide(number, total)


def test_texts_are_plain_and_short() -> None:
    for stage in STAGES:
        for step in stage.steps:
            sentences = str(step.text).replace("?", ".").replace("!", ".").split(".")
            assert all(len(sentence.split()) <= 30 for sentence in sentences), step.code
            assert 5 <= len(str(step.text).split()) <= 60, step.code
            assert "leader" not in str(step.title).lower()


@dataclass
class Planned:
    id: int
    kind: str = "startup"
    state: str = "planned"


def test_a_meeting_that_fell_away_gives_its_place_to_the_next() -> None:
    course = [
        Planned(1, state="held"),
        Planned(2, state="not_held"),
        Planned(3),
        Planned(4, state="cancelled"),
    ]
    course += [Planned(5), Planned(6, kind="ordinary"), Planned(7)]
    places = [place_in_course(each, course) for each in course]  # type: ignore[type-var]
    assert places == [1, 2, 2, 3, 3, 4, 4]

"""Which step may follow which, and the one word the public gets."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.groups.rules import (
    GroupState,
    Newcomers,
    OfferState,
    Openness,
    RequestState,
    can_answer,
    may_become,
    openness,
    still_takes_people,
)
from rundbord.groups.rules.states import NEXT_STATES
from rundbord.groups.rules.story import OF_A_GROUP, OF_A_PERSON, TOLD_AFTER_HAND_OVER, told, why
from tests.factories.groups import NOW


@dataclass
class Known:
    state: str
    newcomers: str


ARC = ["forming", "starting", "self_led", "paused", "self_led", "ended"]


def test_the_arc_is_walked_step_by_step() -> None:
    assert all(may_become(a, b) for a, b in pairwise(ARC))


@given(state=st.sampled_from(GroupState), wanted=st.sampled_from(GroupState))
def test_nothing_else_is_possible(state: str, wanted: str) -> None:
    assert may_become(state, wanted) == (wanted in NEXT_STATES[state])
    assert not may_become("ended", wanted)
    assert not may_become(state, "forming")
    assert not may_become(state, state)


@given(state=st.sampled_from(GroupState), newcomers=st.sampled_from(Newcomers))
def test_only_a_self_led_group_decides_on_its_word(state: str, newcomers: str) -> None:
    word = openness(Known(state, newcomers))
    if state == GroupState.SELF_LED:
        assert word == newcomers
    else:
        assert word == (Openness.FORMING if state == GroupState.FORMING else Openness.CLOSED)


@pytest.mark.parametrize("state", [*OfferState, *RequestState])
def test_only_what_is_open_can_be_answered_and_only_in_time(state: str) -> None:
    soon = NOW + timedelta(seconds=1)
    assert can_answer(state, soon, NOW) == (state in ("open", "asked"))
    assert not can_answer(state, NOW, NOW)


def test_nobody_is_offered_a_seat_who_could_answer_after_the_first_meeting() -> None:
    first = NOW + timedelta(days=3)
    assert still_takes_people("forming", None, NOW)
    assert still_takes_people("starting", first, first - timedelta(seconds=1))
    assert not still_takes_people("starting", first, first)
    assert not still_takes_people("starting", None, NOW)
    for state in ("self_led", "paused", "ended"):
        assert not still_takes_people(state, first, NOW)


def test_every_line_is_told_and_unknown_ones_are_not() -> None:
    for verb in [*OF_A_PERSON, *OF_A_GROUP]:
        assert told(verb).endswith(".")
    assert told("wish-placed") == ""
    assert set(OF_A_GROUP) > TOLD_AFTER_HAND_OVER
    assert why("offer-declined", {"reason": "time"}) == "The time does not suit me"
    assert why("group-ended", {"reason": "finished"}) == "We were done"
    assert why("group-ended", {}) == ""

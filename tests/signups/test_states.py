"""No sequence of verbs leads to a state that cannot be, and every state keeps what it promises."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.kernel import tenancy
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from rundbord.signups import actions, queries
from rundbord.signups.models import IntroTalk, SignUp
from rundbord.signups.rules import (
    CLOSED,
    LIVE,
    TRANSITIONS,
    WITHOUT_FOCUS,
    BadPause,
    NotPossible,
    SignUpState,
    TalkState,
    back_to,
    broken,
    bucket,
    can,
    check,
    check_pause,
    weeks_waited,
)
from tests.factories.signups import SignUpFactory, wish_fields

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERSELF = Actor("person")

Verb = Callable[[SignUp, datetime], Any]
# How the outside world says each verb of the table.
VERBS: dict[str, Verb] = {
    "confirm": lambda row, now: actions.confirm_wish(signup=row, by=HERSELF, now=now),
    "settle_talk": lambda row, now: actions.settle_talk(signup=row, held=True, by=HERSELF, now=now),
    "ask_for_talk": lambda row, now: actions.ask_for_talk(signup=row, by=HERSELF, now=now),
    "still_waiting": lambda row, now: actions.still_waiting(signup=row, by=HERSELF, now=now),
    "offer": lambda row, now: actions.mark_offered(row, now),
    "place": lambda row, now: actions.mark_placed(row, now),
    "return": lambda row, now: actions.mark_waiting(row, 9, now),
    "finish": lambda row, now: actions.mark_finished(row, now),
    "pause": lambda row, now: actions.pause(
        signup=row, until=now.date() + timedelta(days=30), by=HERSELF, now=now
    ),
    "resume": lambda row, now: actions.resume(signup=row, by=SYSTEM, now=now),
    "answer": lambda row, now: actions.say_answered(signup=row, by=HERSELF, now=now),
    "withdraw": lambda row, now: actions.withdraw(signup=row, by=HERSELF, now=now),
    "send_on": lambda row, now: actions.send_on(signup=row, by=HERSELF, now=now),
    "lapse": lambda row, now: actions.lapse(signup=row, now=now),
    "change": lambda row, now: actions.change_wish(
        signup=row, fields=wish_fields(note="Ny", focus=["grief"]), by=HERSELF, now=now
    ),
}


def test_every_verb_of_the_table_is_tried() -> None:
    assert set(VERBS) == set(TRANSITIONS)


def test_every_state_is_reached_and_every_open_one_can_be_left() -> None:
    reached = {state for _from, to in TRANSITIONS.values() for state in to}
    assert reached == set(SignUpState)
    for state in SignUpState:
        ways_out = {to for verb, (begin, ends) in TRANSITIONS.items() if state in begin for to in ends} - {
            state
        }
        assert bool(ways_out & CLOSED or state == SignUpState.UNCONFIRMED) == (state not in CLOSED)


def test_nobody_without_a_seat_is_kept_from_leaving() -> None:
    assert {state for state in SignUpState if can("withdraw", state)} == set(SignUpState) - CLOSED - {
        "placed"
    }


def test_the_kinds_of_state_do_not_overlap() -> None:
    assert not LIVE & CLOSED
    assert LIVE | CLOSED | {SignUpState.UNCONFIRMED} == set(SignUpState)
    assert set(WITHOUT_FOCUS) == CLOSED | {SignUpState.PLACED}


@given(st.sampled_from(sorted(TRANSITIONS)), st.sampled_from(list(SignUpState)))
def test_check_refuses_exactly_what_cannot_be(verb: str, state: SignUpState) -> None:
    if can(verb, state):
        check(verb, state)
    else:
        with pytest.raises(NotPossible):
            check(verb, state)


def _try(signup: SignUp, verb: str, now: datetime) -> bool:
    try:
        VERBS[verb](signup, now)
    except Refused:
        return False
    return True


def _possible(verb: str, before: str, offered: str, told: str | None) -> bool:
    """The table of states, and what it cannot know: whether talks are offered, and whether one is open."""
    if verb == "ask_for_talk" and offered != "offered":
        return False
    if verb == "settle_talk" and before == SignUpState.WAITING:
        return told in (TalkState.WANTED, TalkState.ASKED)
    return can(verb, before)


def _as_stored(signup: SignUp) -> SignUp | None:
    with tenancy.scope(signup.organisation_id):
        return SignUp.objects.filter(id=signup.id).first()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    verbs=st.lists(st.sampled_from(sorted(VERBS)), min_size=1, max_size=14),
    talk=st.sampled_from(["none", "offered", "required"]),
    known=st.booleans(),
)
def test_no_sequence_of_verbs_breaks_a_wish(
    organisation: Organisation, verbs: list[str], talk: str, known: bool
) -> None:
    change_setting(organisation=organisation, key="talk", value=talk, by=SYSTEM, now=START)
    first = SignUpState.WAITING if known else SignUpState.UNCONFIRMED
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(organisation=organisation, state=first, note="Hei", not_with="Ola", gender="f")
    for hour, verb in enumerate(verbs):
        before, told = signup.state, queries.talk_of(signup)
        done = _try(signup, verb, START + timedelta(hours=hour))
        stored = _as_stored(signup)
        if before == SignUpState.UNCONFIRMED and verb == "withdraw":
            assert stored is None and signup.state == SignUpState.WITHDRAWN
            return
        assert stored is not None and stored.state == signup.state
        assert broken(stored) == [] and broken(signup) == []
        if before in CLOSED and verb in ("return", "finish"):
            assert stored.state == before
        else:
            assert done == _possible(verb, before, talk, told)
            assert stored.state in TRANSITIONS[verb][1] if done else stored.state == before


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(WITHOUT_FOCUS))
def test_words_in_a_state_without_words_are_found_out(organisation: Organisation, state: str) -> None:
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(organisation=organisation, state=state)
        assert broken(signup) == []
        signup.focus, signup.note, signup.not_with = ["grief"], "Hei", "Ola"
    assert broken(signup) == ["focus", "note", "not_with"]


@pytest.mark.django_db
def test_a_wish_that_is_over_for_somebody_else_is_refused(organisation: Organisation) -> None:
    """Two windows: the state is read anew under lock, whatever the page still shows."""
    with tenancy.scope(organisation.id):
        here = SignUpFactory(organisation=organisation)
        there = SignUp.objects.get(id=here.id)
    actions.withdraw(signup=here, by=HERSELF, now=START)
    assert there.state == "waiting"
    with pytest.raises(NotPossible):
        actions.mark_offered(there, START)
    actions.erase_wish(signup=here, now=START)
    with pytest.raises(actions.WishGone):
        actions.pause(signup=there, until=None, by=HERSELF, now=START)


@pytest.mark.django_db
def test_a_pause_ends_where_it_began(organisation: Organisation) -> None:
    with tenancy.scope(organisation.id):
        talk = SignUpFactory(organisation=organisation, state="talk")
        waits = SignUpFactory(organisation=organisation)
    for signup, state in ((talk, "talk"), (waits, "waiting")):
        since = signup.waiting_since
        actions.pause(signup=signup, until=None, by=HERSELF, now=START)
        actions.resume(signup=signup, by=HERSELF, now=START + timedelta(days=9))
        assert (signup.state, signup.waiting_since, signup.asked_at) == (state, since, None)
    assert queries.talk_of(waits) is None
    with tenancy.scope(organisation.id):
        assert IntroTalk.objects.count() == 1


@pytest.mark.parametrize(
    ("talk", "state"), [(None, "waiting"), ("wanted", "talk"), ("held", "waiting"), ("asked", "waiting")]
)
def test_where_a_pause_ends(talk: str | None, state: str) -> None:
    assert back_to(talk) == state


@pytest.mark.parametrize("days", [-1, 0, 366, 10_000])
def test_a_pause_ends_within_a_year(days: int) -> None:
    with pytest.raises(BadPause):
        check_pause(START.date() + timedelta(days=days), START)


@pytest.mark.parametrize("until", [None, date(2026, 3, 3), date(2027, 3, 2)])
def test_a_pause_of_any_length_within_a_year(until: date | None) -> None:
    check_pause(until, START)


@given(st.integers(0, 2000))
def test_waiting_time_is_counted_in_wide_steps(days: int) -> None:
    weeks = weeks_waited(START, START + timedelta(days=days))
    low, _dash, high = bucket(weeks).partition("-")
    assert weeks == days // 7
    assert int(low.rstrip("+")) <= weeks <= int(high or 10_000)


def test_a_clock_that_is_behind_counts_nothing() -> None:
    assert weeks_waited(START, START - timedelta(days=30)) == 0

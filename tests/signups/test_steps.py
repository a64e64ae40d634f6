"""Every step of a wish: its line in the story, its counter, its letter, and what refuses it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.models import Counter
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.models import Organisation
from rundbord.signups import actions, queries, tasks
from rundbord.signups.actions.change import ask_still_waiting
from rundbord.signups.models import SignUp
from rundbord.signups.rules import STORY, TRANSITIONS, SignUpState, broken
from tests.factories.signups import SignUpFactory, wish_fields
from tests.signups.post import kinds

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STAFF = Actor("staff")
HERSELF = Actor("person")


@dataclass(frozen=True)
class Step:
    """A verb, said from a state, and everything that should come of it."""

    name: str
    begins: str
    says: Callable[[SignUp], Any]
    ends: str
    story: str
    counter: tuple[str, str] | None = None
    letters: tuple[str, ...] = ()


STEPS = [
    Step(
        "she confirms",
        "unconfirmed",
        lambda row: actions.confirm_wish(signup=row, by=HERSELF, now=NOW),
        "waiting",
        "wish-confirmed",
        ("wish-confirmed", "email"),
        ("welcome",),
    ),
    Step(
        "confirmed on the phone",
        "unconfirmed",
        lambda row: actions.confirm_by_phone(signup=row, by=STAFF, now=NOW),
        "waiting",
        "wish-confirmed-by-phone",
        ("wish-confirmed", "email"),
        ("welcome",),
    ),
    Step(
        "the talk was held",
        "talk",
        lambda row: actions.settle_talk(signup=row, held=True, by=STAFF, now=NOW),
        "waiting",
        "talk-held",
        ("talk-held", ""),
    ),
    Step(
        "the talk was left out",
        "talk",
        lambda row: actions.settle_talk(signup=row, held=False, by=STAFF, now=NOW),
        "waiting",
        "talk-skipped",
        ("talk-skipped", ""),
    ),
    Step(
        "she still waits",
        "waiting",
        lambda row: actions.still_waiting(signup=row, by=HERSELF, now=NOW),
        "waiting",
        "still-waiting",
        ("still-waiting", ""),
    ),
    Step(
        "she is asked",
        "waiting",
        lambda row: ask_still_waiting(signup=row, days=30, now=NOW),
        "waiting",
        "still-asked",
        ("still-asked", ""),
        ("still_waiting",),
    ),
    Step(
        "she pauses",
        "waiting",
        lambda row: actions.pause(signup=row, until=date(2026, 5, 1), by=HERSELF, now=NOW),
        "paused",
        "wish-paused",
        ("wish-paused", ""),
    ),
    Step(
        "she pauses before the talk",
        "talk",
        lambda row: actions.pause(signup=row, until=None, by=HERSELF, now=NOW),
        "paused",
        "wish-paused",
        ("wish-paused", ""),
    ),
    Step(
        "she comes back",
        "paused",
        lambda row: actions.resume(signup=row, by=HERSELF, now=NOW),
        "waiting",
        "wish-resumed",
        ("wish-resumed", ""),
    ),
    Step(
        "the pause runs out",
        "paused",
        lambda row: actions.resume(signup=row, by=SYSTEM, now=NOW),
        "waiting",
        "wish-resumed",
        ("wish-resumed", ""),
        ("pause_over",),
    ),
    Step(
        "an offer",
        "waiting",
        lambda row: actions.mark_offered(row, NOW),
        "offered",
        "wish-offered",
        ("wish-offered", ""),
    ),
    Step(
        "a yes",
        "offered",
        lambda row: actions.mark_placed(row, NOW),
        "placed",
        "wish-placed",
        ("wish-placed", "4-7"),
    ),
    Step(
        "a no",
        "offered",
        lambda row: actions.mark_waiting(row, 4, NOW),
        "waiting",
        "wish-waiting",
        ("wish-waiting-again", ""),
    ),
    Step(
        "given up before it began",
        "placed",
        lambda row: actions.mark_waiting(row, None, NOW),
        "waiting",
        "wish-waiting",
        ("wish-waiting-again", ""),
    ),
    Step(
        "the end",
        "placed",
        lambda row: actions.mark_finished(row, NOW),
        "finished",
        "wish-finished",
        ("wish-finished", ""),
    ),
    Step(
        "she leaves while waiting",
        "waiting",
        lambda row: actions.withdraw(signup=row, by=HERSELF, now=NOW),
        "withdrawn",
        "wish-withdrawn",
        ("wish-withdrawn", "4-7"),
        ("withdrawn",),
    ),
    Step(
        "she leaves with an offer",
        "offered",
        lambda row: actions.withdraw(signup=row, by=HERSELF, now=NOW),
        "withdrawn",
        "wish-withdrawn",
        ("wish-withdrawn", "4-7"),
        ("withdrawn",),
    ),
    Step(
        "she leaves while paused",
        "paused",
        lambda row: actions.withdraw(signup=row, by=HERSELF, now=NOW),
        "withdrawn",
        "wish-withdrawn",
        ("wish-withdrawn", "4-7"),
        ("withdrawn",),
    ),
    Step(
        "sent on",
        "talk",
        lambda row: actions.send_on(signup=row, by=STAFF, now=NOW),
        "sent_on",
        "wish-sent-on",
        ("wish-sent-on", "4-7"),
        ("withdrawn",),
    ),
    Step(
        "no answer",
        "waiting",
        lambda row: actions.lapse(signup=row, now=NOW),
        "lapsed",
        "wish-lapsed",
        ("wish-lapsed", "4-7"),
        ("lapsed",),
    ),
    Step(
        "she changes her wish",
        "offered",
        lambda row: actions.change_wish(
            signup=row, fields=wish_fields(contact="p@example.org"), by=HERSELF, now=NOW
        ),
        "offered",
        "wish-changed",
    ),
    Step(
        "her note is old",
        "waiting",
        lambda row: actions.erase_words(signup=row, now=NOW),
        "waiting",
        "text-erased",
    ),
]


def wish(organisation: Organisation, state: str, **facts: Any) -> SignUp:
    with tenancy.scope(organisation.id):
        return SignUpFactory(organisation=organisation, state=state, contact="p@example.org", **facts)


def counters(organisation: Organisation) -> dict[tuple[str, str], int]:
    with tenancy.scope(organisation.id):
        return {(row.counter, row.detail): row.value for row in Counter.objects.all()}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step(organisation: Organisation, twin: Organisation, step: Step) -> None:
    signup, other = wish(organisation, step.begins), wish(twin, step.begins)
    step.says(signup)
    row, left = queries.get(organisation.id, signup.id), queries.get(twin.id, other.id)
    assert row is not None and left is not None
    assert (row.state, left.state) == (step.ends, step.begins)
    assert broken(row) == []
    with tenancy.scope(organisation.id):
        assert [entry.verb for entry in timeline.history(signup.id)] == [step.story]
    assert counters(organisation) == ({step.counter: 1} if step.counter else {})
    assert counters(twin) == {}
    assert kinds() == sorted(step.letters)
    assert step.story in STORY


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_whoever_wants_to_be_rung_gets_no_letter_at_any_step(organisation: Organisation, step: Step) -> None:
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(
            organisation=organisation,
            state=step.begins,
            contact_kind="ring_me",
            contact="+4791234567",
        )
    if step.name != "she changes her wish":
        step.says(signup)
    assert kinds() == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("state", ["withdrawn", "sent_on", "lapsed", "finished"])
def test_nothing_moves_what_is_closed(organisation: Organisation, step: Step, state: str) -> None:
    signup = wish(organisation, state)
    if step.story in ("wish-waiting", "wish-finished", "text-erased"):
        step.says(signup)
    else:
        with pytest.raises(Refused) as refused:
            step.says(signup)
        assert refused.value.say().endswith(".")
    row = queries.get(organisation.id, signup.id)
    assert row is not None and row.state == state and broken(row) == []
    assert counters(organisation) == {} and kinds() == []


_WEEK = st.tuples(st.integers(1, 40), st.sampled_from([*STEPS, None]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=st.sampled_from(list(SignUpState)), life=st.lists(_WEEK, max_size=12))
def test_whatever_people_and_clocks_do(
    organisation: Organisation, begin: SignUpState, life: list[tuple[int, Step | None]]
) -> None:
    """Days pass, the worker ticks, people act: promises hold, and what is closed is gone in time."""
    signup = (
        wish(organisation, begin, note="Hei", note_at=NOW) if _has_words(begin) else wish(organisation, begin)
    )
    today, closed_on = NOW, None
    for days, step in life:
        today += timedelta(days=days)
        tasks.tick(today)
        row = queries.get(organisation.id, signup.id)
        if row is None:
            return
        assert broken(row) == []
        assert row.note_at is None or row.note_at > today - timedelta(days=30)
        closed_on = row.state_since if row.state in ("withdrawn", "sent_on", "lapsed") else None
        assert closed_on is None or closed_on > today - timedelta(days=14)
        _maybe(step, row)


def _has_words(state: SignUpState) -> bool:
    return any(state in begins for verb, (begins, _ends) in TRANSITIONS.items() if verb == "pause")


def _maybe(step: Step | None, row: SignUp) -> None:
    """Somebody tries; a refusal is an answer like any other."""
    try:
        if step is not None:
            step.says(row)
    except Refused as refused:
        assert refused.say()

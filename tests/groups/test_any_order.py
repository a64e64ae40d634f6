"""Whatever is done in whatever order: done or refused by name, and afterwards everything fits together."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.groups import actions, personal_data
from rundbord.groups.models import Group, MeetingState, Offer, Participation, Seat
from rundbord.groups.rules.states import NEXT_STATES
from rundbord.groups.tasks import tick
from rundbord.kernel import tenancy
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.signups.actions import erase_wish
from rundbord.signups.models import SignUp
from tests.factories import groups as make

BY, PERSON = make.STAFF, Actor("person", make.STAFF.id)
Deed = Callable[[Group, int, datetime], Any]


def one_of(rows: list[Any], number: int) -> Any:
    """One of the rows; nothing to do is a refusal too."""
    if not rows:
        raise Refused
    return rows[number % len(rows)]


def offer(group: Group, n: int) -> Offer:
    return one_of(make.offers(group), n)


def one(group: Group, n: int) -> Participation:
    return one_of(make.people(group), n)


def meeting(group: Group, n: int) -> Any:
    return one_of(make.meetings(group), n)


def erased(person: Participation, now: datetime) -> None:
    """Out of this room, and then out of the one below."""
    personal_data.erase(person.signup_id, now)
    erase_wish(signup=person.signup, now=now)


DEEDS: dict[str, Deed] = {
    "yes": lambda g, n, now: actions.accept_offer(offer=offer(g, n), by=PERSON, now=now),
    "no": lambda g, n, now: actions.decline_offer(
        offer=offer(g, n), reason="time", by=PERSON, now=now, leave=n % 2 == 0
    ),
    "taken back": lambda g, n, now: actions.withdraw_offer(offer=offer(g, n), by=BY, now=now),
    "starter": lambda g, n, now: make.starter_answers(g, yes=n % 4 > 0, now=now),
    "by itself": lambda g, n, now: actions.start_by_itself(group=g, by=BY, now=now),
    "start": lambda g, n, now: actions.start_with(group=g, by=BY, now=now),
    "held": lambda g, n, now: actions.mark_held(meeting=meeting(g, n), by=BY, now=now),
    "not held": lambda g, n, now: actions.mark_not_held(meeting=meeting(g, n), by=BY, now=now),
    "called off": lambda g, n, now: actions.cancel_meeting(meeting=meeting(g, n), by=BY, now=now),
    "link": lambda g, n, now: actions.set_meeting_link(
        group=g, link=f"https://meet.example.org/{n}", by=PERSON if n % 2 else BY, now=now
    ),
    "hand over": lambda g, n, now: actions.hand_over(group=g, by=BY, now=now),
    "pause": lambda g, n, now: actions.pause_group(group=g, by=PERSON, now=now),
    "resume": lambda g, n, now: actions.resume_group(group=g, by=PERSON, now=now),
    "leave": lambda g, n, now: actions.leave_group(
        participation=one(g, n), by=PERSON, now=now, wait_again=n % 2 == 0
    ),
    "erased": lambda g, n, now: erased(one(g, n), now),
    "give up": lambda g, n, now: actions.give_up_group(group=g, by=BY, now=now),
    "end": lambda g, n, now: actions.end_group(group=g, reason="other", by=PERSON, now=now),
    "the clock": lambda g, n, now: tick(now),
}
BEGINNINGS: dict[str, Callable[[Organisation], Group]] = {
    "being formed": lambda organisation: make.formed(organisation, reserves=2, digital=True),
    "started": lambda organisation: make.started(organisation, digital=True),
    "self-led": lambda organisation: make.self_led(organisation, people=5, digital=True),
}
RARE = {"give up", "end", "erased", "taken back"}
WEIGHED = [name for name in DEEDS for _ in range(1 if name in RARE else 4 if name == "yes" else 2)]


def wrong(group: Group, now: datetime) -> list[str]:
    """What does not fit together; empty when all is as it should be."""
    seats = set(Seat.objects.filter(group=group).values_list("signup", flat=True))
    asked = set(Offer.objects.filter(group=group, state="open").values_list("signup", flat=True))
    there = set(Participation.objects.filter(group=group, left_at=None).values_list("signup", flat=True))
    states = dict(SignUp.objects.values_list("id", "state"))
    ahead = group.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=now)
    over = group.state == "ended"
    said = {
        "seats are of those asked and those there": seats == asked | there,
        "nobody is asked and there": not asked & there,
        "those asked know it": all(states[who] == "offered" for who in asked),
        "those there know it": {who for who in states if states[who] == "placed"} == there,
        "nobody else has an offer": {who for who in states if states[who] == "offered"} == asked,
        "never one too many": len(seats) <= group.ceiling,
        "what is over holds nothing": not over or not (seats or ahead.exists()),
        "self-led is never empty": group.state not in ("self_led", "paused") or bool(there),
    }
    return [name for name, holds in said.items() if not holds]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begin=st.sampled_from(sorted(BEGINNINGS)),
    deeds=st.lists(
        st.tuples(st.sampled_from(WEIGHED), st.integers(0, 9), st.integers(0, 4)), min_size=6, max_size=14
    ),
)
def test_done_or_refused_and_then_everything_fits(
    organisation: Organisation, begin: str, deeds: list[tuple[str, int, int]]
) -> None:
    with tenancy.scope(organisation.id):
        Group.objects.all().delete()
        SignUp.objects.all().delete()
        group = BEGINNINGS[begin](organisation)
        now = max([make.NOW, *(each.ends_at for each in make.meetings(group, state="held"))])
        for name, number, days in deeds:
            before, now = make.fresh(group).state, now + timedelta(days=days)
            with suppress(Refused):
                DEEDS[name](group, number, now)
            after = make.fresh(group)
            assert after.state == before or after.state in NEXT_STATES[before], (name, before, after.state)
            assert wrong(after, now) == [], (name, wrong(after, now))

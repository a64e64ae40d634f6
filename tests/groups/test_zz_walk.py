"""A random walk through the room's verbs: whatever people do in whatever order, the table stays right."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from rundbord.groups import actions, queries
from rundbord.groups.models import (
    Absence,
    Group,
    Meeting,
    Offer,
    Participation,
    Seat,
    StarterRequest,
)
from rundbord.groups.rules import LIVE, EndReason, Newcomers, is_day_off
from rundbord.groups.tasks import tick
from rundbord.kernel import clock, tenancy
from rundbord.kernel.models import Counter, OutgoingMessage, TimelineEntry
from rundbord.kernel.refusals import Refused
from rundbord.organisations.models import Organisation
from rundbord.signups.models import SignUp
from tests.factories import groups as make

BY = make.STAFF
# contact_index: the invented people are numbered there.
ORDERS: dict[type, tuple[str, ...]] = {
    SignUp: ("contact_index",),
    Group: ("created_at", "state"),
    Offer: ("sent_at", "signup__contact_index"),
    Participation: ("joined_at", "signup__contact_index"),
    Meeting: ("starts_at", "number"),
    StarterRequest: ("starter__email_index",),
}


class Walk:
    """One organisation's life, step by step; time only goes forward."""

    def __init__(self, organisation: Organisation, seed: int) -> None:
        self.organisation = organisation
        self.chance = random.Random(seed)
        self.now: datetime = make.NOW
        make.signups(organisation, 12)
        self.form()

    def one_of(self, rows: Any) -> Any:
        """Any of the rows, in an order that a seed repeats."""
        found = list(rows.order_by(*ORDERS[rows.model]))
        return self.chance.choice(found) if found else None

    def maybe(self) -> bool:
        return self.chance.random() < 0.5

    def form(self) -> None:
        waiting = list(SignUp.objects.filter(state="waiting").order_by("contact_index")[:8])
        if len(waiting) >= 4:
            terms = make.terms(self.organisation, digital=True, starter_id=make.starter(self.organisation).id)
            actions.form_group(
                organisation=self.organisation,
                terms=terms,
                signups=waiting[:5],
                reserves=waiting[5:],
                by=BY,
                now=self.now,
            )

    def wait(self) -> None:
        self.now += self.chance.choice([timedelta(hours=6), timedelta(days=2), timedelta(days=8)])

    def clock_ticks(self) -> None:
        tick(self.now)

    def say_yes(self) -> None:
        offer = self.one_of(Offer.objects.select_related("signup"))
        if offer:
            make.says_yes(offer, self.now)

    def all_say_yes(self) -> None:
        for offer in Offer.objects.filter(state="open", expires_at__gt=self.now).select_related("signup"):
            make.says_yes(offer, self.now)

    def say_no(self) -> None:
        offer = self.one_of(Offer.objects.all())
        if offer:
            leave = self.maybe()
            actions.decline_offer(offer=offer, reason="place", by=BY, now=self.now, leave=leave)

    def take_back(self) -> None:
        offer = self.one_of(Offer.objects.all())
        if offer:
            actions.withdraw_offer(offer=offer, by=BY, now=self.now)

    def offer_one_more(self) -> None:
        group, signup = self.one_of(Group.objects.all()), self.one_of(SignUp.objects.all())
        if group and signup:
            actions.offer_seat(group=group, signup=signup, by=BY, now=self.now)

    def starter_answers(self) -> None:
        request = self.one_of(StarterRequest.objects.all())
        if request:
            yes = self.chance.choice([True, True, False])
            actions.answer_request(request=request, yes=yes, by=BY, now=self.now)

    def start(self) -> None:
        group = self.one_of(Group.objects.all())
        if group:
            actions.start_with(group=group, by=BY, now=self.now)

    def meet(self) -> None:
        """All meetings that have begun are settled, most of them as held."""
        for meeting in Meeting.objects.filter(state="planned", starts_at__lte=self.now):
            verb = self.chance.choice([actions.mark_held, actions.mark_held, actions.mark_not_held])
            verb(meeting=meeting, by=BY, now=self.now)

    def change_a_meeting(self) -> None:
        meeting = self.one_of(Meeting.objects.filter(state="planned"))
        if meeting and self.maybe():
            actions.cancel_meeting(meeting=meeting, by=BY, now=self.now)
        elif meeting:
            later = meeting.starts_at + timedelta(hours=1)
            actions.move_meeting(meeting=meeting, starts_at=later, by=BY, now=self.now)

    def stay_away(self) -> None:
        meeting, person = self.one_of(Meeting.objects.all()), self.one_of(Participation.objects.all())
        if meeting and person:
            actions.say_absent(meeting=meeting, participation=person, by=BY, now=self.now)

    def hand_over(self) -> None:
        group = self.one_of(Group.objects.all())
        if group:
            actions.hand_over(group=group, by=BY, now=self.now)

    def let_people_in(self) -> None:
        group = self.one_of(Group.objects.filter(state="self_led"))
        if group:
            places = self.chance.randint(1, 3)
            actions.set_newcomers(group=group, newcomers=Newcomers.OPEN, places=places, by=BY, now=self.now)

    def leave(self) -> None:
        person = self.one_of(Participation.objects.all())
        if person:
            again = self.maybe()
            actions.leave_group(participation=person, by=BY, now=self.now, wait_again=again)

    def rest_or_go_on(self) -> None:
        group = self.one_of(Group.objects.all())
        if group:
            verb = self.chance.choice([actions.pause_group, actions.resume_group, actions.reopen])
            verb(group=group, by=BY, now=self.now)

    def finish(self) -> None:
        group = self.one_of(Group.objects.all())
        if group and self.maybe():
            actions.end_group(group=group, reason=EndReason.FINISHED, by=BY, now=self.now)
        elif group:
            actions.give_up_group(group=group, by=BY, now=self.now)


STEPS = [
    Walk.form, Walk.wait, Walk.clock_ticks, Walk.say_yes, Walk.all_say_yes, Walk.say_no, Walk.take_back,
    Walk.offer_one_more, Walk.starter_answers, Walk.start, Walk.meet, Walk.change_a_meeting, Walk.stay_away,
    Walk.hand_over, Walk.let_people_in, Walk.leave, Walk.rest_or_go_on, Walk.finish,
]  # fmt: skip
# Towards the later states, which chance alone seldom reaches.
HIGHWAY = [
    Walk.all_say_yes, Walk.starter_answers, Walk.wait, Walk.wait, Walk.meet, Walk.wait, Walk.wait, Walk.wait,
    Walk.meet, Walk.wait, Walk.wait, Walk.wait, Walk.meet, Walk.hand_over, Walk.let_people_in,
    Walk.offer_one_more, Walk.all_say_yes,
]  # fmt: skip


def seats_are_right() -> None:
    """A chair for every open or accepted offer of a living group, one for each person, none above eight."""
    for group in Group.objects.all():
        seats = list(Seat.objects.filter(group=group))
        assert len(seats) <= group.ceiling <= 8
        assert len({seat.number for seat in seats}) == len(seats)
        present = set(
            Participation.objects.filter(group=group, left_at=None).values_list("signup", flat=True)
        )
        asked = set(Offer.objects.filter(group=group, state="open").values_list("signup", flat=True))
        assert {seat.signup_id for seat in seats} == present | asked
        assert not present & asked
        if group.state not in LIVE:
            assert not seats


def people_are_right() -> None:
    """Everybody's own state says the same as the seats and offers."""
    for signup in SignUp.objects.all():
        offers = Offer.objects.filter(signup=signup, state="open").count()
        groups = Participation.objects.filter(signup=signup, left_at=None).count()
        assert (offers, groups) == {"offered": (1, 0), "placed": (0, 1)}.get(signup.state, (0, 0)), (
            signup.state
        )


def meetings_are_right(now: datetime) -> None:
    """Numbers are not used twice; nothing lies ahead of a group that rests or is over; none on a day off."""
    for group in Group.objects.all():
        meetings = list(Meeting.objects.filter(group=group))
        assert len({(m.kind, m.number) for m in meetings}) == len(meetings)
        ahead = [m for m in meetings if m.state == "planned" and m.starts_at > now]
        if group.state in ("paused", "ended", "forming"):
            assert not ahead
        assert all(not is_day_off(clock.local(m.planned_for).date()) for m in meetings)
        assert all(m.ends_at - m.starts_at == timedelta(hours=2) for m in meetings)
        standing = [m for m in meetings if m.kind == "startup" and m.state in ("planned", "held")]
        if group.state == "starting":
            assert len(standing) == group.startup_meetings


def story_is_right() -> None:
    """Counters say what the story says, and every sending has its letter."""
    for verb in (
        "offer-sent",
        "offer-accepted",
        "offer-declined",
        "group-formed",
        "group-ended",
        "meeting-held",
    ):
        lines = TimelineEntry.objects.filter(verb=verb).count()
        assert sum(Counter.objects.filter(counter=verb).values_list("value", flat=True)) == lines, verb
    sent = TimelineEntry.objects.filter(verb="offer-sent").count()
    assert OutgoingMessage.objects.filter(kind="groups/offer").count() == sent


def pages_open(walk: Walk) -> None:
    """Every page can be read in every state."""
    queries.public_list()
    for line in queries.office_list(walk.organisation.id, ended=True):
        assert queries.office_group(walk.organisation.id, line.group.id) is not None
    for signup in SignUp.objects.all():
        mine = queries.for_signup(signup, walk.now)
        assert (mine.offered is not None) == (signup.state == "offered")
        assert (mine.mine is not None) == (signup.state == "placed")


@pytest.mark.parametrize("seed", range(100, 170))
def test_whatever_people_do_the_table_stays_right(organisation: Organisation, seed: int) -> None:
    with tenancy.scope(organisation.id):
        walk = Walk(organisation, seed)
        begin = walk.chance.choice([0, len(HIGHWAY), walk.chance.randint(0, len(HIGHWAY))])
        for step in HIGHWAY[:begin] + walk.chance.choices(STEPS, k=25):
            try:
                step(walk)
            except Refused as refusal:
                assert refusal.say()
            seats_are_right()
            people_are_right()
        meetings_are_right(walk.now)
        story_is_right()
        pages_open(walk)
        assert not Absence.objects.exclude(meeting__state="planned").exists()

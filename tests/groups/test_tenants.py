"""Every verb and every page, asked from the wrong organisation: nothing is told and nothing changes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from rundbord.groups import actions, queries
from rundbord.groups.models import Group, Offer, StarterRequest
from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage, TimelineEntry
from rundbord.organisations.models import Organisation
from tests.factories import groups as make

NOW = make.NOW
BY = make.STAFF


class Theirs:
    """A group of the other organisation with everything a verb can be used on."""

    def __init__(self, twin: Organisation) -> None:
        self.organisation = twin
        self.group = make.started(twin)
        self.offer = make.offers(make.formed(twin, starter_id=None))[0]
        self.waiting = make.signup(twin)
        self.starter = make.starter(twin)
        self.participation = make.people(self.group)[0]
        self.meeting = make.meetings(self.group)[1]
        self.terms = make.terms(twin)
        self.people = make.signups(twin, 5)
        with tenancy.scope(twin.id):
            self.request = StarterRequest.objects.get(group=self.group)

    def traces(self) -> tuple[Any, ...]:
        """Everything that would show that something was done."""
        with tenancy.scope(self.organisation.id):
            return (
                list(Group.objects.order_by("id").values_list("id", "state", "state_since")),
                list(Offer.objects.order_by("id").values_list("id", "state")),
                TimelineEntry.objects.count(),
                OutgoingMessage.objects.count(),
            )


LATER = NOW + timedelta(days=30)
VERBS: dict[str, Callable[[Theirs], Any]] = {
    "accept": lambda t: actions.accept_offer(offer=t.offer, by=BY, now=NOW),
    "decline": lambda t: actions.decline_offer(offer=t.offer, reason="time", by=BY, now=NOW),
    "withdraw": lambda t: actions.withdraw_offer(offer=t.offer, by=BY, now=NOW),
    "offer": lambda t: actions.offer_seat(group=t.group, signup=t.waiting, by=BY, now=NOW),
    "form": lambda t: actions.form_group(
        organisation=t.organisation, terms=t.terms, signups=t.people, reserves=[], by=BY, now=NOW
    ),
    "ask": lambda t: actions.ask_starter(group=t.group, starter=t.starter, by=BY, now=NOW),
    "answer": lambda t: actions.answer_request(request=t.request, yes=False, by=BY, now=NOW),
    "take back": lambda t: actions.withdraw_request(request=t.request, by=BY, now=NOW),
    "start": lambda t: actions.start_with(group=t.offer.group, by=BY, now=NOW),
    "by itself": lambda t: actions.start_by_itself(group=t.offer.group, by=BY, now=NOW),
    "plan": lambda t: actions.plan_meetings(group=t.group, first_on=date(2026, 5, 1), by=BY, now=NOW),
    "give up": lambda t: actions.give_up_group(group=t.group, by=BY, now=NOW),
    "call": lambda t: actions.record_call(participation=t.participation, by=BY, now=NOW),
    "pledge": lambda t: actions.make_pledge(participation=t.participation, by=BY, now=NOW),
    "rules": lambda t: actions.agree_ground_rules(group=t.group, texts=["x"], by=BY, now=NOW),
    "tick": lambda t: actions.tick_step(meeting=t.meeting, code="rota", done=True, by=BY, now=NOW),
    "held": lambda t: actions.mark_held(meeting=t.meeting, by=BY, now=LATER),
    "not held": lambda t: actions.mark_not_held(meeting=t.meeting, by=BY, now=LATER),
    "move": lambda t: actions.move_meeting(meeting=t.meeting, starts_at=LATER, by=BY, now=NOW),
    "cancel": lambda t: actions.cancel_meeting(meeting=t.meeting, by=BY, now=NOW),
    "absent": lambda t: actions.say_absent(meeting=t.meeting, participation=t.participation, by=BY, now=NOW),
    "come": lambda t: actions.will_come(meeting=t.meeting, participation=t.participation, by=BY, now=NOW),
    "notice": lambda t: actions.post_notice(group=t.group, text="x", participation=None, by=BY, now=NOW),
    "hand over": lambda t: actions.hand_over(group=t.group, by=BY, now=NOW + timedelta(days=90)),
    "newcomers": lambda t: actions.set_newcomers(group=t.group, newcomers="open", places=1, by=BY, now=NOW),
    "reopen": lambda t: actions.reopen(group=t.group, by=BY, now=NOW),
    "pause": lambda t: actions.pause_group(group=t.group, by=BY, now=NOW),
    "resume": lambda t: actions.resume_group(group=t.group, by=BY, now=NOW),
    "leave": lambda t: actions.leave_group(participation=t.participation, by=BY, now=NOW),
    "remove": lambda t: actions.remove_participant(participation=t.participation, by=BY, now=NOW),
    "end": lambda t: actions.end_group(group=t.group, reason="other", by=BY, now=NOW),
}


def test_no_verb_reaches_into_another_organisation(organisation: Organisation, twin: Organisation) -> None:
    theirs = Theirs(twin)
    before = theirs.traces()
    for name, verb in VERBS.items():
        with tenancy.scope(organisation.id), pytest.raises(tenancy.WrongTenant):
            verb(theirs)
        assert theirs.traces() == before, name


def test_rows_of_another_organisation_slipped_into_ours_are_not_found(
    organisation: Organisation, twin: Organisation
) -> None:
    """Our own group, but their person, starter or room."""
    theirs, ours = Theirs(twin), make.formed(organisation)
    before = theirs.traces()
    slips: list[Callable[[], Any]] = [
        lambda: actions.offer_seat(group=ours, signup=theirs.waiting, by=BY, now=NOW),
        lambda: actions.ask_starter(group=ours, starter=theirs.starter, by=BY, now=NOW),
        lambda: make.formed(organisation, room_id=theirs.terms.room_id),
        lambda: make.formed(organisation, starter_id=theirs.starter.id),
        lambda: actions.form_group(
            organisation=organisation,
            terms=make.terms(organisation),
            signups=[*make.signups(organisation, 4), theirs.waiting],
            reserves=[],
            by=BY,
            now=NOW,
        ),
    ]
    for slip in slips:
        with pytest.raises(Exception) as refusal:
            slip()
        assert "DoesNotExist" in type(refusal.value).__name__ or isinstance(refusal.value, actions.NotWaiting)
    assert theirs.traces() == before
    with tenancy.scope(organisation.id):
        assert Group.objects.count() == 1


def test_every_page_shows_ours_and_never_theirs(organisation: Organisation, twin: Organisation) -> None:
    theirs, ours = Theirs(twin), make.started(organisation)
    assert [line.group for line in queries.office_list(organisation.id)] == [ours]
    assert queries.office_group(organisation.id, theirs.group.id) is None
    assert queries.participation(organisation.id, theirs.participation.id) is None
    assert queries.offers_by_voice(organisation.id) == []
    mine = queries.for_signup(make.people(ours)[0].signup, NOW).mine
    assert mine is not None and mine.group == ours
    their_names = {person.signup.first_name for person in make.people(theirs.group)}
    assert not their_names & set(mine.names)


def test_without_a_scope_a_page_for_one_organisation_opens_its_own(organisation: Organisation) -> None:
    group = make.started(organisation)
    assert tenancy.current() is None
    assert queries.get(organisation.id, group.id) == group
    with pytest.raises(tenancy.NoTenantScope):
        queries.starts_in_progress([])

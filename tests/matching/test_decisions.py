"""A human's yes and no: what it sets going, and every way in which it comes too late."""

import pytest
from django.utils import translation

from rundbord.groups.models import Group, Offer, Reserve, StarterRequest
from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter, OutgoingMessage, TimelineEntry
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import actions, queries
from rundbord.matching.actions import RulesBroken, StaleProposal
from rundbord.matching.models import LeftOut, ProposalSeat
from rundbord.matching.rules import ProposalState
from rundbord.signups.models import SignUp
from rundbord.venues.actions import note_loan
from rundbord.venues.models import VenueLoan
from tests.factories.matching import TUESDAY_EVENING, county, people, room, starter
from tests.matching.test_problem import group

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(organisation, run):
    """Eight people, and two more who could fill in."""
    county(organisation, 10)
    run(organisation)
    [found] = queries.board(organisation.id).proposals
    return found


def states(organisation):
    with tenancy.scope(organisation.id):
        return sorted(SignUp.objects.values_list("state", flat=True))


def refused(proposal, by, now, refusal=StaleProposal):
    """The yes is refused, and nothing at all has happened."""
    with pytest.raises(refusal) as told:
        actions.approve(proposal=proposal, version=proposal.version, by=by, now=now)
    with tenancy.scope(proposal.organisation_id):
        assert Group.objects.count() == Offer.objects.count() == 0
        assert not OutgoingMessage.objects.exists()
    assert queries.proposal(proposal.organisation_id, proposal.id).state == proposal.state
    return told.value


def test_a_yes_forms_the_group_and_offers_every_seat(organisation, proposal, by, now):
    made = actions.approve(proposal=proposal, version=1, by=by, now=now)
    with tenancy.scope(organisation.id):
        assert {o.signup_id for o in Offer.objects.filter(group=made)} == {
            s.signup_id for s in proposal.placed
        }
        assert [r.signup_id for r in Reserve.objects.filter(group=made)] == [
            s.signup_id for s in proposal.reserves
        ]
        assert StarterRequest.objects.get(group=made).starter_id == proposal.starter_id
        assert VenueLoan.objects.get().slot == TUESDAY_EVENING
        assert (made.focus, made.slot, made.room_id, made.place_id) == (
            "mixed", TUESDAY_EVENING, proposal.room_id, "3107",
        )  # fmt: skip
    assert states(organisation) == ["offered"] * 8 + ["waiting"] * 2


def test_the_proposal_remembers_who_said_yes_and_what_came_of_it(proposal, by, now):
    made = actions.approve(proposal=proposal, version=1, by=by, now=now)
    kept = queries.proposal(proposal.organisation_id, proposal.id)
    assert (kept.state, kept.formed, kept.decided_by, kept.decided_at) == ("approved", made, by.id, now)


def test_a_yes_is_counted_and_told(organisation, proposal, by, now):
    actions.approve(proposal=proposal, version=1, by=by, now=now)
    with tenancy.scope(organisation.id):
        assert Counter.objects.get(counter="proposal-approved").value == 1
        assert TimelineEntry.objects.get(subject=proposal.id).actor_id == by.id


def test_a_yes_twice_is_refused_the_second_time(proposal, by, now):
    actions.approve(proposal=proposal, version=1, by=by, now=now)
    with pytest.raises(StaleProposal):
        actions.approve(proposal=proposal, version=1, by=by, now=now)
    with pytest.raises(StaleProposal):
        actions.approve(proposal=proposal, version=2, by=by, now=now)


def test_a_yes_to_an_older_version_is_refused(proposal, by, now):
    actions.swap_starter(proposal=proposal, starter=proposal.starter, version=1, by=by, now=now)
    refused(proposal, by, now)


@pytest.mark.parametrize("state", ["paused", "withdrawn", "offered", "placed"])
def test_somebody_waits_no_longer(proposal, by, now, state):
    with tenancy.scope(proposal.organisation_id):
        SignUp.objects.filter(pk=proposal.placed[0].signup_id).update(state=state)
    refused(proposal, by, now)


def test_somebody_is_erased(proposal, by, now):
    """The others may still be enough, but it is another proposal now."""
    with tenancy.scope(proposal.organisation_id):
        ProposalSeat.objects.filter(proposal=proposal, reserve_rank=None)[0].signup.delete()
        assert len(queries.proposal(proposal.organisation_id, proposal.id).placed) == 7
    made = actions.approve(proposal=proposal, version=1, by=by, now=now)
    with tenancy.scope(proposal.organisation_id):
        assert Offer.objects.filter(group=made).count() == 7


def test_the_room_is_taken(organisation, proposal, by, now):
    note_loan(room=proposal.room, slot=TUESDAY_EVENING, starts_on=now.date(), by=SYSTEM, now=now)
    refused(proposal, by, now)


def test_the_room_is_set_aside(proposal, by, now):
    with tenancy.scope(proposal.organisation_id):
        proposal.room.active = False
        proposal.room.save()
    refused(proposal, by, now)


def test_the_starter_has_begun_another(organisation, proposal, by, now):
    busy = group(organisation, now)
    with tenancy.scope(organisation.id):
        StarterRequest.objects.create(
            organisation=organisation,
            group=busy,
            starter=proposal.starter,
            state="asked",
            asked_at=now,
            expires_at=now,
        )
    with pytest.raises(StaleProposal):
        actions.approve(proposal=proposal, version=1, by=by, now=now)


def test_the_starter_is_no_longer_free_then(proposal, by, now):
    with tenancy.scope(proposal.organisation_id):
        proposal.starter.slots = [4]
        proposal.starter.save()
    refused(proposal, by, now)


def test_somebody_has_changed_her_times(proposal, by, now):
    person = proposal.placed[0].signup
    with tenancy.scope(proposal.organisation_id):
        person.slots = [4]
        person.save()
    broken = refused(proposal, by, now, RulesBroken).broken
    assert [(each.rule, each.signups) for each in broken] == [("slot", (person.id,))]


def test_a_human_may_go_below_the_window_but_not_below_the_floor(organisation, proposal, by, now):
    for seat in proposal.placed[:3]:
        proposal = queries.proposal(organisation.id, proposal.id)
        actions.move_person(
            signup=seat.signup, source=proposal, source_version=proposal.version, by=by, now=now
        )
    five = queries.proposal(organisation.id, proposal.id)
    assert len(five.placed) == 5
    small = [view for view in queries.recheck(five, now).views if view["code"] == "small"]
    assert small == [{"code": "small", "people": 5}]
    for seat in five.placed[:2]:
        here = queries.proposal(organisation.id, proposal.id)
        actions.move_person(signup=seat.signup, source=here, source_version=here.version, by=by, now=now)
    three = queries.proposal(organisation.id, proposal.id)
    assert [each.rule for each in refused(three, by, now, RulesBroken).broken] == ["size"]
    actions.move_person(signup=five.placed[0].signup, to=three, to_version=three.version, by=by, now=now)
    four = queries.proposal(organisation.id, proposal.id)
    assert actions.approve(proposal=four, version=four.version, by=by, now=now).seats.model


def test_a_reserve_of_another_proposal_who_gets_a_place_is_no_reserve_any_more(organisation, run, by, now):
    county(organisation, 7, slots=[TUESDAY_EVENING])
    starter(organisation, slots=[4])
    room(organisation, slots=[4])
    people(organisation, 7, slots=[4], focus=["grief"])
    people(organisation, 1, slots=[4, TUESDAY_EVENING], focus=["grief", "mixed"])
    run(organisation)
    first, second = queries.board(organisation.id).proposals
    with tenancy.scope(organisation.id):
        both = first.placed[0].signup
        ProposalSeat.objects.create(organisation=organisation, proposal=second, signup=both, reserve_rank=9)
    actions.approve(proposal=first, version=1, by=by, now=now)
    assert both.id not in {s.signup_id for s in queries.proposal(organisation.id, second.id).reserves}


def test_reserves_who_wait_no_longer_are_not_named(organisation, proposal, by, now):
    gone, stays = proposal.reserves
    with tenancy.scope(organisation.id):
        SignUp.objects.filter(pk=gone.signup_id).update(state="paused")
    made = actions.approve(proposal=proposal, version=1, by=by, now=now)
    with tenancy.scope(organisation.id):
        assert [r.signup_id for r in Reserve.objects.filter(group=made)] == [stays.signup_id]


def test_a_seat_in_an_open_group_is_offered(organisation, run, by, now):
    made = group(organisation, now, people(organisation, 6, state="placed"))
    [comes] = people(organisation, 1, physical=False, digital=True)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    assert actions.approve(proposal=proposal, version=1, by=by, now=now) == made
    with tenancy.scope(organisation.id):
        assert Offer.objects.get(group=made).signup_id == comes.id


def test_the_open_group_has_filled_meanwhile(organisation, run, by, now):
    made = group(organisation, now, people(organisation, 7, state="placed"))
    people(organisation, 1, physical=False, digital=True)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    with tenancy.scope(organisation.id):
        Group.objects.filter(pk=made.pk).update(state="self_led", newcomers="closed")
    with pytest.raises(StaleProposal):
        actions.approve(proposal=proposal, version=1, by=by, now=now)


def test_a_no_lets_everybody_wait_on(organisation, proposal, by, now):
    actions.dismiss(proposal=proposal, version=1, by=by, now=now)
    assert queries.proposal(organisation.id, proposal.id).state == ProposalState.DISMISSED
    assert states(organisation) == ["waiting"] * 10
    with tenancy.scope(organisation.id):
        assert LeftOut.objects.filter(run=proposal.run, reason="dismissed").count() == 8
        assert LeftOut.objects.filter(run=proposal.run).count() == 10


def test_a_no_after_a_yes_is_refused(proposal, by, now):
    actions.approve(proposal=proposal, version=1, by=by, now=now)
    with pytest.raises(StaleProposal):
        actions.dismiss(proposal=proposal, version=2, by=by, now=now)


def test_an_overtaken_proposal_cannot_be_decided(organisation, proposal, run, by, now):
    with tenancy.scope(organisation.id):
        SignUp.objects.filter(pk=proposal.placed[0].signup_id).update(state="withdrawn")
    run(organisation)
    with pytest.raises(StaleProposal):
        actions.approve(proposal=proposal, version=1, by=by, now=now)


def test_after_a_yes_the_next_run_leaves_those_people_out(organisation, proposal, run, by, now):
    actions.approve(proposal=proposal, version=1, by=by, now=now)
    assert run(organisation).people == 2


def test_a_refusal_is_a_kind_sentence(proposal, by, now):
    actions.dismiss(proposal=proposal, version=1, by=by, now=now)
    with pytest.raises(StaleProposal) as told:
        actions.approve(proposal=proposal, version=1, by=by, now=now)
    with translation.override("en"):
        assert "look at it again" in told.value.say()

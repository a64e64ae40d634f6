"""A human moves people, starters and rooms; rules are checked at once, and nobody undoes another unseen."""

import pytest

from rundbord.kernel import tenancy
from rundbord.kernel.models import TimelineEntry
from rundbord.matching import actions, queries
from rundbord.matching.actions import (
    InAnotherProposal,
    NobodyToMove,
    RulesBroken,
    StaleProposal,
    TakenByProposal,
)
from rundbord.matching.models import LeftOut
from rundbord.signups.models import SignUp
from tests.factories.matching import TUESDAY_EVENING, WEDNESDAY_EVENING, county, people, room, starter
from tests.factories.organisations import place

pytestmark = pytest.mark.django_db
MONDAY_EVENING = 4


@pytest.fixture
def two(organisation, run):
    """Two proposals: grief on Mondays, mixed on Tuesdays; two people in the first could come to both."""
    county(organisation, 6, slots=[TUESDAY_EVENING])
    starter(organisation, slots=[MONDAY_EVENING])
    room(organisation, slots=[MONDAY_EVENING])
    people(organisation, 5, slots=[MONDAY_EVENING], focus=["grief"])
    people(organisation, 2, slots=[MONDAY_EVENING, TUESDAY_EVENING], focus=["grief", "mixed"])
    run(organisation)
    grief, mixed = queries.board(organisation.id).proposals
    assert (len(grief.placed), len(mixed.placed)) == (7, 6)
    return grief, mixed


def can_both(proposal):
    return [seat.signup for seat in proposal.placed if len(seat.signup.slots) == 2]


def fresh(proposal):
    return queries.proposal(proposal.organisation_id, proposal.id)


def members(proposal):
    return {seat.signup_id for seat in fresh(proposal).placed}


def test_a_person_is_moved(two, by, now):
    grief, mixed = two
    person = can_both(grief)[0]
    actions.move_person(signup=person, source=grief, source_version=1, to=mixed, to_version=1, by=by, now=now)
    assert person.id in members(mixed) and person.id not in members(grief)
    assert (fresh(grief).version, fresh(mixed).version) == (2, 2)
    [seat] = [seat for seat in fresh(mixed).placed if seat.signup_id == person.id]
    assert (seat.fit["frame_rank"], seat.fit["distance_m"]) == (1, 0)


def test_a_person_who_does_not_fit_is_not_moved(two, by, now):
    grief, mixed = two
    person = next(seat.signup for seat in grief.placed if len(seat.signup.slots) == 1)
    with pytest.raises(RulesBroken) as refused:
        actions.move_person(
            signup=person, source=grief, source_version=1, to=mixed, to_version=1, by=by, now=now
        )
    assert {each.rule for each in refused.value.broken} == {"slot", "frame"}
    assert person.id in members(grief) and fresh(grief).version == 1


def test_taken_out_is_left_out_and_can_come_back(two, by, now):
    grief, _mixed = two
    person = can_both(grief)[0]
    actions.move_person(signup=person, source=grief, source_version=1, by=by, now=now)
    with tenancy.scope(grief.organisation_id):
        assert LeftOut.objects.get(signup=person).reason == "taken_out"
    actions.move_person(signup=person, to=grief, to_version=2, by=by, now=now)
    with tenancy.scope(grief.organisation_id):
        assert not LeftOut.objects.filter(signup=person).exists()
    assert person.id in members(grief)


def test_a_reserve_becomes_a_member(organisation, run, by, now):
    county(organisation, 9)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    [reserve] = proposal.reserves
    leaver = proposal.placed[0].signup
    actions.move_person(signup=leaver, source=proposal, source_version=1, by=by, now=now)
    actions.move_person(signup=reserve.signup, to=proposal, to_version=2, by=by, now=now)
    assert len(members(proposal)) == 8 and fresh(proposal).reserves == []


def test_never_a_ninth(organisation, run, by, now):
    county(organisation, 9)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    with pytest.raises(RulesBroken) as refused:
        actions.move_person(signup=proposal.reserves[0].signup, to=proposal, to_version=1, by=by, now=now)
    assert "size" in {each.rule for each in refused.value.broken}


def test_nobody_is_in_two_proposals(two, by, now):
    grief, mixed = two
    with pytest.raises(InAnotherProposal):
        actions.move_person(signup=can_both(grief)[0], to=mixed, to_version=1, by=by, now=now)


def test_nowhere_to_nowhere(two, by, now):
    with pytest.raises(NobodyToMove):
        actions.move_person(signup=can_both(two[0])[0], by=by, now=now)


def test_somebody_who_is_not_there_cannot_be_taken_out(two, by, now):
    grief, mixed = two
    with pytest.raises(StaleProposal):
        actions.move_person(signup=can_both(grief)[0], source=mixed, source_version=1, by=by, now=now)


def test_somebody_who_waits_no_longer_is_not_put_in(two, by, now):
    grief, _mixed = two
    person = can_both(grief)[0]
    actions.move_person(signup=person, source=grief, source_version=1, by=by, now=now)
    with tenancy.scope(grief.organisation_id):
        SignUp.objects.filter(pk=person.pk).update(state="paused")
    with pytest.raises(StaleProposal):
        actions.move_person(signup=person, to=grief, to_version=2, by=by, now=now)


@pytest.mark.parametrize("stale", ["source", "to"])
def test_an_older_version_of_either_is_refused_and_neither_changes(two, by, now, stale):
    grief, mixed = two
    versions = {"source_version": 1, "to_version": 1} | {f"{stale}_version": 0}
    with pytest.raises(StaleProposal):
        actions.move_person(signup=can_both(grief)[0], source=grief, to=mixed, by=by, now=now, **versions)
    assert (fresh(grief).version, fresh(mixed).version) == (1, 1)


def test_someone_of_another_organisation_cannot_be_put_in(two, twin, by, now):
    grief, _mixed = two
    [stranger] = people(twin, 1, slots=[MONDAY_EVENING], focus=["grief"])
    with pytest.raises(StaleProposal):
        actions.move_person(signup=stranger, to=grief, to_version=1, by=by, now=now)


def test_another_starter(organisation, two, by, now):
    grief, _mixed = two
    other = starter(organisation, slots=[MONDAY_EVENING])
    actions.swap_starter(proposal=grief, starter=other, version=1, by=by, now=now)
    assert (fresh(grief).starter, fresh(grief).version) == (other, 2)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"slots": [TUESDAY_EVENING]}, "starter-free"),
        ({"languages": ["pl"]}, "starter-language"),
        ({"place": "5501"}, "starter-travel"),
        ({"physical": False, "digital": True}, "starter-travel"),
    ],
)
def test_a_starter_who_cannot_is_refused(organisation, two, by, now, facts, rule):
    grief, _mixed = two
    facts = {"slots": [MONDAY_EVENING]} | facts
    if "place" in facts:
        facts["place"] = place(facts["place"])
    with pytest.raises(RulesBroken) as refused:
        actions.swap_starter(
            proposal=grief, starter=starter(organisation, **facts), version=1, by=by, now=now
        )
    assert [each.rule for each in refused.value.broken] == [rule]


def test_no_starter_needs_everybodys_consent(organisation, two, by, now):
    grief, _mixed = two
    with pytest.raises(RulesBroken) as refused:
        actions.swap_starter(proposal=grief, starter=None, version=1, by=by, now=now)
    assert {each.rule for each in refused.value.broken} == {"self-start"}
    with tenancy.scope(organisation.id):
        SignUp.objects.update(self_start_ok=True)
    actions.swap_starter(proposal=grief, starter=None, version=1, by=by, now=now)
    assert fresh(grief).starter is None


def test_another_room_and_time(organisation, two, by, now):
    grief, _mixed = two
    with tenancy.scope(organisation.id):
        for seat in grief.placed:
            seat.signup.slots = [MONDAY_EVENING, WEDNESDAY_EVENING]
            seat.signup.save()
        grief.starter.slots = [MONDAY_EVENING, WEDNESDAY_EVENING]
        grief.starter.save()
    other = room(organisation, slots=[WEDNESDAY_EVENING])
    actions.change_room(proposal=grief, room=other, slot=WEDNESDAY_EVENING, version=1, by=by, now=now)
    assert (fresh(grief).room, fresh(grief).slot, fresh(grief).digital) == (other, WEDNESDAY_EVENING, False)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"slots": [TUESDAY_EVENING]}, "room-free"),
        ({"capacity": 7}, "room-capacity"),
        ({"place": "5501"}, "travel"),
    ],
)
def test_a_room_that_does_not_do_is_refused(organisation, two, by, now, facts, rule):
    grief, _mixed = two
    facts = {"slots": [MONDAY_EVENING]} | facts
    if "place" in facts:
        facts["place"] = place(facts["place"])
    with pytest.raises(RulesBroken) as refused:
        actions.change_room(proposal=grief, room=room(organisation, **facts), version=1, by=by, now=now)
    assert rule in {each.rule for each in refused.value.broken}


def test_digital_only_if_everybody_meets_so(two, by, now):
    grief, _mixed = two
    with pytest.raises(RulesBroken) as refused:
        actions.change_room(proposal=grief, room=None, version=1, by=by, now=now)
    assert "mode" in {each.rule for each in refused.value.broken}


def test_what_another_proposal_counts_on_is_not_taken(organisation, two, by, now):
    grief, mixed = two
    with tenancy.scope(organisation.id):
        for seat in grief.placed:
            seat.signup.slots = [TUESDAY_EVENING]
            seat.signup.save()
        grief.starter.slots = [TUESDAY_EVENING]
        grief.starter.save()
    with pytest.raises(TakenByProposal):
        actions.change_room(proposal=grief, room=mixed.room, slot=TUESDAY_EVENING, version=1, by=by, now=now)
    assert fresh(grief).room == grief.room


def test_every_change_is_told_without_a_name(two, by, now):
    grief, _mixed = two
    actions.move_person(signup=can_both(grief)[0], source=grief, source_version=1, by=by, now=now)
    with tenancy.scope(grief.organisation_id):
        entry = TimelineEntry.objects.get(subject=grief.id)
    assert (entry.verb, entry.actor_id, entry.data) == ("proposal-changed", by.id, {"moved": "out"})


def test_a_changed_proposal_can_be_approved_and_keeps_the_rules(two, by, now):
    grief, mixed = two
    person = can_both(grief)[0]
    actions.move_person(signup=person, source=grief, source_version=1, to=mixed, to_version=1, by=by, now=now)
    for proposal, size in ((grief, 6), (mixed, 7)):
        made = actions.approve(proposal=fresh(proposal), version=2, by=by, now=now)
        with tenancy.scope(made.organisation_id):
            assert made.seats.count() == size

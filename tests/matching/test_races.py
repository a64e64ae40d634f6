"""Two coordinators at once: exactly one is heard. On SQLite in a file, on PostgreSQL as it is."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from rundbord.groups.models import Group, Offer, Seat
from rundbord.kernel import tenancy
from rundbord.kernel.ids import new_id
from rundbord.kernel.timeline import Actor
from rundbord.matching import actions, queries
from rundbord.matching.actions import StaleProposal
from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat
from rundbord.signups.models import SignUp
from tests.factories.matching import TUESDAY_EVENING, county, people, room, starter
from tests.groups.real import at_once, real_database

pytestmark = pytest.mark.django_db(transaction=True)
ANNE, BERIT = Actor("staff", new_id()), Actor("staff", new_id())
ROUNDS = 25 if connection.vendor == "postgresql" else 8


@pytest.fixture
def shared(tmp_path, db):
    """A database that threads can meet in."""
    with real_database(tmp_path):
        yield


def matched(organisation, now, number=8):
    county(organisation, number)
    queued = actions.start_run(organisation=organisation, by=ANNE, now=now)
    actions.run_now(run_id=queued.id, organisation_id=organisation.id, now=now)
    return queries.board(organisation.id).proposals


def put_back(organisation, proposal):
    """As it was before the race."""
    with tenancy.scope(organisation.id):
        for model in (Seat, Offer):
            model.objects.all().delete()
        for group in Group.objects.all():
            group.requests.all().delete()
            group.reserves.all().delete()
            loan = group.loan
            group.delete()
            loan.delete()
        LeftOut.objects.filter(reason__in=["dismissed", "taken_out"]).delete()
        SignUp.objects.update(state="waiting")
        Proposal.objects.filter(pk=proposal.pk).update(
            state="open", version=1, formed=None, decided_at=None, decided_by=None
        )


def raced(*works):
    """(what came of it, how often each refusal came); anything else is a failure."""
    results = at_once(*works)
    strange = [r for r in results if isinstance(r, Exception) and not isinstance(r, StaleProposal)]
    assert strange == []
    return [r for r in results if not isinstance(r, Exception)]


def test_two_yes_at_once(shared, organisation, now):
    [proposal] = matched(organisation, now)
    for _ in range(ROUNDS):
        won = raced(
            lambda: actions.approve(proposal=proposal, version=1, by=ANNE, now=now),
            lambda: actions.approve(proposal=proposal, version=1, by=BERIT, now=now),
        )
        assert len(won) == 1
        with tenancy.scope(organisation.id):
            assert Group.objects.count() == 1 and Offer.objects.count() == Seat.objects.count() == 8
            assert Proposal.objects.get(pk=proposal.pk).decided_by in (ANNE.id, BERIT.id)
        put_back(organisation, proposal)


def test_a_yes_and_a_no_at_once(shared, organisation, now):
    [proposal] = matched(organisation, now)
    for _ in range(ROUNDS):
        won = raced(
            lambda: actions.approve(proposal=proposal, version=1, by=ANNE, now=now) and "yes",
            lambda: actions.dismiss(proposal=proposal, version=1, by=BERIT, now=now) or "no",
        )
        assert len(won) == 1
        with tenancy.scope(organisation.id):
            assert Group.objects.count() == (won == ["yes"])
            assert Proposal.objects.get(pk=proposal.pk).state == (
                "approved" if won == ["yes"] else "dismissed"
            )
        put_back(organisation, proposal)


def test_a_yes_and_a_change_at_once(shared, organisation, now):
    [proposal] = matched(organisation, now)
    leaver = proposal.placed[0].signup
    for _ in range(ROUNDS):
        won = raced(
            lambda: actions.approve(proposal=proposal, version=1, by=ANNE, now=now) and "yes",
            lambda: actions.move_person(
                signup=leaver, source=proposal, source_version=1, by=BERIT, now=now
            ) or "moved",
        )  # fmt: skip
        assert len(won) == 1
        with tenancy.scope(organisation.id):
            assert Offer.objects.count() == (8 if won == ["yes"] else 0)
            if won == ["moved"]:
                ProposalSeat.objects.create(organisation=organisation, proposal=proposal, signup=leaver)
        put_back(organisation, proposal)


def test_two_proposals_reach_for_the_same_person_at_once(shared, organisation, now):
    county(organisation, 6, slots=[TUESDAY_EVENING])
    starter(organisation, slots=[4])
    room(organisation, slots=[4])
    people(organisation, 6, slots=[4])
    [both] = people(organisation, 1, slots=[4, TUESDAY_EVENING])
    queued = actions.start_run(organisation=organisation, by=ANNE, now=now)
    actions.run_now(run_id=queued.id, organisation_id=organisation.id, now=now)
    proposals = queries.board(organisation.id).proposals
    move = partial(actions.move_person, signup=both, now=now)
    for _ in range(ROUNDS):
        with tenancy.scope(organisation.id):
            ProposalSeat.objects.filter(signup=both).delete()
        first, second = (queries.proposal(organisation.id, each.id) for each in proposals)
        results = at_once(
            partial(move, to=first, to_version=first.version, by=ANNE),
            partial(move, to=second, to_version=second.version, by=BERIT),
        )
        assert sorted(type(result).__name__ for result in results) == ["InAnotherProposal", "NoneType"]
        with tenancy.scope(organisation.id):
            assert ProposalSeat.objects.filter(signup=both, reserve_rank=None).count() == 1


def test_two_presses_at_once_start_one_run(shared, organisation, now):
    for hour in range(ROUNDS):
        at = now + timedelta(hours=hour)
        first, second = at_once(
            partial(actions.start_run, organisation=organisation, by=ANNE, now=at),
            partial(actions.start_run, organisation=organisation, by=BERIT, now=at),
        )
        assert first == second
        with tenancy.scope(organisation.id):
            MatchRun.objects.update(state="done")


def test_a_yes_while_a_run_ends(shared, organisation, now):
    """Either the yes came first and its people are not proposed again, or it is overtaken; never half."""
    [proposal] = matched(organisation, now)
    for _ in range(max(3, ROUNDS // 4)):
        queued = actions.start_run(organisation=organisation, by=ANNE, now=now)
        results = at_once(
            partial(actions.run_now, run_id=queued.id, organisation_id=organisation.id, now=now),
            lambda: actions.approve(proposal=proposal, version=1, by=BERIT, now=now),
        )
        assert not [r for r in results if isinstance(r, Exception) and not isinstance(r, StaleProposal)]
        with tenancy.scope(organisation.id):
            offered = set(SignUp.objects.filter(state="offered").values_list("id", flat=True))
            proposed = set(
                ProposalSeat.objects.filter(proposal__state="open").values_list("signup_id", flat=True)
            )
            assert len(offered) in (0, 8) and not offered & proposed
            Proposal.objects.exclude(pk=proposal.pk).delete()
        put_back(organisation, proposal)


def test_two_who_carry_out_the_same_run_at_once(shared, organisation, now):
    """As when a worker was thought lost and another took over: what is proposed is there once, and whole."""
    county(organisation, 11)
    for hour in range(max(3, ROUNDS // 4)):
        at = now + timedelta(hours=hour)
        queued = actions.start_run(organisation=organisation, by=ANNE, now=at)
        work = partial(actions.run_now, run_id=queued.id, organisation_id=organisation.id, now=at)
        results = at_once(work, work)
        assert [type(r).__name__ for r in results if isinstance(r, Exception)] == []
        [proposal] = queries.board(organisation.id).proposals
        left = queries.left_out(queries.run(organisation.id, queued.id))
        assert len(proposal.placed) == 8 and len(left) == 3
        with tenancy.scope(organisation.id):
            assert not Proposal.objects.filter(state="draft").exists()
            Proposal.objects.update(state="stale")

"""Invented counties of every colour through the real engine, judged by plain facts."""

from random import Random

import pytest

from rundbord.kernel import tenancy
from rundbord.matching import actions, queries
from rundbord.matching.models import LeftOut, ProposalSeat
from rundbord.signups.models import SignUp
from tests.factories.matching import people, room, starter
from tests.factories.organisations import place
from tests.matching.plain import faults
from tests.matching.test_problem import group

pytestmark = pytest.mark.django_db
PLACES = ["3107", "3105", "3103", "3118"]
SLOTS = [4, 9, 14, 19, 24]
FOCUS = [["mixed"], ["mixed", "grief"], ["grief", "mixed"], ["grief"], ["anxiety", "mixed"]]


def wish(chance):
    """The facts of one who waits, drawn at random."""
    physical = chance.random() < 0.8
    gender = chance.choice(["f", "f", "m", "x", None])
    return {
        "place": place(chance.choice(PLACES)), "postal_code": chance.choice(["", "1606", "1601", "1710"]),
        "physical": physical, "digital": not physical or chance.random() < 0.4,
        "max_km": chance.choice([5, 15, 40]), "slots": chance.sample(SLOTS, chance.randint(1, 4)),
        "declined_slots": chance.sample(SLOTS, chance.choice([0, 0, 1])), "focus": chance.choice(FOCUS),
        "languages": chance.choice([["no"], ["no"], ["no", "en"], ["pl", "no"]]), "gender": gender,
        "age_band": chance.choice(["18-30", "31-45", "46-60"]),
        "women_only": gender == "f" and chance.random() < 0.2, "young_only": chance.random() < 0.05,
        "discretion": chance.choice([0] * 8 + [1, 2]), "access_needs": chance.random() < 0.1,
        "self_start_ok": chance.random() < 0.4,
    }  # fmt: skip


def invent(organisation, now, seed, number=45):
    """A county: people, starters, rooms and a group with two free places."""
    chance = Random(seed)
    for _ in range(4):
        starter(
            organisation, slots=chance.sample(SLOTS, 3), place=place(chance.choice(PLACES)), max_km=60,
            digital=chance.random() < 0.5, woman=chance.random() < 0.7,
            concurrent_starts=chance.choice([1, 2]),
        )  # fmt: skip
        room(
            organisation, slots=chance.sample(SLOTS, 2), place=place(chance.choice(PLACES)),
            capacity=chance.choice([7, 8, 9, 12]), accessible=chance.random() < 0.7,
        )  # fmt: skip
    seated = people(organisation, 6, state="placed", postal_code="1606")
    group(organisation, now, seated, slot=chance.choice(SLOTS))
    return [people(organisation, 1, **wish(chance))[0] for _ in range(number)]


@pytest.mark.parametrize("seed", range(8))
def test_every_proposal_holds_by_plain_facts_and_nobody_is_lost(organisation, twin, run, now, seed):
    waiting = invent(organisation, now, seed)
    invent(twin, now, seed, number=8)
    done = run(organisation)
    with tenancy.scope(organisation.id):
        proposals = queries.board(organisation.id).proposals
        assert faults(proposals) == []
        seated = {seat.signup_id for proposal in proposals for seat in proposal.placed}
        left = set(LeftOut.objects.filter(run=done).values_list("signup_id", flat=True))
    assert seated | left == {person.id for person in waiting} and not seated & left
    assert done.placed == len(seated) <= done.placed + done.at_most_more <= len(waiting)


def test_the_plain_reading_can_fail(organisation, run, now):
    """Otherwise the test above would say nothing."""
    invent(organisation, now, seed=1)
    run(organisation)
    proposal = next(each for each in queries.board(organisation.id).proposals if not each.joins_id)
    person = proposal.placed[0].signup
    spoilt = {
        "slots": [], "focus": ["burnout"], "languages": ["so"], "women_only": not proposal.women_only,
        "declined_slots": [proposal.slot],
    }  # fmt: skip
    for name, value in spoilt.items():
        before = getattr(person, name)
        setattr(person, name, value)
        assert faults([proposal]) != [], name
        setattr(person, name, before)
    assert faults([proposal]) == []
    proposal.placed = proposal.placed[:5]
    assert faults([proposal]) == ["5 people"]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_proposed_can_be_approved_one_after_the_other(organisation, run, by, now, seed):
    invent(organisation, now, seed)
    run(organisation)
    offered = set()
    for proposal in queries.board(organisation.id).proposals:
        actions.approve(proposal=proposal, version=1, by=by, now=now)
        offered |= {seat.signup_id for seat in proposal.placed}
    assert queries.board(organisation.id).proposals == []
    with tenancy.scope(organisation.id):
        assert set(SignUp.objects.filter(state="offered").values_list("id", flat=True)) == offered
    assert offered


@pytest.mark.parametrize("seed", range(3))
def test_reserves_would_fit(organisation, run, now, seed):
    invent(organisation, now, seed)
    run(organisation)
    for proposal in queries.board(organisation.id).proposals:
        members = proposal.placed
        for reserve in proposal.reserves:
            proposal.placed = [*members[1:], reserve]
            fault = [each for each in faults([proposal]) if "near" not in each]
            assert fault == []


def test_a_person_who_would_fit_says_so_and_one_who_would_not_says_why(organisation, run, now):
    invent(organisation, now, seed=2)
    run(organisation)
    board = queries.board(organisation.id)
    outside = [row.signup for row in board.left_out]
    for proposal in board.proposals:
        fitting = set(queries.who_fits(proposal, outside, now))
        for person in outside:
            members = proposal.placed
            proposal.placed = [*members, ProposalSeat(signup=person)]
            plain = [fault for fault in faults([proposal]) if str(person.id) in fault]
            proposal.placed = members
            assert (person in fitting) == (plain == []) or proposal.joins_id


def test_where_each_could_go_is_the_same_asked_the_other_way_round(organisation, run, now):
    invent(organisation, now, seed=3)
    run(organisation)
    board = queries.board(organisation.id)
    outside = [row.signup for row in board.left_out]
    where = queries.where_fits(organisation.id, [person.id for person in outside], board.proposals, now)
    for proposal in board.proposals:
        fitting = {person.id for person in queries.who_fits(proposal, outside, now)}
        assert fitting == {id for id, proposals in where.items() if proposal in proposals}

"""Open groups, clashes between proposals, and the queue: the corners of checking and deciding."""

from datetime import timedelta

import pytest

from rundbord.groups.models import Group, Meeting, Offer
from rundbord.kernel import clock, tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.kernel.worker import queue
from rundbord.matching import actions, queries
from rundbord.matching.check import Desk
from rundbord.matching.models import Proposal, ProposalSeat
from rundbord.matching.problem import build
from rundbord.matching.rules import RunState
from rundbord.organisations.actions import change_setting, serve_places
from rundbord.signups.models import SignUp
from tests.factories.matching import TUESDAY_EVENING, county, people, room, starter
from tests.factories.organisations import place
from tests.matching.test_problem import group

pytestmark = pytest.mark.django_db


def joining(organisation, run, now, *, seated=6, comes=(), **facts):
    """A proposal for a seat in an open group."""
    made = group(organisation, now, people(organisation, seated, state="placed"), **facts)
    people(organisation, 1, **({"physical": False, "digital": True} | dict(comes)))
    run(organisation)
    return made, next(iter(queries.board(organisation.id).proposals), None)


def meeting(made, starts_at, state="planned"):
    with tenancy.scope(made.organisation_id):
        ends_at = starts_at + timedelta(hours=2)
        times = {"planned_for": starts_at, "starts_at": starts_at, "ends_at": ends_at, "series": made.id}
        Meeting.objects.create(
            organisation_id=made.organisation_id, group=made, number=1, state=state, **times
        )


@pytest.mark.parametrize(("days", "takes"), [(2, False), (4, True)])
def test_a_group_about_to_start_takes_people_while_there_is_time_to_answer(organisation, now, days, takes):
    made = group(organisation, now, people(organisation, 6, state="placed"), state="starting")
    meeting(made, now + timedelta(days=days))
    assert bool(build(organisation.id, now)[0]["open_groups"]) == takes


def test_after_the_first_meeting_nobody_comes_in(organisation, now):
    made = group(organisation, now, people(organisation, 6, state="placed"), state="starting")
    meeting(made, now - timedelta(days=1), "held")
    assert build(organisation.id, now)[0]["open_groups"] == []


@pytest.mark.parametrize(
    ("facts", "comes"),
    [
        ({"women_only": True}, {"gender": "m"}),
        ({"young_only": True}, {"age_band": "46-60"}),
        ({"language": "pl"}, {}),
        ({"focus": "grief"}, {}),
        ({"slot": 4}, {}),
        ({}, {"women_only": True, "gender": "f"}),
        ({}, {"discretion": 2}),
        ({}, {"digital": False, "physical": True}),
    ],
)
def test_who_does_not_fit_an_open_group_is_not_proposed_for_it(organisation, run, now, facts, comes):
    _made, proposal = joining(organisation, run, now, comes=comes, **facts)
    assert proposal is None


def test_an_open_group_in_a_room_is_as_far_as_its_room(organisation, run, now):
    where = room(organisation, place=place("5501"), capacity=12)
    _made, none = joining(
        organisation, run, now, digital=False, room=where, comes={"physical": True, "digital": False}
    )
    assert none is None
    with tenancy.scope(organisation.id):
        SignUp.objects.filter(state="waiting").update(place=place("5501"))
    run(organisation, now + timedelta(hours=1))
    [proposal] = queries.board(organisation.id).proposals
    assert (proposal.room, proposal.digital, proposal.starter) == (where, False, None)
    assert queries.recheck(proposal, now).broken == []


def test_a_recheck_of_a_seat_in_a_group_that_has_closed(organisation, run, now):
    made, proposal = joining(organisation, run, now)
    assert queries.recheck(proposal, now).broken == []
    with tenancy.scope(organisation.id):
        Group.objects.filter(pk=made.pk).update(state="paused")
    assert [each.rule for each in queries.recheck(proposal, now).broken] == ["unknown"]


def test_more_than_the_places_left_cannot_be_put_in(organisation, run, by, now):
    _made, proposal = joining(organisation, run, now, seated=7)
    [extra] = people(organisation, 1, physical=False, digital=True)
    with pytest.raises(actions.RulesBroken) as refused:
        actions.move_person(signup=extra, to=proposal, to_version=1, by=by, now=now)
    assert "free-places" in {each.rule for each in refused.value.broken}


def test_somebody_is_put_into_an_open_group_by_hand(organisation, run, by, now):
    made, proposal = joining(organisation, run, now)
    [extra] = people(organisation, 1, physical=False, digital=True)
    actions.move_person(signup=extra, to=proposal, to_version=1, by=by, now=now)
    actions.approve(proposal=proposal, version=2, by=by, now=now)
    with tenancy.scope(organisation.id):
        assert Offer.objects.filter(group=made, signup=extra).exists()
        assert Offer.objects.filter(group=made).count() == 2


def test_the_frame_of_an_open_group_is_its_own(organisation, run, by, now):
    _made, proposal = joining(organisation, run, now)
    for change in (
        lambda: actions.swap_starter(
            proposal=proposal, starter=starter(organisation), version=1, by=by, now=now
        ),
        lambda: actions.change_room(proposal=proposal, room=room(organisation), version=1, by=by, now=now),
    ):
        with pytest.raises(actions.StaleProposal):
            change()


def test_a_digital_group_is_where_the_organisation_is(organisation, run, by, now):
    serve_places(organisation=organisation, codes=["3105", "3107"], by=SYSTEM, now=now)
    people(organisation, 6, physical=False, digital=True, self_start_ok=True, place=place("5501"))
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    made = actions.approve(proposal=proposal, version=1, by=by, now=now)
    assert (made.digital, made.place_id, made.self_start, made.room) == (True, "3105", True, None)


def test_without_an_area_it_is_where_most_live(organisation, run, by, now):
    wish = {"physical": False, "digital": True, "self_start_ok": True}
    people(organisation, 4, place=place("5501"), **wish)
    people(organisation, 2, place=place("3105"), **wish)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    assert actions.approve(proposal=proposal, version=1, by=by, now=now).place_id == "5501"


def test_no_group_starts_by_itself_where_that_is_not_wished(organisation, run, now):
    change_setting(organisation=organisation, key="self_start", value=False, by=SYSTEM, now=now)
    people(organisation, 6, physical=False, digital=True, self_start_ok=True)
    assert run(organisation).placed == 0


def test_a_group_for_women_gets_a_woman_as_starter(organisation, run):
    starter(organisation, woman=None)
    hers = starter(organisation, woman=True)
    room(organisation)
    people(organisation, 6, women_only=True, gender="f")
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    assert (proposal.women_only, proposal.starter) == (True, hers)


def test_what_two_proposals_count_on_is_a_clash(organisation, run, now):
    county(organisation, 8)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    members = [seat.signup_id for seat in proposal.placed]
    with tenancy.scope(organisation.id):
        other = Proposal.objects.get(pk=proposal.pk)
    desk = Desk(organisation.id, now)
    rules = {each.rule for each in desk.clashes([(proposal, members), (other, members)])}
    assert rules == {"once", "room-once", "starter-once", "starter-capacity"}
    assert desk.clashes([(proposal, members)]) == []


def test_the_queue_carries_a_run_out(organisation, by, now):
    county(organisation, 6)
    queued = actions.start_run(organisation=organisation, by=by, now=now)
    about = {"organisation_id": str(organisation.id), "run_id": str(queued.id)}
    paths = []
    while job := queue.claim("a-worker", clock.now()):
        assert about.items() <= job.args_kwargs["kwargs"].items()
        paths.append(job.task_path.rpartition(".")[2])
        queue.run(job)
    assert paths == ["run", "part", "turn"]
    assert queries.run(organisation.id, queued.id).state == RunState.DONE


def test_a_failed_run_is_not_tried_again_behind_the_humans_back(organisation, by, now, monkeypatch):
    queued = actions.start_run(organisation=organisation, by=by, now=now)
    job = queue.claim("a-worker", clock.now())
    monkeypatch.setattr("rundbord.matching.problem.build", lambda *_, **__: 1 // 0)
    queue.run(job)
    monkeypatch.undo()
    assert queries.run(organisation.id, queued.id).state == RunState.FAILED
    queue.run(job)
    assert queries.run(organisation.id, queued.id).state == RunState.FAILED


def test_other_settings_change_what_is_proposed(organisation, run, now):
    county(organisation, 5)
    change_setting(organisation=organisation, key="group_window_low", value=5, by=SYSTEM, now=now)
    done = run(organisation)
    assert (done.placed, done.settings["policy"]["min_size"]) == (5, 5)


def test_a_smaller_ceiling_holds_for_the_machine_and_for_hands(organisation, run, by, now):
    change_setting(organisation=organisation, key="group_ceiling", value=6, by=SYSTEM, now=now)
    county(organisation, 8)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    assert len(proposal.placed) == 6
    with pytest.raises(actions.RulesBroken):
        actions.move_person(signup=proposal.reserves[0].signup, to=proposal, to_version=1, by=by, now=now)


def test_a_person_can_be_in_one_proposal_and_reserve_in_none_of_hers(organisation, run):
    county(organisation, 12, slots=[TUESDAY_EVENING])
    run(organisation)
    with tenancy.scope(organisation.id):
        rows = ProposalSeat.objects.values_list("proposal", "signup")
        assert len(set(rows)) == len(rows) == 8 + 4

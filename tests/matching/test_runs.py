"""Runs of the real engine: what is stored, who is left out, one at a time, and when one fails."""

import json
from datetime import timedelta

import pytest

from rundbord.engine import rules as engine
from rundbord.engine.problem import load
from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter
from rundbord.matching import actions, problem, queries, solving
from rundbord.matching.actions.runs import parting
from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat, RunPart
from rundbord.matching.problem.fit import as_group
from rundbord.matching.rules import ProposalState, RunState
from rundbord.signups.models import SignUp
from tests.factories.matching import TUESDAY_EVENING, WEDNESDAY_EVENING, county, people, room, starter
from tests.factories.organisations import place

pytestmark = pytest.mark.django_db


def seated(run):
    with tenancy.scope(run.organisation_id):
        rows = ProposalSeat.objects.filter(proposal__run=run, reserve_rank__isnull=True)
        return sorted(rows.values_list("signup_id", flat=True))


def left(run):
    with tenancy.scope(run.organisation_id):
        return sorted(LeftOut.objects.filter(run=run).values_list("signup_id", flat=True))


def ids(rows):
    return sorted(row.id for row in rows)


def test_eight_who_fit_become_one_proposal(organisation, run):
    everybody = county(organisation, 8)
    done = run(organisation)
    assert (done.state, done.progress, done.people, done.placed) == (RunState.DONE, 100, 8, 8)
    [proposal] = queries.board(organisation.id).proposals
    assert (proposal.slot, proposal.focus, proposal.language, proposal.digital) == (
        TUESDAY_EVENING, "mixed", "no", False,
    )  # fmt: skip
    assert proposal.starter is not None and proposal.room is not None
    assert ids(seat.signup for seat in proposal.placed) == ids(everybody)


def test_too_few_are_left_out_with_a_reason(organisation, run):
    everybody = county(organisation, 5)
    done = run(organisation)
    assert (done.placed, seated(done), left(done)) == (0, [], ids(everybody))
    assert {row.reason for row in queries.board(organisation.id).left_out} == {"too_few_people"}


def test_everybody_is_in_a_proposal_or_left_out_and_never_both(organisation, twin, run):
    ours = [
        *county(organisation, 9),
        *people(organisation, 7, slots=[WEDNESDAY_EVENING], physical=False, digital=True, self_start_ok=True),
        *people(organisation, 2, languages=["pl"]),
        *people(organisation, 1, slots=[]),
        *people(organisation, 3, place=place("5501"), max_km=5),
    ]
    county(twin, 12)
    done = run(organisation)
    assert sorted(seated(done) + left(done)) == ids(ours)
    assert done.placed == len(seated(done)) == len(set(seated(done))) >= 14


def test_proposals_keep_every_hard_rule(organisation, run, now):
    county(organisation, 9)
    people(organisation, 4, place=place("3103"), slots=[WEDNESDAY_EVENING, 4], women_only=True, gender="f")
    people(organisation, 8, focus=["grief", "mixed"], slots=[4], gender="f", women_only=True)
    starter(organisation, slots=[4], woman=True)
    room(organisation, slots=[4], capacity=9)
    run(organisation)
    instance, keys = problem.build(organisation.id, now)
    groups = [
        as_group(each, [seat.signup_id for seat in each.placed], keys)
        for each in queries.board(organisation.id).proposals
    ]
    assert len(groups) == 2
    assert engine.violations(load(instance), {"groups": groups, "joins": []}) == []


def test_seats_by_plain_facts(organisation, run):
    """The same without the engine's own rules: what anybody can see in the rows."""
    county(organisation, 9)
    people(organisation, 9, slots=[4], physical=False, digital=True, self_start_ok=True, focus=["grief"])
    run(organisation)
    for proposal in queries.board(organisation.id).proposals:
        assert 6 <= len(proposal.placed) <= 8
        for seat in proposal.placed:
            person = seat.signup
            assert proposal.slot in person.slots and proposal.focus in person.focus
            assert proposal.language in person.languages
            assert person.digital if proposal.digital else person.physical
            assert proposal.starter_id or person.self_start_ok


def test_the_twins_people_never_enter(organisation, twin, run):
    ours = county(organisation, 7)
    county(twin, 7)
    done = run(organisation)
    assert seated(done) == ids(ours)
    assert queries.board(twin.id).proposals == [] and queries.latest_run(twin.id) is None


def test_how_it_fits_each_person_is_stored(organisation, run):
    county(organisation, 6, max_km=30)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    for seat in proposal.placed:
        assert seat.fit == {
            "slot_liking": 1, "frame_rank": 0, "distance_m": 0, "max_m": 30_000, "mode_first": True,
            "wait_weeks": seat.fit["wait_weeks"], "if_left": "falls_below_min",
        }  # fmt: skip
    assert proposal.reasons["shared_slots"] == [TUESDAY_EVENING, WEDNESDAY_EVENING]


def test_who_could_fill_in_is_named_in_order(organisation, run):
    county(organisation, 10)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    assert [seat.reserve_rank for seat in proposal.reserves] == [1, 2]
    assert {seat.signup_id for seat in proposal.reserves} == {
        row.signup_id for row in queries.board(organisation.id).left_out
    }


def test_the_one_change_that_would_help_is_stored_in_our_words(organisation, run):
    room(organisation)
    people(organisation, 6)
    done = run(organisation)
    with tenancy.scope(organisation.id):
        row = LeftOut.objects.filter(run=done).first()
    assert row.reason == "no_starter"
    assert (row.change["code"], row.change["slot"]) == ("starter", TUESDAY_EVENING)
    assert (row.change["muni"], row.change["place"]) == ("3107", "Fredrikstad")
    assert (row.change["frame"], row.change["lang"]) == ("mixed", "no")
    assert done.levers[0]["code"] == "starter" and done.levers[0]["place"] == "Fredrikstad"


def test_at_most_more_is_nobody_when_all_are_placed(organisation, run):
    county(organisation, 8)
    assert run(organisation).at_most_more == 0


def test_at_most_more_is_a_proven_limit(organisation, run):
    county(organisation, 13)  # one starter, one room: eight at most
    done = run(organisation)
    assert (done.placed, done.at_most_more) == (8, 0)


def test_an_open_place_takes_one(organisation, run, now):
    from tests.matching.test_problem import group

    made = group(organisation, now, people(organisation, 6, state="placed"))
    [comes] = people(organisation, 1, physical=False, digital=True)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    assert proposal.joins == made and proposal.digital
    assert [seat.signup_id for seat in proposal.placed] == [comes.id]


def test_what_is_decided_stays(organisation, run, by, now):
    county(organisation, 8)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    actions.dismiss(proposal=proposal, version=proposal.version, by=by, now=now)
    run(organisation, now + timedelta(hours=1))
    assert queries.proposal(organisation.id, proposal.id).state == ProposalState.DISMISSED


@pytest.fixture
def while_searching(monkeypatch):
    """Something happens when the engine has its answer and nothing is written yet."""

    def then(what):
        solve = solving.solve

        def searched(*args, **kwargs):
            found = solve(*args, **kwargs)
            what()
            return found

        monkeypatch.setattr(solving, "solve", searched)

    return then


def test_somebody_who_leaves_while_the_engine_works_is_left_away(organisation, run, while_searching):
    everybody = county(organisation, 6)
    while_searching(lambda: SignUp.objects.filter(pk=everybody[0].pk).update(state="withdrawn"))
    done = run(organisation)
    assert (seated(done), left(done)) == ([], ids(everybody[1:]))
    assert {row.reason for row in queries.left_out(done)} == {"changed"}


def test_pressing_twice_starts_one(organisation, by, now):
    first = actions.start_run(organisation=organisation, by=by, now=now)
    again = actions.start_run(organisation=organisation, by=by, now=now)
    with tenancy.scope(organisation.id):
        assert first == again and MatchRun.objects.count() == 1
        assert Counter.objects.get(counter="run-queued").value == 1


def test_two_organisations_run_at_the_same_time(organisation, twin, by, now):
    first = actions.start_run(organisation=organisation, by=by, now=now)
    assert actions.start_run(organisation=twin, by=by, now=now) != first


def test_a_run_given_up_long_ago_does_not_stop_the_next(organisation, by, now):
    lost = actions.start_run(organisation=organisation, by=by, now=now)
    later = now + timedelta(hours=2)
    assert actions.start_run(organisation=organisation, by=by, now=later) != lost
    assert queries.run(organisation.id, lost.id).state == RunState.FAILED


def test_a_run_that_is_over_is_not_run_again(organisation, run, now):
    done = run(organisation)
    assert actions.run_now(run_id=done.id, organisation_id=organisation.id, now=now) is None


def test_a_run_whose_worker_was_lost_is_begun_anew(organisation, by, now):
    county(organisation, 6)
    queued = actions.start_run(organisation=organisation, by=by, now=now)
    with tenancy.scope(organisation.id):
        MatchRun.objects.filter(pk=queued.pk).update(state="running", started_at=now, progress=40)
    done = actions.run_now(run_id=queued.id, organisation_id=organisation.id, now=now + timedelta(minutes=4))
    assert done.state == RunState.DONE and len(seated(done)) == 6


def test_a_worker_whose_run_was_given_up_writes_nothing_when_it_wakes(organisation, by, now, while_searching):
    county(organisation, 6)
    queued = actions.start_run(organisation=organisation, by=by, now=now)
    while_searching(lambda: MatchRun.objects.filter(pk=queued.pk).update(state="failed"))
    assert actions.run_now(run_id=queued.id, organisation_id=organisation.id, now=now) is None
    with tenancy.scope(organisation.id):
        assert Proposal.objects.count() == 0


def test_a_run_that_fails_says_so_and_the_next_can_start(organisation, by, now, run, monkeypatch):
    county(organisation, 6)
    queued = actions.start_run(organisation=organisation, by=by, now=now)
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(solving, "solve", lambda *args, **kwargs: 1 // 0)
        actions.run_now(run_id=queued.id, organisation_id=organisation.id, now=now)
    assert queries.run(organisation.id, queued.id).state == RunState.FAILED
    assert run(organisation).placed == 6


def test_progress_is_saved_and_never_goes_past_what_is_done(organisation, by, now, monkeypatch):
    county(organisation, 6)
    queued = actions.start_run(organisation=organisation, by=by, now=now)
    monkeypatch.setattr(parting, "SAVE_EVERY", 0)
    seen, solve = [], solving.solve

    def watched(problem, *, progress, **budget):
        for share in (0.0, 0.5, 1.0):
            progress(share, 0, None)
            seen.append(queries.progress(queries.run_under_way(organisation.id)))
        return solve(problem, progress=progress, **budget)

    monkeypatch.setattr(solving, "solve", watched)
    actions.run_now(run_id=queued.id, organisation_id=organisation.id, now=now)
    assert seen == [0, 40, 79]
    assert queries.run_under_way(organisation.id) is None


def test_progress_is_saved_twice_a_second_at_most(django_assert_max_num_queries):
    tell = parting._teller(RunPart())
    with django_assert_max_num_queries(0):
        for per_cent in range(100):
            tell(per_cent)


def test_the_same_people_give_the_same_proposals(organisation, run, now):
    county(organisation, 14)
    first, second = seated(run(organisation)), seated(run(organisation, now + timedelta(hours=1)))
    assert first == second


def test_nobody_waits_is_a_run_too(organisation, run):
    done = run(organisation)
    assert (done.state, done.people, done.placed, done.at_most_more) == (RunState.DONE, 0, 0, 0)


def test_nothing_said_about_a_topic_can_be_read_in_the_rows(organisation, run):
    county(organisation, 9, focus=["grief"])
    done = run(organisation)
    with tenancy.scope(organisation.id):
        plain = json.dumps(list(MatchRun.objects.values("settings")), default=str)
        sealed = [
            *Proposal.objects.values_list("focus", flat=True),
            *LeftOut.objects.values_list("change", flat=True),
        ]
    assert "grief" not in plain and done.placed == 8
    assert not any(isinstance(value, str) for value in sealed)

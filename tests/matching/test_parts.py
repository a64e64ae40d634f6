"""A run in parts: every step by itself, in any order, twice, and lost on the way."""

import pytest

from rundbord.kernel import clock, tenancy
from rundbord.kernel.models import WorkerBeat
from rundbord.kernel.timeline import SYSTEM
from rundbord.kernel.worker import queue
from rundbord.matching import actions, queries
from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat, RunPart, RunRecord
from rundbord.matching.rules import PartKind, PartState, ProposalState, RunState, per_cent, seconds_for
from rundbord.organisations.actions import change_setting
from rundbord.signups.models import SignUp
from tests.factories.matching import county
from tests.matching.plain import faults
from tests.matching.shared import SMALL, TOWNS, parts, town, valley

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(settings, organisation, now):
    settings.RUNDBORD_MATCH_SIZES = SMALL
    change_setting(organisation=organisation, key="match_seconds", value=2, by=SYSTEM, now=now)


@pytest.fixture
def queued(organisation, by, now):
    """A run that waits for a worker."""

    def start():
        return actions.start_run(organisation=organisation, by=by, now=now)

    return start


def step(run, verb, now, **about):
    return getattr(actions, verb)(run_id=run.id, organisation_id=run.organisation_id, now=now, **about)


def work(now):
    """Everything in the queue, as one worker does it; what it was."""
    paths = []
    while job := queue.claim("a-worker", clock.now()):
        paths.append(job.task_path.rpartition(".")[2])
        queue.run(job)
    return paths


def sound(organisation, waiting):
    """Every proposal holds by plain facts, and everybody is in one or left out, never both."""
    with tenancy.scope(organisation.id):
        run, proposals = queries.latest_run(organisation.id), queries.board(organisation.id).proposals
        seated = [seat.signup_id for proposal in proposals for seat in proposal.placed]
        left = set(LeftOut.objects.filter(run=run).values_list("signup_id", flat=True))
    assert faults(proposals) == []
    assert len(seated) == len(set(seated)) and not left & set(seated)
    assert left | set(seated) == {person.id for person in waiting}
    return run


def test_towns_apart_are_solved_apart_and_the_bound_adds_up(organisation, queued, now):
    waiting = [one for code in TOWNS for one in town(organisation, code)]
    run = queued()
    assert work(now) == ["run", "part", "part", "part", "part", "turn"]
    done = sound(organisation, waiting)
    assert (done.id, done.placed, done.at_most_more, done.round, done.rounds) == (run.id, 32, 0, 0, 1)
    assert done.score == done.bound == sum(part.score for part in parts(run))
    assert [part.people for part in parts(run)] == [9, 9, 9, 9]


def test_a_large_part_is_cut_into_blocks_in_two_rounds_with_a_bound_beside(organisation, queued, now):
    waiting = valley(organisation)
    run = queued()
    assert work(now) == ["run", *["part"] * 4, "turn", *["part"] * 3, "turn"]
    done = sound(organisation, waiting)
    kinds = [(part.round, part.kind, part.proves) for part in parts(run)]
    assert kinds.count((0, PartKind.BOUND, True)) == 1
    assert set(kinds) - {(0, PartKind.BOUND, True)} == {(n, PartKind.SEARCH, False) for n in (0, 1)}
    assert done.placed >= 28 and done.score <= done.bound
    assert done.placed + done.at_most_more <= len(waiting)


def test_what_a_part_is_given_goes_when_the_run_is_over_and_its_answer_stays(organisation, queued, now):
    valley(organisation)
    run = queued()
    step(run, "plan_run", now)
    assert all(part.given for part in parts(run))
    work(now)
    assert not any(part.given for part in parts(run)) and all(part.result for part in parts(run))


def test_every_step_may_be_done_twice(organisation, queued, now):
    waiting = valley(organisation)
    run = queued()
    for _ in range(2):
        step(run, "plan_run", now)
    count = len(parts(run))
    for part in parts(run) * 2:
        step(run, "carry_out_part", now, part_id=part.id)
    for _ in range(2):
        step(run, "turn_run", now, round=0)
    work(now)
    sound(organisation, waiting)
    assert len([part for part in parts(run) if part.round == 0]) == count
    with tenancy.scope(organisation.id):
        assert RunRecord.objects.count() == 1


def test_a_round_ends_only_when_its_last_part_is_done(organisation, queued, now):
    for code in TOWNS:
        town(organisation, code)
    run = queued()
    step(run, "plan_run", now)
    for part in parts(run)[1:]:
        step(run, "carry_out_part", now, part_id=part.id)
        assert step(run, "turn_run", now, round=0) is None
    assert queries.run(organisation.id, run.id).state == RunState.RUNNING
    step(run, "carry_out_part", now, part_id=parts(run)[0].id)
    assert step(run, "turn_run", now, round=0).state == RunState.DONE


def test_a_part_whose_worker_was_lost_is_taken_up_by_another(organisation, queued, now):
    waiting = [one for code in TOWNS for one in town(organisation, code)]
    run = queued()
    queue.run(queue.claim("first", clock.now()))
    lost = queue.claim("first", clock.now())
    part_id = lost.args_kwargs["kwargs"]["part_id"]
    with tenancy.scope(organisation.id):
        begun = {"state": PartState.RUNNING, "started_at": now, "progress": 40}
        RunPart.objects.filter(pk=part_id).update(**begun)
    WorkerBeat.objects.all().delete()
    assert "turn" not in work(now)  # the others are done, this one is missing
    assert queries.progress(queries.run(organisation.id, run.id)) == 68
    assert queue.reap(clock.now()) == 1
    lost.refresh_from_db()
    type(lost).objects.filter(pk=lost.pk).update(run_after=clock.now())
    assert work(now) == ["part", "turn"]
    sound(organisation, waiting)


def test_progress_is_that_of_its_parts_by_their_people(organisation, queued, now):
    town(organisation, TOWNS[0], 9)
    town(organisation, TOWNS[1], 27)
    run = queued()
    assert queries.progress(run) == 0
    step(run, "plan_run", now)
    small_part = next(part for part in parts(run) if part.people == 9)
    step(run, "carry_out_part", now, part_id=small_part.id)
    run = queries.run(organisation.id, run.id)
    done = [(part.people, 100 * (part.people == 9)) for part in parts(run)]
    assert queries.progress(run) == per_cent(done, 0, run.rounds)
    assert 0 < queries.progress(run) < 40


def test_per_cent_counts_people_and_rounds():
    assert per_cent([], 0, 1) == 0
    assert per_cent([(100, 50), (300, 50)], 0, 1) == 40
    assert per_cent([(100, 100), (300, 0)], 0, 1) == 20
    assert per_cent([(100, 100), (300, 0)], 1, 2) == 50
    assert per_cent([(0, 100)], 0, 1) == 80


def test_more_people_have_more_time():
    assert [seconds_for(n, 10) for n in (0, 400, 401, 10_000)] == [10, 10, 20, 250]


def test_nobody_who_could_be_in_any_group(organisation, queued, now):
    waiting = county(organisation, 3, slots=[4]) + county(organisation, 5, slots=[19])
    run = queued()
    assert work(now) == ["run", "turn"]
    assert sound(organisation, waiting).id == run.id


def test_drafts_are_seen_by_nobody(organisation, queued, now, monkeypatch):
    county(organisation, 8)
    run = queued()
    step(run, "plan_run", now)
    step(run, "carry_out_part", now, part_id=parts(run)[0].id)
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr("rundbord.matching.actions.runs.finishing.open_drafts", lambda *_: 1 // 0)
        step(run, "turn_run", now, round=0)
    board = queries.board(organisation.id)
    assert (board.proposals, board.left_out, queries.open_count(organisation.id)) == ([], [], 0)
    with tenancy.scope(organisation.id):
        assert Proposal.objects.get().state == ProposalState.DRAFT


def test_who_leaves_between_writing_and_opening_is_in_no_proposal(organisation, queued, now, monkeypatch):
    from rundbord.matching.actions.runs import finishing

    everybody = county(organisation, 8)
    opening = finishing.open_drafts

    def meanwhile(*about):
        SignUp.objects.filter(pk__in=[one.pk for one in everybody[:gone]]).update(state="withdrawn")
        return opening(*about)

    monkeypatch.setattr(finishing, "open_drafts", meanwhile)
    for gone, placed in ((2, 6), (3, 0)):
        with tenancy.scope(organisation.id):
            SignUp.objects.update(state="waiting")
            Proposal.objects.all().delete()
        queued()
        work(now)
        with tenancy.scope(organisation.id):
            there = set(
                ProposalSeat.objects.filter(proposal__state="open").values_list("signup_id", flat=True)
            )
        assert len(there) == placed and not there & {one.pk for one in everybody[:gone]}
        run = queries.latest_run(organisation.id)
        left = {row.signup_id: row.reason for row in queries.left_out(run)}
        assert left == ({} if placed else {one.pk: "changed" for one in everybody[gone:]})


def test_a_run_given_up_stops_its_parts(organisation, queued, now):
    valley(organisation)
    run = queued()
    step(run, "plan_run", now)
    with tenancy.scope(organisation.id):
        MatchRun.objects.update(state=RunState.FAILED)
    assert set(work(now)) == {"run", "part"}
    assert {part.state for part in parts(run)} == {PartState.WAITING}

"""A run done over again from its record: the same groups, or it says why not."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from rundbord.kernel import tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import actions, personal_data, queries
from rundbord.matching.models import MatchRun, RunPart, RunRecord
from rundbord.matching.problem.frozen import pack, unpack
from rundbord.matching.rules import RunState
from rundbord.organisations.actions import change_setting
from rundbord.signups.models import SignUp
from tests.factories.matching import county, people
from tests.matching.shared import SMALL, parts, valley
from tests.matching.test_counties import invent

pytestmark = pytest.mark.django_db
LATER = timedelta(days=15)


def record(run):
    with tenancy.scope(run.organisation_id):
        return RunRecord.objects.filter(run=run).first()


def spoil(run, **changes):
    with tenancy.scope(run.organisation_id):
        row = RunRecord.objects.get(run=run)
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()


@pytest.mark.parametrize("seed", range(2))
def test_a_run_gives_the_same_groups_again_after_everything_has_changed(organisation, run, now, seed):
    invent(organisation, now, seed)
    done = run(organisation)
    with tenancy.scope(organisation.id):
        SignUp.objects.update(slots=[1], state="withdrawn")
    found = actions.reproduce(done)
    assert (found.same, found.engine, found.parts) == (True, True, 1)
    assert found.groups == len(unpack(record(done).solution)["groups"])


def test_one_in_parts_and_rounds_too_and_the_second_look_after_it(organisation, run, settings, now):
    settings.RUNDBORD_MATCH_SIZES = SMALL
    change_setting(organisation=organisation, key="match_seconds", value=2, by=SYSTEM, now=now)
    waiting = valley(organisation)
    first = run(organisation)
    with tenancy.scope(organisation.id):
        SignUp.objects.filter(pk=waiting[3].pk).update(state="withdrawn")
    second = run(organisation, now + timedelta(hours=1))
    settings.RUNDBORD_MATCH_SIZES = {"few": 400, "most": 2500}
    for done, count in ((first, 7), (second, 2)):
        found = actions.reproduce(done)
        assert (found.same, found.parts) == (True, count)


def test_other_people_would_be_another_answer(organisation, run):
    county(organisation, 9)
    done = run(organisation)
    instance = unpack(record(done).instance)
    instance["seekers"][0]["slots"] = {}
    spoil(done, instance=pack(instance))
    assert not actions.reproduce(done).same


def test_another_engine_is_said(organisation, run, capsys):
    county(organisation, 8)
    done = run(organisation)
    spoil(done, engine="0000 numpy 1")
    call_command("matching", "reproduce", str(done.id))
    assert capsys.readouterr().out == (
        "The same: 1 groups, 1 parts, seed 1, ANOTHER engine or library than then.\n"
    )


def test_the_command_fails_where_it_is_not_the_same(organisation, run):
    county(organisation, 8)
    done = run(organisation)
    solution = unpack(record(done).solution)
    solution["groups"][0]["members"].pop()
    spoil(done, solution=pack(solution))
    with pytest.raises(CommandError, match=r"Not the same: 1 groups, 1 parts, seed 1, the same engine\."):
        call_command("matching", "reproduce", str(done.id))


@pytest.mark.parametrize("told", ["nonsense", "11111111-1111-4111-8111-111111111111"])
def test_the_command_knows_no_such_run(db, told):
    with pytest.raises(CommandError, match="There is no run"):
        call_command("matching", "reproduce", told)


def test_the_record_is_sealed_and_names_nobody(organisation, run):
    county(organisation, 8, focus=["grief"], first_name="Kanarifugl")
    done = run(organisation)
    with tenancy.scope(organisation.id):
        [row] = RunRecord.objects.values("instance", "ids", "solution")
        given = list(RunPart.objects.values_list("given", "result"))
    assert not any(isinstance(value, str) for value in [*row.values(), *given[0]])
    assert "Kanarifugl" not in json.dumps(unpack(record(done).instance))


def test_it_goes_with_what_it_is_about(organisation, run, now):
    county(organisation, 8)
    done = run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    with tenancy.everywhere("as the retention clock does"):
        personal_data.clear(now + LATER)
    assert record(done) is not None  # the proposal still waits
    actions.dismiss(proposal=proposal, version=1, by=SYSTEM, now=now)
    with tenancy.everywhere("as the retention clock does"):
        personal_data.clear(now + LATER)
    assert record(done) is None and [part.result for part in parts(done)] == [None]
    with translation.override("en"), pytest.raises(CommandError, match="no record"):
        call_command("matching", "reproduce", str(done.id))


def test_an_erased_persons_runs_have_no_record_and_others_keep_theirs(organisation, run, now):
    everybody = county(organisation, 8)
    old = run(organisation)
    with tenancy.scope(organisation.id):
        SignUp.objects.filter(pk=everybody[0].pk).update(state="withdrawn")
    new = run(organisation, now + timedelta(hours=1))
    with tenancy.scope(organisation.id):
        personal_data.erase(everybody[0].id, now)
    assert record(old) is None and [part.result for part in parts(old)] == [None]
    assert record(new) is not None


def test_a_member_of_an_open_group_is_in_the_record_too(organisation, run, now):
    from tests.matching.test_problem import group

    seated = people(organisation, 6, state="placed")
    group(organisation, now, seated)
    people(organisation, 1, physical=False, digital=True)
    done = run(organisation)
    with tenancy.scope(organisation.id):
        personal_data.erase(seated[2].id, now)
    assert record(done) is None


def test_a_run_under_way_ends_when_somebody_in_it_is_erased(organisation, by, now, run):
    everybody = county(organisation, 8)
    queued = actions.start_run(organisation=organisation, by=by, now=now)
    actions.plan_run(run_id=queued.id, organisation_id=organisation.id, now=now)
    with tenancy.scope(organisation.id):
        personal_data.erase(everybody[0].id, now)
        assert MatchRun.objects.get(pk=queued.pk).state == RunState.FAILED
    assert actions.run_now(run_id=queued.id, organisation_id=organisation.id, now=now) is None

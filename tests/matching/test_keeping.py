"""What is kept and for how long, every column with its rule; and the command line."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from rundbord.kernel import tenancy
from rundbord.matching import actions, personal_data, queries
from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat
from tests.factories.matching import county

pytestmark = pytest.mark.django_db
LATER = timedelta(days=15)


def cleared(at):
    with tenancy.everywhere("as the retention clock does"):
        return personal_data.clear(at)


def numbers(organisation):
    with tenancy.scope(organisation.id):
        return {
            model.__name__: model.objects.count() for model in (MatchRun, Proposal, ProposalSeat, LeftOut)
        }


def test_every_column_has_a_rule():
    for model in apps.get_app_config("matching").get_models():
        columns = {field.name for field in model._meta.concrete_fields}
        assert columns == set(personal_data.DECLARED[model.__name__])


def test_old_runs_go_with_all_they_proposed(organisation, run, now):
    county(organisation, 10)
    run(organisation)
    newest = run(organisation, now + LATER)
    assert cleared(now + LATER) == 1
    assert numbers(organisation) == {"MatchRun": 1, "Proposal": 1, "ProposalSeat": 10, "LeftOut": 2}
    assert queries.latest_run(organisation.id) == newest


def test_the_newest_run_stays_but_what_was_decided_goes(organisation, run, by, now):
    county(organisation, 8)
    run(organisation)
    [proposal] = queries.board(organisation.id).proposals
    actions.approve(proposal=proposal, version=1, by=by, now=now)
    assert cleared(now + LATER) == 0
    assert numbers(organisation) == {"MatchRun": 1, "Proposal": 0, "ProposalSeat": 0, "LeftOut": 0}


def test_what_waits_for_a_decision_stays(organisation, run, now):
    county(organisation, 8)
    run(organisation)
    cleared(now + LATER)
    assert numbers(organisation)["ProposalSeat"] == 8


def test_nothing_young_is_cleared(organisation, run, now):
    county(organisation, 8)
    run(organisation)
    run(organisation, now + timedelta(days=1))
    assert cleared(now + timedelta(days=2)) == 0
    assert numbers(organisation)["MatchRun"] == 2


def test_an_erased_person_leaves_a_new_version_of_the_proposal(organisation, run, now):
    everybody = county(organisation, 8)
    run(organisation)
    with tenancy.scope(organisation.id):
        personal_data.erase(everybody[0].id, now)
    [proposal] = queries.board(organisation.id).proposals
    assert (proposal.version, len(proposal.placed)) == (2, 7)


def test_the_command_says_what_it_found(organisation, capsys):
    county(organisation, 9)
    call_command("matching", "run", organisation.slug)
    assert capsys.readouterr().out == (
        "8 of 9 people could get a place; at most 0 more. 1 proposals wait for a human. "
        f"Run {queries.latest_run(organisation.id).id}.\n"
    )


def test_the_command_knows_no_such_organisation(db):
    with pytest.raises(CommandError, match="no organisation called nowhere"):
        call_command("matching", "run", "nowhere")

"""The board: every open proposal with its reasons, who is left out and what would help, and the search."""

from datetime import timedelta

from rundbord.kernel import tenancy
from rundbord.matching import actions, queries
from rundbord.matching.models import MatchRun, Proposal, RunPart
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.matching import WEDNESDAY_EVENING, county, people, room, starter
from tests.surfaces.office.addresses import to
from tests.surfaces.office.conftest import page

HX = {"headers": {"HX-Request": "true"}}


def queued(organisation):
    return actions.start_run(organisation=organisation, by=grouping.STAFF, now=NOW)


def test_before_the_first_search_the_next_step_is_said(office):
    assert "Nobody has looked for groups yet." in page(office, to("proposals"))


def test_a_proposal_says_when_where_who_and_why(proposal, office):
    shown = page(office, to("proposals"))
    where = f"{proposal.room.venue.name}, {proposal.room.name}"
    for words in (
        f"Tuesday at 18:00, {where}",
        "Mixed: any life situation",
        "Norwegian",
        f"Started by {proposal.starter.first_name}.",
        "8 people.",
        "Why these people",
        "All 8 can come on Tuesday at 18:00, and at 1 other time.",
        "First choice",
        "Has waited 3 weeks",
        "It found a place for 8 of 8 people.",
        "Nobody more could be placed today.",
    ):
        assert words in shown
    assert shown.count("<strong>K</strong>, Fredrikstad") == 8


def test_names_are_not_on_the_board(proposal, office):
    shown = page(office, to("proposals")) + page(office, to("proposal", proposal.id))
    assert [seat.signup.first_name for seat in proposal.placed if seat.signup.first_name in shown] == []


def test_what_a_human_should_look_at_is_marked(organisation, office, search):
    county(organisation, 7)
    people(organisation, 1, not_with="Min tidligere nabo", age_band="61-75")
    search(organisation)
    shown = page(office, to("proposals"))
    assert "Look at this before you say yes" in shown
    assert "There are 30 years between the youngest and the oldest." in shown
    assert "Has written whom not to meet." in shown
    assert "nabo" not in shown


def test_who_is_left_out_stands_with_the_change_that_would_help(organisation, office, search):
    room(organisation)
    people(organisation, 7)
    people(organisation, 2, slots=[30])
    search(organisation)
    shown = page(office, to("proposals"))
    assert "One more starter on" in shown
    assert "What would help most" in shown
    assert "would place 7 people." in shown
    helped, others = shown.index("would give a place. (7)"), shown.index("the same times. (2)")
    assert helped < others


def test_the_neighbour_s_proposals_are_not_here(proposal, neighbour):
    shown = page(neighbour, to("proposals"))
    assert "Nobody has looked for groups yet." in shown
    assert neighbour.get(to("proposal", proposal.id)).status_code == 404


def test_a_search_starts_once_and_leads_to_its_progress(organisation, office):
    first = office.post(to("run"))
    again = office.post(to("run"))
    assert first.url == again.url
    with tenancy.scope(organisation.id):
        run = MatchRun.objects.get()
    assert first.url == to("run_progress", run.id)
    shown = page(office, first.url)
    assert "Waiting to begin." in shown
    assert 'http-equiv="refresh' not in shown  # a page is not taken away from whoever reads it (WCAG 2.2.1)
    assert "We are looking for groups now" in page(office, to("proposals"))
    assert "We are looking for groups now" in page(office, to("today"))


def test_the_progress_is_in_per_cent_and_can_be_asked_again(organisation, office):
    run = queued(organisation)
    with tenancy.scope(organisation.id):
        MatchRun.objects.update(state="running", progress=40, started_at=NOW)
    assert "40 per cent done." in page(office, to("run_progress", run.id))
    part = office.get(to("run_progress", run.id), **HX).content.decode()
    assert "40 per cent done." in part
    assert "<html" not in part
    assert "hx-trigger" in part


def test_the_per_cent_of_a_shared_search_is_that_of_its_parts_and_survives_a_reload(organisation, office):
    run = queued(organisation)
    with tenancy.scope(organisation.id):
        MatchRun.objects.update(state="running", started_at=NOW)
        for number, (people_, done) in enumerate([(100, 100), (300, 0)]):
            RunPart.objects.create(
                organisation=organisation, run=run, round=0, number=number, people=people_, progress=done,
                seed=1, seconds=10,
            )  # fmt: skip
    for _ in range(2):
        assert "20 per cent done." in page(office, to("run_progress", run.id))


def test_what_a_second_search_changed_is_said(organisation, office, search):
    county(organisation, 8)
    search(organisation)
    assert "Compared with" not in page(office, to("proposals"))
    starter(organisation, slots=[WEDNESDAY_EVENING])
    room(organisation, slots=[WEDNESDAY_EVENING])
    people(organisation, 6, slots=[WEDNESDAY_EVENING])
    search(organisation, NOW + timedelta(hours=1))
    shown = page(office, to("proposals"))
    assert "Compared with the search before: 1 group as before, 1 new." in shown
    assert shown.count(">New<") == 1


def test_a_search_that_did_not_end_is_said_and_another_can_be_started(organisation, office):
    run = queued(organisation)
    with tenancy.scope(organisation.id):
        MatchRun.objects.update(state="failed", finished_at=NOW)
    assert office.get(to("run_progress", run.id)).url == to("proposals")
    shown = page(office, to("proposals"))
    assert "The last search did not come to its end" in shown
    assert "Look for groups now" in shown


def test_a_search_that_is_over_leads_to_the_board(organisation, office, search):
    run = search(organisation)
    assert office.get(to("run_progress", run.id)).url == to("proposals")
    assert office.get(to("run_progress", run.id), **HX).headers["HX-Redirect"] == to("proposals")


def test_who_comes_to_the_search_by_a_link_starts_nothing(organisation, office):
    assert office.get(to("run")).url == to("proposals")
    assert queries.run_under_way(organisation.id) is None


def test_the_neighbour_s_search_is_not_found(organisation, twin, office):
    run = queued(twin)
    assert office.get(to("run_progress", run.id)).status_code == 404


def test_a_seat_in_a_group_that_has_a_place_is_a_proposal_too(organisation, office, search):
    grouping.formed(organisation, people=6)
    people(organisation, 1, slots=[9])
    search(organisation)
    assert "One more in a group that has a place." in page(office, to("proposals"))
    with tenancy.scope(organisation.id):
        joining = Proposal.objects.get()
    assert "Starter and room" not in page(office, to("proposal", joining.id))
    answer = office.post(to("proposal_act", joining.id, "godkjenn"), {"version": 1}, follow=True)
    assert "The offers are on their way." in answer.content.decode()


def test_a_digital_group_without_a_room(organisation, office, search):
    starter(organisation, digital=True, physical=False)
    people(organisation, 7, digital=True, physical=False)
    search(organisation)
    assert "Tuesday at 18:00, Digital" in page(office, to("proposals"))

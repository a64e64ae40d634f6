"""What the office and the person herself read."""

from datetime import timedelta

import pytest
from django.utils import translation

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import actions, queries, tasks, wording
from rundbord.matching.models import LeftOut, MatchRun
from rundbord.signups.models import SignUp
from tests.factories.matching import TUESDAY_EVENING, WEDNESDAY_EVENING, county, people, room, starter
from tests.factories.organisations import place
from tests.matching.test_problem import group

pytestmark = pytest.mark.django_db


def only(organisation):
    [proposal] = queries.board(organisation.id).proposals
    return proposal


@pytest.mark.parametrize("counties", [1, 3])
def test_the_board_costs_the_same_for_many(organisation, run, counties, django_assert_num_queries):
    for number in range(counties):
        starter(organisation, slots=[number])
        room(organisation, slots=[number])
        people(organisation, 8, slots=[number])
    people(organisation, 2 * counties, slots=[30])
    run(organisation)
    with django_assert_num_queries(5):
        board = queries.board(organisation.id)
        for proposal in board.proposals:
            assert proposal.room.venue.place.name and proposal.starter.languages and proposal.run
            assert [seat.signup.place.name for seat in [*proposal.placed, *proposal.reserves]]
        assert [row.signup.place.name for row in board.left_out]
    assert len(board.proposals) == counties and len(board.left_out) == 2 * counties


@pytest.mark.parametrize("number", [1, 3])
def test_checking_all_costs_the_same_for_many(organisation, run, now, number, django_assert_num_queries):
    for at in range(number):
        starter(organisation, slots=[at])
        room(organisation, slots=[at])
        people(organisation, 8, slots=[at])
    run(organisation)
    proposals = queries.board(organisation.id).proposals
    with django_assert_num_queries(8):
        checked = queries.recheck_all(organisation.id, proposals, now)
    assert [each.broken for each in checked.values()] == [[]] * number


def test_the_twins_board_is_its_own(organisation, twin, run, now):
    county(twin, 8)
    run(twin)
    assert queries.board(organisation.id).proposals == []
    assert queries.proposal(organisation.id, only(twin).id) is None
    assert queries.run(organisation.id, queries.latest_run(twin.id).id) is None


def test_the_run_under_way_shows_on_the_board(organisation, by, now):
    queued = actions.start_run(organisation=organisation, by=by, now=now)
    board = queries.board(organisation.id)
    assert (board.run, board.under_way) == (None, queued)


def test_left_out_are_those_who_still_wait_longest_first(organisation, run, now):
    first, second, third = people(organisation, 3)
    with tenancy.scope(organisation.id):
        SignUp.objects.filter(pk=third.pk).update(waiting_since=now - timedelta(weeks=20))
        done = run(organisation)
        SignUp.objects.filter(pk=first.pk).update(state="paused")
    assert [row.signup_id for row in queries.left_out(done)] == [third.id, second.id]


def test_a_recheck_tells_what_has_changed_and_for_whom(organisation, run, now):
    county(organisation, 7)
    run(organisation)
    proposal = only(organisation)
    assert queries.recheck(proposal, now).broken == []
    person = proposal.placed[2].signup
    with tenancy.scope(organisation.id):
        person.languages = ["pl"]
        person.save()
    [broken] = queries.recheck(proposal, now).broken
    assert (broken.rule, broken.signups) == ("language", (person.id,))
    with translation.override("en"):
        assert wording.broken(broken) == "Does not speak the language of the group."


def test_soft_views_of_a_proposal(organisation, run, now):
    county(organisation, 5, gender="f", self_start_ok=True)
    he = {"gender": "m", "age_band": "76+", "not_with": "helst ikke naboen", "self_start_ok": True}
    [old] = people(organisation, 1, **he)
    run(organisation)
    views = queries.recheck(only(organisation), now).views
    about_him = {"id": str(old.id)}
    assert {"code": "age-span", "years": 42, "wished": 15} in views
    assert {"code": "only-one", "of": "gender"} | about_him in views
    assert {"code": "only-one", "of": "age"} | about_him in views
    assert {"code": "read-note"} | about_him in views
    assert "naboen" not in str(views)


def test_why_is_told_in_sentences(organisation, run, now):
    county(organisation, 7)
    run(organisation)
    proposal = only(organisation)
    with translation.override("en"):
        told = queries.why(proposal, queries.recheck(proposal, now))
    assert told == [
        "All 7 can come on Tuesday at 18:00, and at 1 other time.",
        "This kind of group is the first choice of 7 of 7.",
        told[2],
        "A starter is free at this time.",
    ]
    assert told[2].startswith("The longest wait is ")


def test_a_seat_in_an_open_group_has_reasons_too(organisation, run, now):
    group(organisation, now, people(organisation, 6, state="placed"))
    people(organisation, 1, physical=False, digital=True)
    run(organisation)
    proposal = only(organisation)
    checked = queries.recheck(proposal, now)
    assert checked.broken == [] and len(checked.fit) == 1
    with translation.override("en"):
        assert queries.why(proposal, checked)[0] == "Can come on Tuesday at 18:00."


def test_a_person_reads_what_is_missing(organisation, run):
    room(organisation, place=place("3107"))
    people(organisation, 6)
    run(organisation)
    with tenancy.scope(organisation.id):
        person = SignUp.objects.first()
    with translation.override("en"):
        assert queries.why_waiting(person) == "We lack a starter on Tuesday at 18:00 in Fredrikstad."


def test_a_person_in_a_proposal_reads_nothing_of_it(organisation, run, now):
    everybody = county(organisation, 8)
    run(organisation)
    assert [queries.why_waiting(person) for person in everybody] == [None] * 8


def test_before_the_first_run_there_is_nothing_to_say(organisation):
    [person] = people(organisation, 1)
    assert queries.why_waiting(person) is None


def test_who_could_be_moved_where(organisation, run, now):
    county(organisation, 8)
    starter(organisation, slots=[4])
    room(organisation, slots=[4])
    people(organisation, 6, slots=[4], focus=["grief"])
    [extra] = people(organisation, 1, slots=[4, TUESDAY_EVENING], focus=["mixed"], languages=["no"])
    run(organisation)
    proposals = queries.board(organisation.id).proposals
    fitting = queries.fitting(organisation.id, extra, proposals, now)
    assert [proposal.slot for proposal in fitting] == [TUESDAY_EVENING]
    [grief] = [proposal for proposal in proposals if proposal.focus == "grief"]
    assert {each.rule for each in queries.fits(grief, extra, now)} == {"frame"}


def test_starters_and_rooms_that_would_do(organisation, run, now):
    county(organisation, 8)
    run(organisation)
    proposal = only(organisation)
    also = starter(organisation)
    starter(organisation, slots=[4])
    starter(organisation, languages=["pl"])
    bigger = room(organisation)
    room(organisation, slots=[WEDNESDAY_EVENING])
    room(organisation, place=place("5501"))
    assert {each.id for each in queries.starters_fitting(proposal, now)} == {proposal.starter_id, also.id}
    assert {each.id for each in queries.rooms_fitting(proposal, now)} == {proposal.room_id, bigger.id}
    assert proposal.room is not None and not proposal.digital


def test_asking_what_would_do_changes_nothing(organisation, run, now):
    county(organisation, 8)
    run(organisation)
    before = only(organisation)
    queries.starters_fitting(before, now)
    queries.rooms_fitting(before, now)
    after = only(organisation)
    assert (after.starter, after.room, after.version) == (before.starter, before.room, 1)


def happened(organisation, at, verb="wish-confirmed"):
    with tenancy.scope(organisation.id):
        about = {"organisation_id": organisation.id, "subject": organisation.id}
        timeline.record(**about, verb=verb, actor=SYSTEM, now=at)


def test_at_night_only_organisations_with_news_are_run(organisation, twin, run, now):
    people(organisation, 1)
    assert tasks.tick(now) == 1
    with tenancy.everywhere("the test looks at both"):
        assert [each.organisation for each in MatchRun.objects.all()] == [organisation]


def test_without_news_there_is_no_new_run(organisation, run, now):
    people(organisation, 1)
    run(organisation)
    assert not queries.has_news(organisation.id, now + timedelta(days=1))
    happened(organisation, now + timedelta(hours=3))
    assert queries.has_news(organisation.id, now + timedelta(days=1))


def test_nobody_waits_is_no_news(organisation, now):
    happened(organisation, now)
    assert not queries.has_news(organisation.id, now)


def test_a_proposal_somebody_works_on_is_not_overtaken_at_night(organisation, run, by, now):
    county(organisation, 8)
    run(organisation)
    proposal = only(organisation)
    later = now + timedelta(hours=1)
    actions.swap_starter(proposal=proposal, starter=proposal.starter, version=1, by=by, now=later)
    happened(organisation, later)
    assert not queries.has_news(organisation.id, now + timedelta(days=2))
    assert queries.has_news(organisation.id, now + timedelta(days=4))


def test_every_reason_of_the_engine_reads_as_a_sentence(organisation, run):
    county(organisation, 3)
    people(organisation, 2, languages=["pl"])
    people(organisation, 1, slots=[])
    people(organisation, 6, place=place("5501"), max_km=5)
    done = run(organisation)
    with tenancy.scope(organisation.id), translation.override("en"):
        told = {wording.reason(row.reason, row.change) for row in LeftOut.objects.filter(run=done)}
    assert "No time is left in the wish. Ask for more times." in told
    assert all(sentence.endswith(".") and "%" not in sentence for sentence in told)

"""A run when proposals are open: what holds stays the same row, what is broken is mended, and it is said."""

from datetime import timedelta

import pytest
from django.utils import translation

from rundbord.kernel import tenancy
from rundbord.matching import actions, queries, tasks, wording
from rundbord.matching.models import LeftOut, MatchRun
from rundbord.matching.rules import (
    Change,
    PartKind,
    ProposalState,
    gains_clearly,
    seconds_again,
    worth_a_full_search,
)
from rundbord.people.models import Starter
from rundbord.signups.models import SignUp
from rundbord.venues.models import Room
from tests.factories.matching import TUESDAY_EVENING, WEDNESDAY_EVENING, county, people, room, starter
from tests.matching.plain import faults
from tests.matching.shared import SMALL, parts, valley

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


def board(organisation):
    return queries.board(organisation.id).proposals


def members(proposal):
    return {seat.signup_id for seat in proposal.placed}


@pytest.fixture
def two(organisation, run):
    """Two proposals of eight, on Tuesday and on Wednesday, by two starters in two rooms."""
    for slot in (TUESDAY_EVENING, WEDNESDAY_EVENING):
        starter(organisation, slots=[slot])
        room(organisation, slots=[slot])
        people(organisation, 8, slots=[slot])
    run(organisation)
    return board(organisation)


@pytest.fixture
def look(organisation, run, now):
    """Looks again an hour later; the proposals after it."""

    def again():
        done = run(organisation, now + LATER)
        assert done.again and done.state == "done"
        found = board(organisation)
        assert faults(found) == []
        return done, found

    return again


def gone(organisation, *signups):
    with tenancy.scope(organisation.id):
        SignUp.objects.filter(pk__in=[one.pk for one in signups]).update(state="withdrawn")


def test_where_nothing_has_changed_the_same_proposals_wait(two, look):
    done, after = look()
    assert [(p.id, p.version, members(p)) for p in after] == [(p.id, 1, members(p)) for p in two]
    assert {p.run_id for p in after} == {done.id} and {p.change for p in after} == {Change.KEPT}
    assert done.changes == {"kept": 2, "mended": 0, "new": 0, "dissolved": 0}
    assert (done.placed, done.at_most_more) == (16, 0)


def test_a_proposal_that_was_open_on_a_screen_can_still_be_approved(organisation, two, look, by, now):
    look()
    assert actions.approve(proposal=two[0], version=1, by=by, now=now + 2 * LATER).id


def test_a_no_changes_only_the_group_it_is_about(organisation, two, look):
    [spare] = people(organisation, 1, slots=[TUESDAY_EVENING])
    gone(organisation, two[0].placed[3].signup)
    done, after = look()
    changed, same = after
    assert (same.id, same.change) == (two[1].id, Change.KEPT)
    assert changed.change == Change.MENDED and changed.id != two[0].id
    assert members(changed) == members(two[0]) - {two[0].placed[3].signup_id} | {spare.id}
    assert done.changes == {"kept": 1, "mended": 1, "new": 0, "dissolved": 0}
    assert queries.proposal(organisation.id, two[0].id).state == ProposalState.STALE


def test_a_new_wish_becomes_a_reserve_and_the_groups_stay(organisation, two, look):
    people(organisation, 1, slots=[WEDNESDAY_EVENING])
    _, after = look()
    assert [p.id for p in after] == [p.id for p in two]
    assert [len(p.reserves) for p in after] == [0, 1]
    with tenancy.scope(organisation.id):
        assert LeftOut.objects.filter(run=after[0].run).count() == 1


def test_new_people_become_a_new_group_beside_the_others(organisation, two, look):
    starter(organisation, slots=[19])
    room(organisation, slots=[19])
    fresh = people(organisation, 7, slots=[19])
    done, after = look()
    assert {p.id for p in two} < {p.id for p in after}
    [new] = [p for p in after if p.change == Change.NEW]
    assert members(new) == {one.id for one in fresh}
    assert done.changes == {"kept": 2, "mended": 0, "new": 1, "dissolved": 0}


@pytest.mark.parametrize("what", ["starter", "room"])
def test_a_starter_or_room_that_is_withdrawn_is_followed_by_another(organisation, two, look, what):
    spare = starter(organisation) if what == "starter" else room(organisation)
    with tenancy.scope(organisation.id):
        if what == "starter":
            Starter.objects.filter(pk=two[0].starter_id).update(active=False)
        else:
            Room.objects.filter(pk=two[0].room_id).update(slots=[])
    _, after = look()
    assert getattr(after[0], what) == spare
    assert members(after[0]) == members(two[0]) and after[0].change == Change.MENDED
    assert after[1].id == two[1].id


def test_a_group_that_cannot_be_held_together_is_given_up_and_nobody_is_lost(organisation, two, look):
    left = [seat.signup for seat in two[0].placed]
    gone(organisation, *left[:4])
    done, after = look()
    assert [p.id for p in after] == [two[1].id]
    assert done.changes["dissolved"] == 1
    with tenancy.scope(organisation.id):
        assert set(LeftOut.objects.filter(run=done).values_list("signup_id", flat=True)) == {
            one.id for one in left[4:]
        }


def test_what_a_human_has_changed_stays_even_below_the_window(organisation, two, run, by, now):
    for version, seat in enumerate(two[0].placed[:3], start=1):
        about = {"source": two[0], "source_version": version, "by": by, "now": now}
        actions.move_person(signup=seat.signup, **about)
    run(organisation, now + LATER)
    after = board(organisation)
    assert (after[0].id, after[0].version, len(after[0].placed)) == (two[0].id, 4, 5)


def test_what_is_approved_is_left_alone(organisation, two, look, by, now):
    group = actions.approve(proposal=two[0], version=1, by=by, now=now)
    done, after = look()
    assert [p.id for p in after] == [two[1].id] and done.people == 8
    assert queries.proposal(organisation.id, two[0].id).formed == group


def test_a_clear_gain_changes_what_holds(organisation, run, look):
    """Eight are proposed on Tuesday; three more groups' worth could be had by parting them."""
    both = [TUESDAY_EVENING, WEDNESDAY_EVENING]
    county(organisation, 8, slots=both)
    run(organisation)
    [before] = board(organisation)
    other = WEDNESDAY_EVENING if before.slot == TUESDAY_EVENING else TUESDAY_EVENING
    starter(organisation, slots=[other])
    room(organisation, slots=[other])
    people(organisation, 5, slots=[other])
    done, after = look()
    assert done.placed == 13 and len(after) == 2
    assert before.id not in {p.id for p in after}


def test_a_seat_in_an_open_group_is_kept(organisation, run, look, now):
    from tests.matching.test_problem import group

    group(organisation, now, people(organisation, 6, state="placed"))
    people(organisation, 1, physical=False, digital=True)
    run(organisation)
    [before] = board(organisation)
    _, [after] = look()
    assert (after.id, after.joins_id, after.change) == (before.id, before.joins_id, Change.KEPT)


def test_a_yes_during_the_second_look_is_heard(organisation, two, run, now, by, monkeypatch):
    from rundbord.matching.actions.runs import finishing

    opening = finishing.open_drafts

    def meanwhile(*about):
        actions.approve(proposal=two[0], version=1, by=by, now=now)
        return opening(*about)

    monkeypatch.setattr(finishing, "open_drafts", meanwhile)
    run(organisation, now + LATER)
    assert queries.proposal(organisation.id, two[0].id).state == ProposalState.APPROVED
    assert [p.id for p in board(organisation)] == [two[1].id]


def test_a_persons_move_during_the_second_look_is_heard_and_nobody_is_lost(
    organisation, two, run, now, by, monkeypatch
):
    from rundbord.matching.actions.runs import finishing

    opening, moved = finishing.open_drafts, two[0].placed[0].signup

    def meanwhile(*about):
        actions.move_person(signup=moved, source=two[0], source_version=1, by=by, now=now)
        return opening(*about)

    monkeypatch.setattr(finishing, "open_drafts", meanwhile)
    done = run(organisation, now + LATER)
    assert [len(p.placed) for p in board(organisation)] == [7, 8]
    assert [row.signup_id for row in queries.left_out(done)] == [moved.id]


def test_at_night_news_lead_to_a_second_look(organisation, two, now):
    people(organisation, 1)
    with tenancy.scope(organisation.id):
        MatchRun.objects.update(created_at=now - timedelta(days=1))
        from rundbord.kernel import timeline

        about = {"organisation_id": organisation.id, "subject": two[0].id, "actor": timeline.SYSTEM}
        timeline.record(**about, verb="confirmed", now=now)
    assert tasks.tick(now + LATER) == 1
    assert queries.run_under_way(organisation.id).again


def test_many_people_have_a_bound_beside_it_and_a_full_search_only_if_it_has_become_worse(
    organisation, run, settings, now
):
    settings.RUNDBORD_MATCH_SIZES = SMALL
    valley(organisation, ("3107", "0301"))
    run(organisation)
    before = board(organisation)
    second = run(organisation, now + LATER)
    assert [part.kind for part in parts(second)] == [PartKind.AGAIN, PartKind.BOUND]
    assert [p.id for p in board(organisation)] == [p.id for p in before]


def test_a_full_search_follows_in_rounds_of_its_own_and_what_holds_stays_unless_it_gains(
    organisation, run, settings, now
):
    settings.RUNDBORD_MATCH_SIZES = SMALL
    valley(organisation, ("3107", "0301"))
    first = run(organisation)
    before = board(organisation)
    with tenancy.scope(organisation.id):
        MatchRun.objects.filter(pk=first.pk).update(placed=first.people)  # as if it had been far better
    second = run(organisation, now + LATER)
    rounds = [(part.round, part.kind) for part in parts(second)]
    assert rounds[:2] == [(0, PartKind.AGAIN), (0, PartKind.BOUND)]
    assert (1, PartKind.SEARCH) in rounds and (2, PartKind.SEARCH) in rounds
    assert (second.round, second.rounds) == (2, 3)
    assert [p.id for p in board(organisation)] == [p.id for p in before]


def test_when_a_full_search_is_worth_it():
    assert not worth_a_full_search(97, 100, 98, 100)
    assert worth_a_full_search(96, 100, 98, 100)
    assert not worth_a_full_search(50, 100, 30, 60)
    assert not worth_a_full_search(0, 0, 1, 1)
    assert worth_a_full_search(98, 100, 0, 0)
    assert not gains_clearly(1_029_999, 1_000_000)
    assert gains_clearly(1_030_000, 1_000_000)
    assert not gains_clearly(10_050_000, 10_000_000)
    assert (seconds_again(100, 10), seconds_again(10_000, 10)) == (2, 12)


def test_what_changed_is_said(organisation):
    run = MatchRun(changes={"kept": 2, "mended": 1, "new": 0, "dissolved": 1})
    with translation.override("en"):
        told = wording.changes(run)
    assert told == "Compared with the search before: 2 groups as before, 1 changed, 1 given up."
    assert wording.changes(MatchRun(changes={})) == ""

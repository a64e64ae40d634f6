"""A simulated year: the same seed gives the same years, nobody gets lost, more to use never means less."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from rundbord.engine.problem import ProblemError
from rundbord.engine.simulate import Policy, Rates, Stopped, from_json, named, play, simulate
from rundbord.engine.simulate.draws import NEVER, Draws, days_until
from rundbord.engine.simulate.measures import year
from rundbord.engine.simulate.playing.people import Where

from .instances import instance, open_group, room, seeker, starter

CALM = Rates(arrivals_per_week=3, decline=0, impatience=0, early_drop_out=0, drop_out=0, group_ends=0,
             starters_come=0, starter_goes=0, jitter_m=0, other_slot=0, enough=2, floor=2)  # fmt: skip
WEEKLY = Policy("weekly")


def town(people=6, **changes):
    """A small town: groups of two to four, one room, one starter with one group at a time."""
    return instance([seeker(n) for n in range(people)], **changes)


def lived(rates, policy=WEEKLY, seed=1, weeks=20, **changes):
    return play(town(**changes), policy, rates, Draws(seed, 0), weeks=weeks)


@pytest.mark.parametrize("seed", range(5))
def test_nobody_gets_lost(seed):
    world = lived(Rates(arrivals_per_week=4, decline=0.25, enough=2, floor=2), seed=seed, weeks=30)
    counts = year(world, 30 * 7).counts
    assert counts["people"] == len(world.region.newcomers)
    assert counts["people"] == sum(counts[place.value] for place in Where)
    assert counts["met"] == counts["in_group"] + counts["left_group"]


@pytest.mark.parametrize("seed", range(5))
def test_without_declines_and_drop_outs_everybody_waits_or_is_placed(seed):
    counts = year(lived(CALM, seed=seed), 20 * 7).counts
    assert counts["people"] == counts["waiting"] + counts["asked"] + counts["in_group"]
    assert counts["declined"] == counts["groups_fell_through"] == 0
    assert counts["groups_surviving_12_weeks"] == counts["groups_old_enough"] > 0


@pytest.mark.parametrize("seed", range(5))
def test_at_every_moment_rooms_starters_and_people_are_used_once(seed):
    world = lived(replace(CALM, decline=0.2, early_drop_out=0.1), seed=seed, weeks=0)
    for day in range(140):
        world.day(day)
        alive = [g for g in world.groups if g.over is None]
        busy = [(g.plan["room"], g.plan["slot"]) for g in alive if g.plan["room"]]
        assert len(busy) == len(set(busy))
        starting = [g for g in alive if g.plan["starter"] and day < g.handed_over]
        assert len(starting) <= 1  # the one starter of the town takes one group at a time
        seated = [id for g in alive for id in g.seats]
        assert len(seated) == len(set(seated))
        assert all(len(g.seats) <= 4 for g in alive)


def test_a_room_is_not_lent_twice():
    people = [seeker(n, modes=["physical"]) for n in range(12)]
    small = instance(people, starters=[starter(0), starter(1), starter(2)])
    assert len(play(small, WEEKLY, replace(CALM, arrivals_per_week=0), Draws(1, 0), weeks=30).groups) == 1


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_who_is_asked_has_an_offer_and_waits_again_when_it_comes_to_nothing(seed):
    rates = replace(CALM, decline=0.8, enough=4, floor=2, no_leaves=0, reserves=0)
    world = lived(rates, people=8, seed=seed, weeks=0)
    for day in range(90):
        world.day(day)
        held = {join.person for join in world.joins}
        for group in world.groups:
            if group.first is None or group.first > day:
                held |= {*group.asked, *group.seats}
        assert held == {person.id for person in world.people.values() if person.where is Where.ASKED}
    assert any(group.first is None and group.over for group in world.groups)


def test_places_of_groups_that_ran_before_are_filled_up_and_no_further():
    running = [open_group(free=2), open_group(1, free=1, slot=2)]
    lone = instance([seeker(n) for n in range(9)], starters=[], open_groups=running)
    world = play(lone, WEEKLY, replace(CALM, arrivals_per_week=0), Draws(1, 0), weeks=6)
    counts = year(world, 42).counts
    assert (counts["met"], counts["groups_proposed"], counts["groups_at_end"]) == (3, 0, 0)


def test_a_first_meeting_takes_an_answer_and_a_start():
    world = lived(CALM, people=4, weeks=3)
    first = [person for person in world.people.values() if person.id in ("s0", "s1", "s2", "s3")]
    assert {person.met for person in first} == {CALM.answer_days + CALM.first_meeting_days}
    assert all(person.came == -28 for person in first)


def test_the_starter_is_back_after_the_start_up_meetings_and_a_rest():
    rates = replace(CALM, arrivals_per_week=0)
    begun = lived(rates, people=12, rooms=[room(n) for n in range(3)], weeks=40).groups
    apart = [later.first - earlier.first for earlier, later in pairwise(begun)]
    assert len(begun) == 3
    least = 7 * (rates.startup_weeks + rates.rest_weeks) + rates.answer_days + rates.first_meeting_days
    assert all(least <= gap < least + 7 for gap in apart)


def test_everybody_says_no():
    counts = year(lived(replace(CALM, decline=1, no_leaves=0)), 140).counts
    assert counts["groups_started"] == counts["met"] == 0
    assert counts["groups_fell_through"] > 0
    assert counts["people"] == counts["waiting"] + counts["asked"]


def test_the_next_in_line_fills_the_chair_of_somebody_who_says_no():
    rates = replace(CALM, arrivals_per_week=0, decline=0.5, no_leaves=1, rounds=10)
    few, many = (lived(replace(rates, reserves=most), people=9, weeks=3, seed=3) for most in (0, 5))
    assert year(many, 21).counts["offers"] > year(few, 21).counts["offers"]


def test_a_group_below_the_floor_ends_and_gives_back_what_it_used():
    rates = replace(CALM, arrivals_per_week=0, early_drop_out=1)
    world = lived(rates, people=4, weeks=8)
    assert all(person.where is Where.LEFT_GROUP for person in world.people.values())
    assert not world.taken and world.starters["i0"].left(56) == 1


def test_open_places_are_filled_by_those_who_come():
    rates = replace(CALM, opens_places=1.0, drop_out=0.05)
    with_, without = (
        lived(replace(rates, opens_places=share), weeks=30, rooms=[room(slots=[1])]) for share in (1, 0)
    )
    assert year(with_, 210).counts["met"] > year(without, 210).counts["met"]


def test_the_impatient_leave_and_are_counted():
    counts = year(lived(replace(CALM, impatience=0.5), starters=[], weeks=10), 70).counts
    assert counts["met"] == 0
    assert counts["left_list"] + counts["waiting"] == counts["people"]
    assert counts["left_list"] > counts["people"] / 2


@pytest.mark.parametrize("name", ["one-more-starter", "two-more-starters", "one-more-room"])
def test_more_to_use_never_means_fewer_groups_on_average(name):
    rates = Rates(arrivals_per_week=3, enough=2, floor=2)
    small = town(12, rooms=[room(0), room(1, slots=[2])])
    told = simulate(small, [WEEKLY, named(name)], rates=rates, replications=12, weeks=20)
    more = told["policies"][1]["against_baseline"]["groups_started"]
    assert more["mean"] >= -0.5  # groups; chance may cost half a group, not more
    if "starter" in name:
        assert more["low"] > 0  # the town's one starter is what it lacks


def test_declines_cost_places():
    policies = [Policy("none", decline=0.0), Policy("half", decline=0.5)]
    rates = Rates(arrivals_per_week=1, enough=2, floor=2)
    told = simulate(town(8), policies, rates=rates, replications=12, weeks=20)
    assert told["policies"][1]["against_baseline"]["met"]["high"] < 0


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    policies = [WEEKLY, named("at-once"), named("sizes-5-8+declines-25")]
    small = town(8, max_size=8)
    once, again, other = (
        json.dumps(simulate(small, policies, replications=2, weeks=12, seed=seed)) for seed in (7, 7, 8)
    )
    assert once == again
    assert once != other


def test_policies_meet_the_same_people():
    worlds = [
        lived(Rates(arrivals_per_week=4), named(name)) for name in ("weekly", "at-once", "one-more-starter")
    ]
    came = [[(n.row["id"], n.day, n.patience) for n in world.region.newcomers] for world in worlds]
    assert came[0] == came[1] == came[2]


def test_with_every_arrival_somebody_waits_less_than_until_monday():
    rates = replace(CALM, arrivals_per_week=1)
    slow, fast = (lived(rates, Policy(str(days), every_days=days), people=1, weeks=26) for days in (28, 0))
    waited = [sum(p.met - p.came for p in world.people.values() if p.met) for world in (slow, fast)]
    assert waited[1] < waited[0]


def test_topic_first_and_mixed_first_make_different_groups():
    people = [seeker(n, frames={"0": n % 2, "1": 1 - n % 2}) for n in range(8)]
    about = {}
    for name in ("topic-first", "mixed-first"):
        world = play(instance(people), named(name), CALM, Draws(1, 0), weeks=1)
        about[name] = {group.plan["frame"] for group in world.groups}
    assert about == {"topic-first": {0}, "mixed-first": {1}}


def test_self_start_makes_groups_without_a_starter():
    people = [seeker(n, self_start_ok=True) for n in range(4)]
    lonely = instance(people, starters=[])
    made = [
        len(play(lonely, named(n), CALM, Draws(1, 0), weeks=1).groups)
        for n in ("self-start", "no-self-start")
    ]
    assert made == [1, 0]


def test_a_region_without_rooms_and_starters_can_be_given_some():
    bare = town(6, rooms=[], starters=[])
    policy = replace(named("one-more-room"), more_starters=1)
    world = play(bare, policy, replace(CALM, arrivals_per_week=0), Draws(1, 0), weeks=4)
    assert year(world, 28).counts["met"] >= 4


def test_stopping_gives_no_half_study():
    with pytest.raises(Stopped):
        simulate(town(), [WEEKLY], replications=2, weeks=4, progress=lambda share: share < 0.5)


def test_out_of_time_the_years_done_are_told():
    told = simulate(town(), [WEEKLY, named("monthly")], replications=9, weeks=2, seconds=0)
    assert told["replications"] == 1
    assert all(len(policy["replications"]) == 1 for policy in told["policies"])


def test_progress_grows_to_the_end():
    told = []
    simulate(town(), [WEEKLY, named("monthly")], replications=2, weeks=2, progress=told.append)
    assert told == sorted(told) and told[0] == 0 and told[-1] > 0.9


@pytest.mark.parametrize(
    "data, words",
    [
        ({"decline": 2}, "allowed: 0 to 1"),
        ({"decline": "much"}, "should be a number"),
        ({"rounds": 1.5}, "whole number"),
        ({"declines": 0.1}, "no rate called"),
        ([], "an object"),
    ],
)
def test_rates_that_cannot_be_are_refused_in_a_sentence(data, words):
    with pytest.raises(ProblemError, match=words):
        from_json(data)


def test_every_rate_says_where_it_comes_from():
    told = simulate(town(), [WEEKLY], replications=1, weeks=1)["rates"]
    assert all(rate["source"] and rate["unit"] for rate in told.values())
    assert told["decline"]["value"] == 0.15


@pytest.mark.parametrize(
    "policies, words",
    [(["weekly", "weekly"], "each of them once"), ([], "at least one"), (["nonsense"], "no policy called")],
)
def test_policies_that_cannot_be_compared_are_refused(policies, words):
    with pytest.raises(ProblemError, match=words):
        simulate(town(), [named(name) for name in policies], replications=1, weeks=1)


def test_a_policy_that_leaves_no_size_is_refused():
    with pytest.raises(ProblemError, match="no size"):
        simulate(town(), [Policy("odd", min_size=9)], replications=1, weeks=1)


def test_nobody_waiting_tells_nothing_about_newcomers():
    with pytest.raises(ProblemError, match="Nobody waits"):
        simulate(instance([]), [WEEKLY], replications=1, weeks=1)


def test_chance_by_the_week():
    assert days_until(0.5, 0) == NEVER
    assert days_until(0.5, 0.5) == 8  # half are gone after one week
    assert days_until(0.5, 0, 0.5, 5) == 5 * 7 + 8
    assert days_until(0.0, 0.5) == 1
    draws = [days_until(Draws(1, 0).uniform(n), 0.1) for n in range(2000)]
    assert sum(day <= 7 for day in draws) / 2000 == pytest.approx(0.1, abs=0.02)

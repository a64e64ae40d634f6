"""Which newcomers the engine need not be asked about: never one it would have placed."""

import pytest

from rundbord.engine import meetings as meet
from rundbord.engine.problem import load
from rundbord.engine.simulate.playing.fitting import could_meet, fits
from rundbord.engine.solve import solve

from .instances import by_chance, instance, open_group, seeker, starter
from .referee import Referee


@pytest.mark.parametrize("seed", range(25))
def test_whoever_the_engine_places_could_have_met_somebody(seed):
    problem = load(by_chance(seed, 14))
    found = solve(problem, seconds=None, iterations=2).solution
    placed = {m for g in found["groups"] for m in g["members"]} | {j["seeker"] for j in found["joins"]}
    doubted = [id for id in placed if not could_meet(problem, problem.index["seekers"][id])]
    assert doubted == []


def test_alone_with_her_time_topic_language_or_place_she_meets_nobody():
    town = [seeker(n) for n in range(3)]
    odd = [{"slots": {"3": 0}}, {"frames": {"0": 0}}, {"langs": [1]}, {"modes": ["physical"], "x": 99_000}]
    for facts in odd:
        problem = load(instance([*town, seeker(9, **facts)]))
        assert [could_meet(problem, who) for who in range(4)] == [True, True, True, False]


def test_without_a_starter_only_those_who_do_without_can_meet():
    some = [seeker(0, self_start_ok=True), seeker(1, self_start_ok=True), seeker(2)]
    problem = load(instance(some, starters=[]))
    assert [could_meet(problem, who) for who in range(3)] == [True, True, False]
    away = load(instance(some, starters=[starter(slots=[0])]))
    assert not could_meet(away, 2)


def test_a_free_place_is_enough():
    problem = load(instance([seeker(0)], starters=[], open_groups=[open_group()]))
    assert could_meet(problem, 0)


@pytest.mark.parametrize("seed", range(15))
def test_a_reserve_breaks_no_rule(seed):
    told = by_chance(seed, 14)
    problem, referee = load(told), Referee(told)
    for group in solve(problem, seconds=None, iterations=2).solution["groups"]:
        meeting = meet.new_group(problem, group)
        for who, id in enumerate(problem.seekers.ids):
            if id not in group["members"] and problem.seekers.bundle[who] < 0:
                broken = referee.group_faults(group | {"members": [*group["members"], id]})
                assert fits(problem, meeting, who) == (not broken - {"size", "room-capacity"})

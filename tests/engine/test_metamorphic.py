"""What must not change the best score, and what must never lower it."""

import copy
from random import Random

import pytest

from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import by_chance, open_group, room, starter
from .odd import wide

SEEDS = range(20)
PEOPLE = 14


def best(instance):
    found = solve(load(instance), seconds=None)
    assert found.optimal
    return found.score


@pytest.mark.parametrize("seed", SEEDS)
def test_order_and_names_do_not_matter(seed):
    instance = by_chance(seed, PEOPLE)
    other, chance = copy.deepcopy(instance), Random(seed)
    for key in ("seekers", "rooms", "starters", "open_groups", "blocked"):
        chance.shuffle(other[key])
    for row in other["seekers"]:
        row["id"] = "x" + row["id"]
    other["blocked"] = [["x" + p if p.startswith("s") else p for p in pair] for pair in other["blocked"]]
    assert best(other) == best(instance)


@pytest.mark.parametrize("seed", SEEDS)
def test_moving_the_whole_map_does_not_matter(seed):
    instance = by_chance(seed, PEOPLE)
    other = copy.deepcopy(instance)
    venues = [g["venue"] for g in other["open_groups"] if g["venue"]]
    for row in [*other["seekers"], *other["rooms"], *other["starters"], *venues]:
        row["x"], row["y"] = -row["y"] + 70_000, row["x"] - 30_000
    assert best(other) == best(instance)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_room_starter_or_chair_never_hurts(seed):
    instance = by_chance(seed, PEOPLE)
    before = best(instance)
    more_rooms = instance | {"rooms": [*instance["rooms"], room(9, slots=[0, 1, 2, 3])]}
    more_starters = instance | {"starters": [*instance["starters"], starter(9, slots=[0, 3])]}
    wider = instance | {"rooms": [r | {"capacity": r["capacity"] + 1} for r in instance["rooms"]]}
    assert min(best(more_rooms), best(more_starters), best(wider)) >= before


@pytest.mark.parametrize("seed", SEEDS)
def test_a_looser_wish_never_hurts(seed):
    instance = by_chance(seed, PEOPLE)
    before, chance = best(instance), Random(seed)
    other = copy.deepcopy(instance)
    for row in chance.sample([s for s in other["seekers"] if s["bundle"] is None], 3):
        row |= {"only": [], "discretion": 0, "access": False, "self_start_ok": True, "langs": [0, 1]}
        row["slots"] = {str(t): 0 for t in range(4)} | row["slots"]
    assert best(other) >= before
    assert best(other | {"blocked": []}) >= best(other)


LOOSER = {
    "another slot": lambda row: row | {"slots": {str(t): 0 for t in range(4)} | row["slots"]},
    "another topic": lambda row: row | {"frames": {str(f): 3 for f in range(3)} | row["frames"]},
    "another language": lambda row: row | {"langs": [0, 1]},
    "any audience": lambda row: row | {"only": []},
    "no discretion": lambda row: row | {"discretion": 0},
    "any room": lambda row: row | {"access": False},
    "without a starter": lambda row: row | {"self_start_ok": True},
    "also the other way": lambda row: row | {"modes": row["modes"] + _others(row["modes"])},
}


def _others(modes):
    return [mode for mode in ("physical", "digital") if mode not in modes]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("wish", LOOSER)
def test_each_wish_loosened_by_itself_never_hurts(wish, seed):
    instance = wide(seed, 9, max_size=3)
    other = instance | {"seekers": [LOOSER[wish](row) for row in instance["seekers"]]}
    assert best(other) >= best(instance)


@pytest.mark.parametrize("seed", range(8))
def test_an_office_that_allows_more_never_hurts(seed):
    instance = wide(seed, 10, min_size=3, max_size=3, self_start=False)
    before, policy = best(instance), instance["policy"]
    for looser in ({"min_size": 2}, {"max_size": 4}, {"self_start": True}):
        assert best(instance | {"policy": policy | looser}) >= before
    assert best(instance | {"open_groups": [*instance["open_groups"], open_group(9)]}) >= before


@pytest.mark.parametrize("seed", range(8))
def test_a_bundle_that_lets_go_never_hurts(seed):
    instance = wide(seed, 10, max_size=3)
    other = instance | {"seekers": [row | {"bundle": None} for row in instance["seekers"]]}
    assert best(other) >= best(instance)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_person_never_hurts_and_one_fewer_never_helps(seed):
    instance = by_chance(seed, PEOPLE)
    single = next(s for s in instance["seekers"] if s["bundle"] is None)
    fewer = instance | {"seekers": [s for s in instance["seekers"] if s is not single]}
    assert best(fewer) <= best(instance)


@pytest.mark.parametrize("seed", range(6))
def test_twice_the_weights_is_twice_the_score(seed):
    instance = by_chance(seed, PEOPLE)
    other = copy.deepcopy(instance)
    w = other["weights"]
    for key in ("place", "wait_per_week", "mode_first", "digital", "backup", "self_start"):
        w[key] *= 2
    w["travel"] = instance["weights"]["travel"] = 0
    w["topic"], w["slot"] = [2 * v for v in w["topic"]], [2 * v for v in w["slot"]]
    w["size"] = {k: 2 * v for k, v in w["size"].items()}
    assert best(other) == 2 * best(instance)

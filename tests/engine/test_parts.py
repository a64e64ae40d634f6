"""Parts of an instance: nothing in two of them, put together valid, and where independent, the optimum."""

from random import Random

import numpy as np
import pytest

from rundbord.engine.parts import components, excerpt, merge, parts, plan, split
from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import by_chance, instance, open_group, room, seeker, starter
from .referee import Referee

FAR = 100_000  # metres between two towns


def country(seed, towns=3, people=9, digital=False):
    """Towns too far apart for anybody to travel; digital people may meet across."""
    rows = {"seekers": [], "rooms": [], "starters": [], "open_groups": [], "blocked": []}
    for town in range(towns):
        there = by_chance(10 * seed + town, people)
        for key in ("seekers", "rooms", "starters", "open_groups"):
            rows[key] += [_moved(row, town, digital) for row in there[key]]
        rows["blocked"] += [[f"{town}{id_}" for id_ in pair] for pair in there["blocked"]]
    return instance(**rows)


def _moved(row, town, digital):
    out = row | {"id": f"{town}{row['id']}"}
    if "x" in row:
        out |= {"x": row["x"] + town * FAR}
    if "pc" in row:
        out |= {"pc": row["pc"] + 10 * town, "muni": row["muni"] + 3 * town}
    if row.get("bundle"):
        out |= {"bundle": f"{town}{row['bundle']}"}
    if "members" in row:
        out |= {"members": [m | {"id": f"{town}{m['id']}"} for m in row["members"]]}
        out |= {"venue": row["venue"] and row["venue"] | {"x": row["venue"]["x"] + town * FAR}}
    if "modes" in row and not digital:
        out |= {"modes": ["physical"]}
    return out


def shared(pieces):
    """What more than one piece holds."""
    people = np.concatenate([p.seekers for p in pieces]) if pieces else np.zeros(0)
    masks = [[getattr(p, key).astype(int) for p in pieces] for key in ("rooms", "opens", "starters")]
    twice = [key for key, found in zip(("rooms", "opens", "starters"), masks, strict=True)
             if found and np.sum(found, axis=0).max(initial=0) > 1]  # fmt: skip
    return twice + (["people"] if len(set(people.tolist())) < len(people) else [])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("digital", [False, True])
def test_parts_share_nothing(seed, digital):
    problem = load(country(seed, digital=digital))
    found = components(problem)
    assert shared(found.pieces) == []
    every = np.concatenate([*(p.seekers for p in found.pieces), found.nowhere])
    assert sorted(every.tolist()) == list(range(len(problem.seekers)))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("digital", [False, True])
def test_parts_solved_apart_are_as_good_as_the_whole(seed, digital):
    data = country(seed, digital=digital)
    problem = load(data)
    solved = [solve(load(excerpt(data, problem, p)), seconds=None) for p in components(problem).pieces]
    together = merge(problem.name, [s.solution for s in solved])
    best = solve(problem, seconds=None)
    assert Referee(data).faults(together) == set()
    assert Referee(data).worth(together) == sum(s.score for s in solved) == best.score
    assert sum(s.bound for s in solved) == best.bound


def test_towns_apart_are_parts_apart():
    people = [seeker(n, x=FAR * (n % 2), muni=n % 2, modes=["physical"]) for n in range(9)]
    rooms, helpers = [room(0), room(1, x=FAR)], [starter(0), starter(1, x=FAR, max_m=1000)]
    found = parts(load(instance(people, rooms, helpers)))
    assert [p.tolist() for p in found] == [[0, 2, 4, 6, 8], [1, 3, 5, 7]]


def test_a_starter_whom_both_need_joins_them():
    people = [seeker(n, x=FAR * (n % 2), modes=["physical"]) for n in range(8)]
    rooms = [room(0), room(1, x=FAR)]
    assert len(parts(load(instance(people, rooms, [starter(max_m=2 * FAR)])))) == 1


def test_a_room_whom_both_need_joins_them():
    people = [seeker(n, frames={str(n % 2): 0}, modes=["physical"]) for n in range(8)]
    kinds = [starter(0, slots=[1]), starter(1, slots=[1])]
    assert len(parts(load(instance(people, [room(0)], kinds, self_start=False)))) == 1


def test_digital_groups_of_two_kinds_without_a_starter_are_apart():
    people = [seeker(n, frames={str(n % 2): 0}, modes=["digital"], self_start_ok=True) for n in range(8)]
    assert len(parts(load(instance(people, [], [])))) == 2


def test_an_open_group_joins_those_who_could_take_its_place():
    people = [seeker(n, langs=[n % 2], modes=["physical"]) for n in range(3)]
    found = components(load(instance(people, [], [], [open_group()])))
    assert [p.seekers.tolist() for p in found.pieces] == [[0, 2]]
    assert found.nowhere.tolist() == [1]
    assert found.pieces[0].opens.tolist() == [True]


def test_too_few_for_any_group_are_in_no_part():
    people = [seeker(0), seeker(1), seeker(2, slots={"3": 1}), seeker(3, langs=[1])]
    found = components(load(instance(people)))
    assert [p.seekers.tolist() for p in found.pieces] == [[0, 1]]
    assert found.nowhere.tolist() == [2, 3]


def solved_in_blocks(data, most, turn=0, earlier=None, seed=1):
    problem = load(data)
    cut = split(problem, most, seed=seed, turn=turn, earlier=earlier)
    solved = [solve(load(excerpt(data, cut.problem, p)), iterations=30).solution for p in cut.pieces]
    return cut, merge(problem.name, [cut.held, *solved])


@pytest.mark.parametrize("seed", range(5))
def test_blocks_share_nothing_and_together_are_valid_in_every_round(seed):
    data = country(seed, towns=4, people=10, digital=True)
    first, found = solved_in_blocks(data, 12, seed=seed)
    assert len(first.pieces) >= 4 and shared(first.pieces) == []
    assert Referee(data).faults(found) == set()
    second, again = solved_in_blocks(data, 12, 1, found, seed)
    assert shared(second.pieces) == []
    assert Referee(data).faults(again) == set()
    assert Referee(data).worth(again) > 0


@pytest.mark.parametrize("seed", range(5))
def test_what_a_block_starts_from_is_valid_there(seed):
    data = country(seed, towns=4, people=10, digital=True)
    _, found = solved_in_blocks(data, 12, seed=seed)
    cut = split(load(data), 12, seed=seed, turn=1, earlier=found)
    for piece, before in zip(cut.pieces, cut.before, strict=True):
        assert Referee(excerpt(data, cut.problem, piece)).faults(before) == set()
    kept = sum(len(b["groups"]) for b in [*cut.before, cut.held])
    assert kept == len(found["groups"])


def test_a_group_keeps_its_room_and_starter_though_more_people_of_another_block_could_use_them():
    people = [seeker(n, muni=int(n > 7), x=300 * n, modes=["physical"]) for n in range(12)]
    data = instance(people, [room(0, slots=[1, 2])], [starter(0, slots=[1, 2], capacity=2)])
    groups = [
        {"room": "r0", "slot": slot, "frame": 1, "lang": 0, "audience": [], "starter": "i0",
         "members": [f"s{n}" for n in range(first, first + 4)]}
        for slot, first in ((1, 0), (2, 8))
    ]  # fmt: skip
    earlier = {"instance": "", "groups": groups, "joins": []}
    cuts = [split(load(data), 6, seed=seed, earlier=earlier) for seed in range(6)]
    for cut in cuts:
        for piece, before in zip(cut.pieces, cut.before, strict=True):
            assert Referee(excerpt(data, cut.problem, piece)).faults(before) == set()
    assert any(all(before["groups"] for before in cut.before) for cut in cuts)


def test_a_block_is_no_larger_than_asked_and_stays_in_one_municipality_if_it_can():
    chance = Random(4)
    people = [seeker(n, x=1000 * (n % 8), y=chance.randrange(50), muni=n % 8) for n in range(80)]
    problem = load(instance(people, [room(0)]))
    blocks = [set(problem.seekers.muni[p.seekers].tolist()) for p in split(problem, 20).pieces]
    assert sum(map(len, blocks)) == 8
    assert max(len(p.seekers) for p in split(problem, 21).pieces) <= 21


def test_those_who_stay_together_are_in_one_block():
    people = [seeker(n, x=100 * n, bundle=f"b{n % 10}") for n in range(20)]
    problem = load(instance(people))
    for piece in split(problem, 6).pieces:
        assert len(set(problem.seekers.bundle[piece.seekers].tolist())) * 2 == len(piece.seekers)


def test_another_turn_cuts_elsewhere_and_the_same_seed_cuts_the_same():
    problem = load(country(3, towns=5, people=20))
    cuts = [[p.seekers.tolist() for p in split(problem, 30, seed=2, turn=t).pieces] for t in (0, 0, 1)]
    assert cuts[0] == cuts[1] != cuts[2]


class TestPlan:
    def carried_out(self, data, **sizes):
        found, bounds, turn = None, 0, 0
        while True:
            todo = plan(data, turn=turn, earlier=found, **sizes)
            solved = [(t, solve(load(t.instance), iterations=20)) for t in todo.tasks]
            bounds += sum(s.bound for t, s in solved if t.proves)
            found = merge("x", [todo.standing, *(s.solution for t, s in solved if not t.only)])
            if todo.last:
                return found, bounds, turn + 1
            turn += 1

    def test_few_people_are_one_task(self):
        data = country(1)
        assert [t.instance for t in plan(data).tasks] == [data]

    @pytest.mark.parametrize("seed", range(6))
    def test_many_are_solved_in_rounds_and_the_bound_holds(self, seed):
        data = country(seed, towns=4, people=10, digital=True)
        found, bound, rounds = self.carried_out(data, few=8, most=14)
        assert Referee(data).faults(found) == set()
        assert Referee(data).worth(found) <= solve(load(data), seconds=3).score <= bound
        assert rounds == 2

    def test_independent_towns_need_one_round_and_small_ones_share_a_task(self):
        data = country(2, towns=6, people=9)
        found, bound, rounds = self.carried_out(data, few=20, most=30)
        assert rounds == 1
        assert Referee(data).worth(found) == bound
        assert len(plan(data, few=20, most=30).tasks) < len(parts(load(data)))

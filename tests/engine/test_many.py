"""Thousands of random instances: whatever comes out is valid and scored right, by a referee who shares
nothing with the engine, and no bound is below what another search found.

`RUNDBORD_INSTANCES=5000` for a night; a few hundred otherwise. A failure names the instance.
"""

import os
from random import Random

import pytest

from rundbord.engine.broad.search import Broad
from rundbord.engine.budget import Budget
from rundbord.engine.problem import load
from rundbord.engine.rules import violations
from rundbord.engine.solve import as_solution, solve

from .instances import by_chance
from .odd import dense, wide
from .referee import Referee

COUNT = int(os.environ.get("RUNDBORD_INSTANCES", "200"))
PARTS = 20
# People, and how often. Few is where odd things meet; the last are too many to be solved exactly.
SIZES = {(0, 12): 55, (13, 40): 30, (41, 120): 12, (401, 520): 3}


def drawn(number):
    """Instance `number`, the same for ever."""
    chance = Random(number)
    low, high = chance.choices(list(SIZES), list(SIZES.values()))[0]
    least = chance.choice([1, 2, 2, 3, 5, 6])
    policy = {
        "min_size": least,
        "max_size": least + chance.randint(0, 2),
        "self_start": chance.random() < 0.7,
    }
    return chance.choice([by_chance, wide, wide, dense])(number, chance.randint(low, high), **policy)


def judged(data, solution, score, bound):
    """Valid by two who share nothing, worth what is said, and not above the bound."""
    referee = Referee(data)
    assert referee.faults(solution) == set()
    assert violations(load(data), solution) == []
    assert referee.worth(solution) == score <= bound


def tried(number):
    """Both searches on one instance; each one's bound holds for the other's answer."""
    data = drawn(number)
    found = solve(load(data), seed=number, seconds=None, iterations=2)
    judged(data, found.solution, found.score, found.bound)
    search = Broad(load(data), number, Budget(None, 3))
    search.run()
    judged(data, as_solution(load(data), search.meetings()), search.score, search.bound)
    assert max(found.score, search.score) <= min(found.bound, search.bound)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_is_valid_and_no_bound_is_broken(part):
    wrong = []
    for number in range(part, COUNT, PARTS):
        try:
            tried(number)
        except Exception as failed:
            wrong.append(f"{number}: {type(failed).__name__} {failed}")
    assert not wrong, "\n".join(wrong[:10])

"""Who may meet nobody from home is looked at apart: found wherever she can be, she promises nothing else."""

from random import Random

import numpy as np
import pytest

from rundbord.engine.broad.field import Field
from rundbord.engine.compiled import choose
from rundbord.engine.compiled.world import KEEP, NOWHERE, SCALE
from rundbord.engine.problem import load

from .instances import by_chance, instance, room, seeker, starter

STEPS = 10**6


def discreet(seed, towns):
    """By chance, and half of the people may meet nobody from their own town."""
    data, chance = by_chance(seed, 30, max_size=4), Random(seed)
    for person in data["seekers"]:
        person |= {"muni": chance.randrange(towns), "discretion": chance.choice([0, 0, 1, 2, 2])}
    return load(data)


def looks(field, prices, fees, home, steps=STEPS):
    """(gain, bound) at every place, with these municipalities as home."""
    table = (*field.table[:-1], home)
    words = field.rules(field.promised), tuple(field.work[0])
    free, able = np.ones(len(prices), np.int8), field.able.astype(np.int8)
    found = [
        choose.look(v, table, field.people, *words, prices, free, fees, able, 1, 0, steps, KEEP)
        for v in range(len(home))
    ]
    return [(int(one[0]), int(one[4])) for one in found]


@pytest.mark.parametrize("towns", [1, 2, 4])
@pytest.mark.parametrize("seed", range(8))
def test_the_best_group_of_a_place_is_the_same_as_when_all_are_in_one_list(seed, towns):
    field, chance = Field(discreet(seed, towns)), np.random.default_rng(seed)
    home = field.table[-1]
    for most in 2000, 12_000, 20_000:
        prices = chance.integers(0, most * SCALE, len(field.units.size))
        fees = chance.integers(0, 3000 * SCALE, field.able.shape)
        apart, together = (looks(field, prices, fees, where) for where in (home, np.full_like(home, NOWHERE)))
        assert [gain for gain, _ in apart] == [gain for gain, _ in together]
        assert all(bound >= gain for gain, bound in apart if gain > 0)


def test_one_from_home_and_the_others_from_elsewhere():
    """Three live here, of whom one is discreet; four live elsewhere. Only she can make a group of five."""
    people = [seeker(n, muni=0, modes=["physical"], discretion=2 if n == 0 else 0) for n in range(3)]
    people += [seeker(n, muni=n, modes=["physical"]) for n in range(3, 7)]
    field = Field(load(instance(people, rooms=[room()], starters=[starter()], max_size=5, min_size=5)))
    prices = np.array([0, 99_000, 99_000, 0, 0, 0, 0]) * SCALE
    prices = prices[field.units.member[field.units.ptr[:-1]]]
    home = np.zeros_like(field.table[-1])
    [(gain, _)] = looks(field, prices, np.zeros(field.able.shape, np.int64), home)
    assert gain > 0
    prices[np.flatnonzero(prices == 0)[-1]] = 99_000 * SCALE
    [(gain, bound)] = looks(field, prices, np.zeros(field.able.shape, np.int64), home)
    assert gain == 0 and bound <= 0


def test_many_who_may_meet_nobody_from_home_promise_no_group_there():
    people = [seeker(n, muni=0, modes=["physical"], discretion=2) for n in range(8)]
    field = Field(load(instance(people, rooms=[room()], starters=[starter()])))
    prices, fees = np.zeros(len(people), np.int64), np.zeros(field.able.shape, np.int64)
    apart, together = (
        looks(field, prices, fees, home, steps=1) for home in (field.table[-1], np.full(1, NOWHERE, np.int32))
    )
    assert apart[0][1] <= 0 < together[0][1]

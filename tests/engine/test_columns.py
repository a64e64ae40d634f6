"""Pricing by groups against trying every set; branching and odd weights against trying every solution."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rundbord.engine import meetings, places, units
from rundbord.engine.budget import Budget
from rundbord.engine.columns.exact import Exact
from rundbord.engine.columns.master import Branch
from rundbord.engine.columns.node import Limits
from rundbord.engine.columns.pricing import NONE, SCALE, Prices
from rundbord.engine.problem import load
from rundbord.engine.solve import as_solution, solve

from .brute import optimum
from .instances import by_chance
from .odd import wide
from .referee import Referee


class Trial:
    """An instance of a dozen people with prices by chance."""

    def __init__(self, seed, people=12, **weights):
        data = by_chance(seed, people, max_size=4)
        data["weights"] = data["weights"] | weights
        self.search = Exact(load(data), 1, Budget(None))
        self.generator, self.pricer = self.search.generator, self.search.generator.pricer
        self.t, chance = self.generator.templates, np.random.default_rng(seed)
        sizes = len(self.generator.units.size), len(self.t.cl_slot), len(self.t.slot)
        unit, klass, template = (chance.integers(0, 12_000 * SCALE, n) for n in sizes)
        self.prices = Prices(unit, klass, template[self.t.plain])
        self.scan = self.pricer.scan(self.prices, self.pricer.view())

    def sets(self, template):
        """Every set of units that may meet there, with its gain."""
        t, size = self.t, self.generator.units.size
        crowd = t.unit[t.ptr[template] : t.ptr[template + 1]].tolist()
        for count in range(1, int(t.high[template]) + 1):
            for some in combinations(crowd, count):
                fits = t.low[template] <= size[list(some)].sum() <= t.high[template]
                if fits and not self.pricer.clash[np.ix_(some, some)].any():
                    yield self.gain(template, some), tuple(sorted(some))

    def gain(self, template, some):
        """True worth beyond the prices, in 1/SCALE point; spare slots count where they are."""
        p, klass = self.prices, int(self.t.klass[template])
        worth = self.generator.column(template, some).worth * SCALE
        fee = p.klass[klass] if klass >= 0 else 0
        return worth - p.unit[list(some)].sum() - fee + p.template[template]


@pytest.mark.parametrize("cap", [1, 2, 3])
@pytest.mark.parametrize("seed", range(8))
def test_the_best_set_at_any_prices_is_found_and_bounded(seed, cap):
    """Among a template and those that ask for spare slots beside, every set is priced at its whole worth."""
    trial = Trial(seed, backup=700, backup_cap=cap)
    hope, every = trial.pricer.hope(trial.scan), np.arange(len(trial.t.slot))
    found = [trial.pricer.best(trial.scan, hope, template) for template in every.tolist()]
    filled, sets = trial.pricer.fill(trial.scan, every)
    for family in np.unique(trial.t.plain).tolist():
        gains = {some: gain for gain, some in trial.sets(family)}
        mine = np.flatnonzero(trial.t.plain == family).tolist()
        assert max(found[t].gain for t in mine) == max(gains.values(), default=NONE)
        for t in mine:
            assert filled[t] <= found[t].gain <= found[t].bound <= max(trial.scan.bound[t], NONE)
            assert filled[t] <= gains.get(sets[t], NONE)
            assert found[t].gain <= gains.get(found[t].units, NONE)


@pytest.mark.parametrize("seed", range(6))
def test_a_group_is_worth_what_its_meeting_is(seed):
    trial = Trial(seed, backup=70, backup_cap=3)
    for template in range(len(trial.t.slot)):
        for _, some in trial.sets(template):
            column = trial.generator.column(template, some)
            meeting = trial.generator.meeting(column.template, some, 0)
            assert column.worth == meetings.worth(trial.generator.problem, meeting)


@pytest.mark.parametrize(
    ("backup", "cap"), [(60, 2), (700, 1), (700, 5), (300, 10**5), (-300, 3), (200, -2), (-200, -2), (0, 4)]
)
@pytest.mark.parametrize("seed", range(5))
def test_spare_slots_of_any_worth_are_proven_to_the_point(seed, backup, cap):
    data = wide(seed, 4 + seed, min_size=1 + seed % 3, max_size=3 + seed % 2)
    data["weights"] = data["weights"] | {"backup": backup, "backup_cap": cap}
    found = solve(load(data), seconds=None)
    assert found.score == found.bound == optimum(data)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9))
def test_every_node_of_the_tree_keeps_the_best_answer(seed):
    """Without any dives, only the tree finds and proves."""
    data = wide(seed, 7, min_size=2, max_size=3)
    search = Exact(load(data), 1, Budget(None))
    search.tree.root(lambda: False)
    most, bounds = optimum(data), [search.bound]
    while search.tree.step(lambda: False):
        bounds.append(search.bound)
    assert min(bounds) >= most
    assert bounds == sorted(bounds, reverse=True)
    assert search.tree.score == search.bound == most


@pytest.mark.parametrize("seed", range(6))
def test_the_number_of_people_splits_without_loss(seed):
    """Whatever the number, one half holds the best answer; fewer people are never worth more."""
    data = wide(seed, 8, min_size=2, max_size=3)
    generator, most = Exact(load(data), 1, Budget(None)).generator, optimum(data)
    none = np.zeros(len(generator.templates.slot), dtype=np.int64)
    row = generator.master.branch(Branch(none, generator.units.size))

    def closed(low, high):
        generator.enter(Limits(((row, low, high),)))
        return generator.close(-1, 10_000)

    below = [closed(-np.inf, float(k)) for k in range(9)]
    above = [closed(float(k + 1), np.inf) for k in range(8)]
    assert below[0] == 0 and below == sorted(below)
    assert all(max(halves) >= most for halves in zip(below, above, strict=False))


@pytest.mark.parametrize("seed", range(3))
def test_a_search_cut_anywhere_is_valid_and_bounded(seed):
    data = by_chance(seed, 70, max_size=4)
    best = solve(load(data), seconds=None).score
    for iterations in (1, 2, 3, 7, 12):
        search = Exact(load(data), 1, Budget(None, iterations))
        search.run()
        solution = as_solution(load(data), search.meetings())
        assert Referee(data).faults(solution) == set()
        assert Referee(data).worth(solution) == search.tree.score <= best <= search.bound


def test_units_come_as_the_places_know_them():
    """Templates hold only units the place lists know."""
    problem = load(by_chance(3, 40, max_size=4))
    kinds = units.build(problem)
    there = places.build(problem, kinds)
    t = Exact(problem, 1, Budget(None)).generator.templates
    new = np.flatnonzero(t.open < 0)
    assert set(t.unit[np.isin(np.repeat(np.arange(len(t.slot)), np.diff(t.ptr)), new)]) <= set(there.unit)

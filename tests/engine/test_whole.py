"""The linear programme over all groups beside the broad search: its bound, its dives, what it may forget."""

import numpy as np
import pytest

from rundbord.engine.broad import search as broad_search
from rundbord.engine.broad.around import Dive, Whole
from rundbord.engine.broad.search import Broad
from rundbord.engine.broad.second import Here, Second
from rundbord.engine.budget import Budget
from rundbord.engine.columns.exact import Exact
from rundbord.engine.columns.known import Known
from rundbord.engine.columns.near import Near
from rundbord.engine.meetings import worth
from rundbord.engine.problem import load
from rundbord.engine.solve import as_solution

from .instances import by_chance
from .referee import Referee

PEOPLE = 90
SEEDS = range(4)


def priced(seed, people=PEOPLE):
    """A broad search that has prices and a first answer."""
    search = Broad(load(by_chance(seed, people, max_size=4)), seed, Budget(None, 12))
    search._start()
    return search


def root(problem, near=None):
    found = Exact(problem, 1, Budget(None), near)
    found.root(lambda: False)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_that_are_near_lead_to_the_same_bound(seed):
    search = priced(seed)
    problem = search.problem
    cold, warm = root(problem), root(problem, search.near())
    assert abs(cold.bound - warm.bound) <= 1  # a point: prices are rounded
    assert warm.bound <= search.bound


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_that_are_far_off_lead_there_too(seed):
    problem = load(by_chance(seed, 40, max_size=4))
    s = problem.starters
    wild = np.random.default_rng(seed)
    far = Near(
        wild.uniform(0, 40_000, len(problem.seekers)),
        wild.uniform(0, 40_000, len(s)),
        wild.uniform(0, 40_000, (len(s), problem.slots)),
    )
    assert abs(root(problem).bound - root(problem, far).bound) <= 1


@pytest.mark.parametrize("seed", SEEDS)
def test_groups_found_elsewhere_are_known(seed):
    search = priced(seed)
    found = search.meetings()
    known = Known(root(search.problem, search.near()).generator).columns(found)
    assert [c.worth for c in known] == [worth(search.problem, meeting) for meeting in found]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_dive_never_worsens_an_answer_and_keeps_the_rules(seed):
    data = by_chance(seed, PEOPLE, max_size=4)
    search, other = priced(seed), Here()
    problem, answer = search.problem, search.meetings()
    other.begin(Whole(problem, search.near(), seed, None))
    bound, before = other.result(), search.score
    for _ in range(4):
        other.begin(Dive(answer, None))
        answer = other.result()
        now = Referee(data).worth(as_solution(problem, answer))
        assert Referee(data).faults(as_solution(problem, answer)) == set()
        assert before <= now <= bound
        before = now


def test_what_is_forgotten_leaves_no_trace():
    search = priced(1)
    exact = root(search.problem, search.near())
    master, objective = exact.generator.master, lambda: master.solver.getInfo().objective_function_value
    master.solve()
    count, before, columns = len(master.columns), objective(), list(master.columns)
    wide = master.solver.getNumCol()
    other = Here()
    other.desk |= {"search": exact, "known": Known(exact.generator), "fresh": 1}
    other.begin(Dive([], None))
    assert other.result()
    assert master.columns == columns and len(master.pool.holds()) == count == len(master.pool.number)
    costs = np.array(master.solver.getLp().col_cost_)
    assert len(costs) == wide
    assert costs[master.at].tolist() == [-column.worth for column in columns]
    assert master.solve() and objective() == pytest.approx(before)


def test_the_other_process_says_the_same():
    search = priced(2)
    said = []
    for other in (Here(), Second()):
        other.begin(Whole(search.problem, search.near(), 5, None))
        bound = other.result()
        other.begin(Dive(search.meetings(), None))
        said.append((bound, other.result()))
        other.end()
    assert said[0] == said[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_too_many_for_the_programme_are_polished_in_neighbourhoods(seed, monkeypatch):
    monkeypatch.setattr(broad_search, "WHOLE", 0)
    data = by_chance(seed, PEOPLE, max_size=4)
    search = Broad(load(data), seed, Budget(None, 20))
    search.run()
    solution = as_solution(load(data), search.meetings())
    assert Referee(data).faults(solution) == set()
    assert Referee(data).worth(solution) == search.score <= search.bound


@pytest.mark.parametrize("reports", [2, 8, 14, 110])
def test_a_search_that_is_stopped_waits_for_nothing_beside_it(reports):
    class Beside(Here):
        def result(self):
            assert not search.budget.stopped()
            return super().result()

    left = iter(range(reports))
    told = Budget(None, 400, lambda *said: next(left, None) is not None)
    search = Broad(load(by_chance(1, PEOPLE, max_size=4)), 1, told)
    search._start()
    search._whole(Beside())
    assert search.budget.stopped() and search.score <= search.bound

"""What is loaded before the clock starts is all that a search calls."""

import importlib
import pkgutil

from rundbord.engine import compiled
from rundbord.engine.broad.ready import ready
from rundbord.engine.broad.search import Broad
from rundbord.engine.budget import Budget
from rundbord.engine.problem import load
from rundbord.engine.solve import solve

from .instances import by_chance, instance
from .odd import wide


def variants():
    """How many variants of each loop are compiled (one for every combination of argument types)."""
    names = [f"{compiled.__name__}.{found.name}" for found in pkgutil.iter_modules(compiled.__path__)]
    modules = [importlib.import_module(name) for name in names]
    loops = {f for module in modules for f in vars(module).values() if hasattr(f, "nopython_signatures")}
    return {f"{f.__module__}.{f.__name__}": len(f.nopython_signatures) for f in loops}


def test_nothing_is_compiled_while_the_clock_runs():
    ready()
    before = variants()
    for data in (instance([]), by_chance(1, 120), wide(2, 60)):
        Broad(load(data), 1, Budget(None, 12)).run()
    solve(load(by_chance(3, 500)), iterations=12)
    assert variants() == before
    assert before["rundbord.engine.compiled.rebuild.rebuild"] == 1


def test_whoever_only_listens_hears_of_an_answer_before_its_bound():
    told = []
    budget = Budget(None, 12, lambda share, score, bound: told.append((score, bound)))
    Broad(load(by_chance(1, 120)), 1, budget).run()
    scores, bounds = zip(*told, strict=True)
    assert bounds[0] is None and scores[0] > 0
    assert all(bound >= scores[-1] for bound in bounds[1:])
    assert list(scores) == sorted(scores)

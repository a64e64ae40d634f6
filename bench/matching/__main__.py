"""`./dev bench matching [people …] [--seconds N] [--seed N]`: how good, how fast, against a person with a
list.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from typing import Any

from rundbord.engine.meetings import score
from rundbord.engine.problem import Problem, load
from rundbord.engine.rules import violations
from rundbord.engine.solve import solve

from .first_come import first_come
from .workload import instance

SECONDS = {60: 2, 120: 10, 200: 30, 1000: 60}
LONG = 26  # weeks; nobody who waited so long may fare worse than under first come
COLUMNS = ("people", "seconds", "ratio", "proven", "placed", "first come", "26 weeks", "MB")


def main(argv: list[str] | None = None) -> int:
    """Print one row per size. 1 if any solution breaks a rule or somebody who waited long fares worse."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", nargs="*", type=int, default=list(SECONDS))
    parser.add_argument("--seconds", type=float, help="instead of the usual budget for the size")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    print("{:>7} {:>7} {:>6} {:>6} {:>7} {:>10} {:>9} {:>5}".format(*COLUMNS))
    rows = [row(people, args.seed, args.seconds or SECONDS.get(people, 120)) for people in args.people]
    return 0 if all(rows) else 1


def row(people: int, seed: int, seconds: float) -> bool:
    """One line of the table; whether the solution is valid and fair."""
    problem, started = load(instance(people, seed)), time.monotonic()
    found = solve(problem, seed=seed, seconds=seconds)
    took, listed = time.monotonic() - started, first_come(problem)
    ratio = found.score / found.bound if found.bound else 1.0
    long, long_listed = (waited_long(problem, s) for s in (found.solution, listed))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{people:7} {took:7.1f} {ratio:6.3f} {'yes' if found.optimal else 'no':>6} {found.placed:7}"
          f" {len(seated(listed)):10} {long:4}/{long_listed:<4} {memory:5}", flush=True)  # fmt: skip
    fine = not violations(problem, found.solution) and score(problem, found.solution) == found.score
    return fine and long >= long_listed


def seated(solution: dict[str, Any]) -> set[str]:
    """Ids of those placed."""
    return {m for g in solution["groups"] for m in g["members"]} | {j["seeker"] for j in solution["joins"]}


def waited_long(problem: Problem, solution: dict[str, Any]) -> int:
    """How many of those placed have waited half a year or more."""
    index, wait = problem.index["seekers"], problem.seekers.wait
    return sum(int(wait[index[id_]]) >= LONG for id_ in seated(solution))


if __name__ == "__main__":
    sys.exit(main())

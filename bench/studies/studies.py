"""The questions, each as a list of policies over one invented county."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bench.matching.workload import instance
from rundbord.engine.simulate import Policy, Rates, named, simulate

Result = dict[str, Any]
PEOPLE = 80  # wait on the first day
ARRIVALS = 3.0  # people a week
STARTERS = 2  # each with one group at a time; drawn anew in each simulated year
RATES = Rates(arrivals_per_week=ARRIVALS)
DECLINES = (5, 15, 25)  # per cent
SIZES = ("sizes-6-8", "sizes-5-8", "start-at-6")
RHYTHMS = ("weekly", "at-once", "fortnightly", "monthly")
MORE = range(1, 6)  # starters


def county() -> dict[str, Any]:
    """An invented county whose starters are all busy elsewhere: a policy's own are drawn to be like them."""
    told = instance(PEOPLE, 1)
    return told | {"starters": [row | {"capacity": 0} for row in told["starters"]]}


def _study(names: Sequence[str], replications: int, seed: int) -> Result:
    policies = [named(name) for name in names]
    with_starters = [replace(p, more_starters=p.more_starters or STARTERS) for p in policies]
    return simulate(county(), with_starters, rates=RATES, replications=replications, seed=seed)


def rhythm(replications: int, seed: int) -> Result:
    """How often to look for groups."""
    return _study(RHYTHMS, replications, seed)


def declines(replications: int, seed: int) -> Result:
    """How many say no, and how large groups may be."""
    return _study([f"{size}+declines-{share}" for size in SIZES for share in DECLINES], replications, seed)


def starters(replications: int, seed: int) -> Result:
    """What one more starter gives, and the next, and the next."""
    policies = [Policy(str(count), more_starters=count) for count in MORE]
    return simulate(county(), policies, rates=RATES, replications=replications, seed=seed)


def other(replications: int, seed: int) -> Result:
    """What else an office can decide."""
    return _study(
        ("weekly", "one-more-room", "no-self-start", "mixed-first", "topic-first"), replications, seed
    )


STUDIES: dict[str, Callable[[int, int], Result]] = {
    "rhythm": rhythm,
    "declines": declines,
    "starters": starters,
    "other": other,
}

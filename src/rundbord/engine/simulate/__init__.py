"""A year of an office, played under one policy after the other. The engine's README says what is modelled."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from ..problem import ProblemError, load
from .draws import Draws
from .measures import MEASURES, Year, against, interval, values, waits, year
from .playing.region import region
from .playing.world import World
from .policies import CATALOGUE, Policy, named
from .rates import Rates, from_json, told
from .waiting import curve, met_by_week

__all__ = ["CATALOGUE", "FORMAT", "Policy", "Rates", "Stopped", "from_json", "named", "play", "simulate"]

Row = dict[str, Any]
FORMAT = "rundbord-simulate/1"
ITERATIONS = 2  # of each run: root and first dive, some .95 of the bound; more changes little over a year


class Stopped(Exception):
    """The caller asked to stop; a part of a study is no study."""


def play(
    instance: Row,
    policy: Policy,
    rates: Rates,
    draws: Draws,
    *,
    weeks: int = 52,
    iterations: int = ITERATIONS,
    go_on: Callable[[int], bool] = lambda day: True,
) -> World:
    """One region under one policy for so many weeks; how everything is at the end.

    Raises ProblemError for an instance that cannot be used.
    """
    load(instance)
    drawn = region(instance, policy, rates, draws, 7 * weeks)
    world = World(instance, drawn, policy, rates, draws, iterations)
    world.live(7 * weeks, go_on)
    return world


def simulate(
    instance: Row,
    policies: Sequence[Policy],
    *,
    rates: Rates | None = None,
    replications: int = 10,
    seed: int = 1,
    weeks: int = 52,
    iterations: int = ITERATIONS,
    seconds: float | None = None,
    progress: Callable[[float], bool | None] | None = None,
) -> Row:
    """Compare policies, the first of them with each of the others, over the same drawn years.

    instance: in the format; its people are those who wait on the first day. weeks: 1 and more.
    seconds: after so many no replication is begun but the first; the result says how many there were.
    progress(share done): return False to stop.
    Without `seconds` the same arguments give the same result, number for number.
    Raises ProblemError for what cannot be used, Stopped if progress said so.
    """
    if len({policy.name for policy in policies}) < max(1, len(policies)):
        raise ProblemError("Name at least one policy, and each of them once.")
    rates = rates or Rates()
    teller = _Teller(progress, 7 * weeks, len(policies) * replications)
    years: dict[str, list[Year]] = {policy.name: [] for policy in policies}
    until = None if seconds is None else time.monotonic() + seconds
    for replication in range(replications):
        if replication and until is not None and time.monotonic() > until:
            break
        for policy in policies:
            world = play(instance, policy, rates, Draws(seed, replication), weeks=weeks,
                         iterations=iterations, go_on=teller.day)  # fmt: skip
            teller.next()
            years[policy.name].append(year(world, 7 * weeks))
    baseline = years[policies[0].name]
    return {
        "format": FORMAT, "instance": instance.get("name", ""), "weeks": weeks, "replications": len(baseline),
        "seed": seed, "iterations": iterations, "baseline": policies[0].name, "rates": told(rates),
        "policies": [_told(policy, years[policy.name], baseline, weeks) for policy in policies],
    }  # fmt: skip


class _Teller:
    """Progress over all years; raises Stopped."""

    def __init__(self, progress: Callable[[float], bool | None] | None, days: int, years: int) -> None:
        self.progress, self.days, self.years, self.done = progress, days, years, 0

    def day(self, day: int) -> bool:
        if self.progress is not None and self.progress((self.done + day / self.days) / self.years) is False:
            raise Stopped
        return True

    def next(self) -> None:
        self.done += 1


def _told(policy: Policy, mine: list[Year], baseline: list[Year], weeks: int) -> Row:
    """One policy's part of the result."""
    rows, base = ([values(each, weeks) for each in some] for some in (mine, baseline))
    steps = curve(spell for each in mine for spell in each.spells)
    names = [*MEASURES, "median_weeks", "p90_weeks", "mean_weeks"]
    return {
        "name": policy.name,
        "changes": policy.changes(),
        "waiting": waits(steps, weeks) | {"met_by_week": met_by_week(steps, weeks)},
        "measures": {name: interval([row[name] for row in rows]) for name in names},
        "against_baseline": {
            name: against([row[name] for row in rows], [row[name] for row in base]) for name in names
        },
        "replications": [row | {"counts": each.counts} for row, each in zip(rows, mine, strict=True)],
    }

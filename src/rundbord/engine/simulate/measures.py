"""What a simulated year comes to, and how sure a difference between two policies is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

from .playing.people import Group, Person, Where
from .playing.world import World
from .waiting import Spell, Step, curve, mean_weeks, weeks_until

Row = dict[str, Any]
PERIOD = 84  # days: "surviving" means twelve weeks after the first meeting
# Student's t, 97.5 per cent, by degrees of freedom; a difference of few replications is little sure.
_T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
      2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
      2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042)  # fmt: skip


@dataclass(frozen=True)
class Year:
    """Counts of one replication under one policy at its end, and everybody's waiting."""

    counts: Row
    spells: list[Spell]


def year(world: World, days: int) -> Year:
    """What the world came to after so many days."""
    people, groups = list(world.people.values()), [g for g in world.groups if not g.old]
    where = {place.value: sum(p.where is place for p in people) for place in Where}
    started = [g for g in groups if g.first is not None and g.first < days]
    early = [g for g in started if g.first is not None and g.first + PERIOD < days]
    counts = {
        "people": len(people),
        **where,
        "met": sum(p.met is not None for p in people),
        "groups_proposed": len(groups),
        "groups_decided": sum(g.first is not None or g.over is not None for g in groups),
        "groups_fell_through": sum(g.first is None and g.over is not None for g in groups),
        "groups_started": len(started),
        "groups_old_enough": len(early),
        "groups_surviving_12_weeks": sum(_survived(g) for g in early),
        "groups_at_end": sum(g.alive(days - 1) for g in started),
        "offers": world.offers,
        "declined": world.declined,
        "runs": world.runs,
    }
    return Year(counts, [spell(person, days) for person in people])


def _survived(group: Group) -> bool:
    return group.first is not None and group.alive(group.first + PERIOD)


def spell(person: Person, days: int) -> Spell:
    """Her waiting as far as it was seen, in days since she came."""
    ends = [day for day in (person.met, person.gone) if day is not None]
    return Spell(max(0, -person.came), min(ends, default=days) - person.came, person.met is not None)


def _share(part: str, whole: str) -> Callable[[Row], float]:
    return lambda counts: counts[part] / counts[whole] if counts[whole] else 0.0


def _count(name: str) -> Callable[[Row], float]:
    return lambda counts: counts[name]


MEASURES: dict[str, Callable[[Row], float]] = {
    "placed_share": _share("met", "people"),
    "met": _count("met"),
    "groups_started": _count("groups_started"),
    "fell_through_share": _share("groups_fell_through", "groups_decided"),
    "surviving_12_weeks_share": _share("groups_surviving_12_weeks", "groups_old_enough"),
    "groups_at_end": _count("groups_at_end"),
    "people_in_groups_at_end": _count("in_group"),
    "waiting_at_end": _count("waiting"),
    "left_list": _count("left_list"),
}


def values(year: Year, weeks: int) -> dict[str, float | None]:
    """Every measure of one replication; the median and the 90th percentile may not have been reached."""
    steps = curve(year.spells)
    return {name: measure(year.counts) for name, measure in MEASURES.items()} | waits(steps, weeks)


def waits(steps: Sequence[Step], weeks: int) -> dict[str, float | None]:
    """Waiting in weeks: median, 90th percentile (None: longer than was seen), mean within the time."""
    return {
        "median_weeks": weeks_until(steps, 0.5),
        "p90_weeks": weeks_until(steps, 0.9),
        "mean_weeks": mean_weeks(steps, weeks),
    }


def interval(numbers: Sequence[float | None]) -> Row | None:
    """Mean and 95 per cent confidence interval over replications; None if any of them is unknown."""
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or not known:
        return None
    mean = fmean(known)
    if len(known) == 1:
        return {"mean": round(mean, 6), "low": None, "high": None}
    half = t_value(len(known) - 1) * stdev(known) / math.sqrt(len(known))
    return {"mean": round(mean, 6), "low": round(mean - half, 6), "high": round(mean + half, 6)}


def t_value(freedom: int) -> float:
    """Student's t for a two-sided 95 per cent interval; 1.96 and a little beyond the table."""
    return _T[freedom - 1] if freedom <= len(_T) else 1.96 + 2.5 / freedom


def against(mine: Sequence[float | None], baseline: Sequence[float | None]) -> Row | None:
    """The difference between two policies over the same replications, one by one."""
    pairs = zip(mine, baseline, strict=True)
    return interval([None if a is None or b is None else a - b for a, b in pairs])

"""How long people wait, with those who still wait counted honestly (Kaplan and Meier, 1958).

Somebody who already waited when the simulated time began is counted from then on only (delayed entry), and
whoever still waits at its end, or has left, is counted until then (censored).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Spell(NamedTuple):
    """One person's waiting as it was seen, from `entry` to `exit` days after she came.

    met: it ended in a first meeting.
    """

    entry: int
    exit: int
    met: bool


class Step(NamedTuple):
    """From `day` of waiting on, this share still waits."""

    day: int
    waiting: float


def curve(spells: Iterable[Spell]) -> list[Step]:
    """The share still waiting by days since they came, if nobody left; from (0, 1) downwards."""
    seen = [spell for spell in spells if spell.exit > spell.entry or spell.met]
    met = Counter(spell.exit for spell in seen if spell.met)
    entered, left = Counter(s.entry for s in seen), Counter(s.exit for s in seen)
    at_once = Counter(s.exit for s in seen if s.exit == s.entry)
    at_risk, share, steps = 0, 1.0, [Step(0, 1.0)]
    for day in sorted({*entered, *left}):
        # Whoever enters on this very day is at risk only from the next on, unless it is her first meeting.
        if met[day]:
            share *= 1 - met[day] / (at_risk + at_once[day])
            steps.append(Step(day, share))
        at_risk += entered[day] - left[day]
    return steps


def weeks_until(steps: Sequence[Step], share: float) -> float | None:
    """Weeks after which `share` of the people have had their first meeting; None if that was not seen."""
    day = next((step.day for step in steps if step.waiting <= 1 - share + 1e-9), None)
    return None if day is None else day / 7


def mean_weeks(steps: Sequence[Step], within: int) -> float:
    """Mean weeks of waiting, each counted up to `within` weeks: always known, also when the median is not."""
    ends = [*steps, Step(7 * within, 0.0)]
    return sum(a.waiting * max(0, min(b.day, 7 * within) - a.day) for a, b in pairwise(ends)) / 7


def met_by_week(steps: Sequence[Step], weeks: int) -> list[float]:
    """For weeks 0, 1 … `weeks`: the share that has had the first meeting by then."""
    out, at = [], 0
    for week in range(weeks + 1):
        while at + 1 < len(steps) and steps[at + 1].day <= 7 * week:
            at += 1
        out.append(round(1 - steps[at].waiting, 6))
    return out

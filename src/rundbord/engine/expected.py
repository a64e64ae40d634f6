"""What comes of proposals when people say no: exact, each person deciding for herself.

Somebody who stays together with others comes only if all of them do. Reserves (single people) are asked one
after the other until the group is as large as it was proposed, or nobody is left to ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import comb
from typing import Any, NamedTuple

from . import meetings as meet
from .fixing import without
from .meetings import Meeting
from .problem import Problem


class Chance(NamedTuple):
    """starts: the probability that at least the smallest size says yes. people: expected number of people in
    it, counted as none if it does not start.
    """

    starts: float
    people: float


def coming(sizes: Sequence[int], decline: float) -> list[float]:
    """The probability of 0, 1, 2 ... people saying yes, of units of these sizes."""
    out = [1.0]
    for size in sizes:
        yes = (1 - decline) ** size
        stay = [p * (1 - yes) for p in out] + [0.0] * size
        out = [a + b for a, b in zip(stay, [0.0] * size + [p * yes for p in out], strict=True)]
    return out


def chance(sizes: Sequence[int], spare: int, least: int, decline: float) -> Chance:
    """A group of units of these sizes, with `spare` reserves; it starts with at least `least` people."""
    starts = people = 0.0
    full = sum(sizes)
    reserves = [comb(spare, k) * (1 - decline) ** k * decline ** (spare - k) for k in range(spare + 1)]
    for come, p in enumerate(coming(sizes, decline)):
        for fill, q in enumerate(reserves):
            count = min(full, come + fill)
            if count >= least:
                starts += p * q
                people += p * q * count
    return Chance(starts, people)


def expected(
    problem: Problem, solution: dict[str, Any], decline: float = 0.15, spare: Sequence[int] | None = None
) -> dict[str, Any]:
    """Expected started groups and people in them, rounded to four decimals.

    spare: per new group, how many reserves it may ask; by default those left over are dealt out, so that
    nobody is counted on twice. each: per new group `starts`, `people`, `without_reserves` (the probability
    if nobody else is asked) and `reserves`. joins: people expected to take a place in a running group.
    """
    found = meet.meetings(problem, solution)
    new = [m for m in found if m.open is None]
    spare = _dealt(problem, found, new) if spare is None else spare
    each = [_of_group(problem, m, count, decline) for m, count in zip(new, spare, strict=True)]
    asked = sum(len(m.members) for m in found if m.open is not None)
    return {
        "decline": decline,
        "invited_groups": len(new),
        "invited": sum(len(m.members) for m in new),
        "groups": round(sum(one["starts"] for one in each), 4),
        "people": round(sum(one["people"] for one in each), 4),
        "joins": round(asked * (1 - decline), 4),
        "each": each,
    }


def _of_group(problem: Problem, meeting: Meeting, spare: int, decline: float) -> dict[str, Any]:
    sizes, least = unit_sizes(problem, meeting), problem.policy.min_size
    with_help, without_help = (chance(sizes, n, least, decline) for n in (spare, 0))
    return {
        "starts": round(with_help.starts, 4),
        "people": round(with_help.people, 4),
        "without_reserves": round(without_help.starts, 4),
        "reserves": spare,
    }


def unit_sizes(problem: Problem, meeting: Meeting) -> list[int]:
    """How many come together: 1 for a single person."""
    bundle = problem.seekers.bundle[list(meeting.members)].tolist()
    return [1] * bundle.count(-1) + [n for number, n in Counter(bundle).items() if number >= 0]


def _dealt(problem: Problem, found: Sequence[Meeting], new: Sequence[Meeting]) -> list[int]:
    # Explaining asks for chances too, so its part in them is looked up late.
    from .explain.reserves import Reserves

    desk = Reserves(problem, without(problem, found)[1])
    return [len(got) for got in desk.dealt([desk.welcome(desk.able(m), m.members) for m in new])]

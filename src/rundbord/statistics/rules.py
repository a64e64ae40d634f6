"""What may be told of a count: small numbers hidden, with as many others as it takes; the rest rounded.

Whoever reads a table knows these rules, may add and subtract, and may compare with the next edition. She may
narrow a hidden number down, but never to one value (tests try every small table).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from rundbord.kernel.refusals import Refused

LEAST = 5  # a number below this is never told (TRUST.md)
STEP = 5  # others are told to the nearest of these, so that two editions cannot be subtracted
_QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
NARROWEST = 2  # values that must stay possible for a number that is hidden


class PeriodNotWhole(Refused):
    """Numbers of any chosen days could be subtracted from one another until a person shows."""

    sentence = _("Choose a period from 1 January to the end of a quarter.")


@dataclass(frozen=True)
class Table:
    """One counter: `total` and `cells` by detail, rounded; None where the number is hidden."""

    total: int | None
    cells: dict[str, int | None]


# Not even which details there are: four of them in a total below five would be one each.
NOTHING_TOLD = Table(None, {})


@dataclass(frozen=True)
class Range:
    """The values a reader still thinks possible, both ends included."""

    low: int
    high: int


def years(since: date, until: date) -> list[tuple[date, date]]:
    """The calendar years of a period, both days included; the last may end with any quarter.

    Raises PeriodNotWhole for a period that starts or ends elsewhere.
    """
    ends = [date(until.year, month, day) for month, day in _QUARTER_ENDS]
    if (since.month, since.day) != (1, 1) or until not in ends or until < since:
        raise PeriodNotWhole
    return [(date(year, 1, 1), min(until, date(year, 12, 31))) for year in range(since.year, until.year + 1)]


def rounded(value: int) -> int:
    """To the nearest multiple of STEP."""
    return (value + STEP // 2) // STEP * STEP


def protected(values: Mapping[str, int]) -> Table:
    """The table as it may be told. `values`: the true number of each detail."""
    known = {detail: value for detail, value in values.items() if value}
    total = sum(known.values())
    if total < LEAST:
        return NOTHING_TOLD if total else Table(0, {})
    hidden = {detail for detail, value in known.items() if value < LEAST}
    while hidden and not _vague(known, hidden, total):
        shown = sorted((value, detail) for detail, value in known.items() if detail not in hidden)
        if not shown:
            return NOTHING_TOLD
        hidden.add(shown[0][1])
    cells = {detail: None if detail in hidden else rounded(value) for detail, value in known.items()}
    return Table(rounded(total), cells)


def _vague(known: Mapping[str, int], hidden: set[str], total: int) -> bool:
    """Whether each small hidden number may still be NARROWEST different ones, and another hides with it."""
    told = [_told(rounded(value)) for detail, value in known.items() if detail not in hidden]
    small = [Range(1, LEAST - 1) for detail in hidden if known[detail] < LEAST]
    # The smallest are hidden first: a reader knows that the others hidden are no larger than what is shown.
    top = min((part.high for part in told), default=total + STEP)
    large = [Range(LEAST, top) for detail in hidden if known[detail] >= LEAST]
    alone = len(hidden) < 2
    return not alone and _width(_told(rounded(total)), [*told, *small[1:], *large]) >= NARROWEST


def _told(number: int) -> Range:
    """What the true value may be when the rounded one is told."""
    return Range(max(LEAST, number - STEP // 2), number + STEP // 2)


def _width(total: Range, rest: Sequence[Range]) -> int:
    """How many values from 1 to LEAST - 1 are possible for a number, given the ranges of total and rest."""
    high = min(LEAST - 1, total.high - sum(part.low for part in rest))
    low = max(1, total.low - sum(part.high for part in rest))
    return high - low + 1


def together(tables: Iterable[Table]) -> Table:
    """Several years as one: what was told of each is added, and what is hidden in one stays hidden."""
    total: int | None = 0
    cells: dict[str, int | None] = {}
    for table in tables:
        total = None if total is None or table.total is None else total + table.total
        for detail, value in table.cells.items():
            before = cells.get(detail, 0)
            cells[detail] = None if before is None or value is None else before + value
    return Table(total, cells)

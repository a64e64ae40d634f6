"""Reads: how often things happened, told so that nobody can be found in the numbers."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Sum

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter
from rundbord.statistics import rules
from rundbord.statistics.rules import Table


def counts(organisation_id: UUID, since: date, until: date) -> dict[str, Table]:
    """Every counter of one organisation in a period, by name: totals and cells, small numbers hidden.

    Both days included; from 1 January to the end of a quarter, of any year. One query a year.
    Raises PeriodNotWhole for another period.
    """
    by_year = [_told(_year(organisation_id, *days)) for days in rules.years(since, until)]
    names = sorted({name for year in by_year for name in year})
    return {name: rules.together(year[name] for year in by_year if name in year) for name in names}


def counts_over(organisation_ids: list[UUID], since: date, until: date) -> dict[str, Table]:
    """The same for several organisations together, as those above them may see it: counts, never rows."""
    per_office = [counts(organisation_id, since, until) for organisation_id in organisation_ids]
    names = sorted({name for office in per_office for name in office})
    return {name: rules.together(office[name] for office in per_office if name in office) for name in names}


def _told(numbers: dict[str, dict[str, int]]) -> dict[str, Table]:
    return {name: rules.protected(details) for name, details in numbers.items()}


def _year(organisation_id: UUID, first: date, last: date) -> dict[str, dict[str, int]]:
    """True numbers by counter and detail; never leaves this room."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with tenancy.scope(organisation_id):
        rows = Counter.objects.filter(day__range=(first, last)).values_list("counter", "detail")
        for counter, detail, number in rows.annotate(number=Sum("value")):
            found[counter][detail] = number
    return dict(found)

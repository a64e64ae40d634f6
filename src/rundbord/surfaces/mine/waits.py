"""How long people wait here, told only when nobody can be found in it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from rundbord.kernel.clock import local
from rundbord.statistics import queries as statistics

# Below this the middle of the numbers says more about chance than about waiting.
ENOUGH = 20
# Buckets of signups' counter, and the weeks within which somebody in them had a place.
_WITHIN = {"0-3": 4, "4-7": 8, "8-12": 13, "13-25": 26}


def last_quarter_end(today: date) -> date:
    """The last day of the newest whole quarter."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return first - timedelta(days=1)


def usual_wait(organisation_id: UUID, now: datetime) -> int | None:
    """Weeks within which half of those who got a place had it; 0 when it was more than half a year.

    None while too few are counted, or as long as any of the numbers must be hidden.
    """
    until = last_quarter_end(local(now).date())
    placed = statistics.counts(organisation_id, date(until.year, 1, 1), until).get("wish-placed")
    if placed is None or placed.total is None or placed.total < ENOUGH:
        return None
    told = [(weeks, placed.cells.get(bucket, 0)) for bucket, weeks in _WITHIN.items()]
    so_far = 0
    for weeks, number in told:
        if number is None:
            return None
        so_far += number
        if 2 * so_far >= placed.total:
            return weeks
    return 0

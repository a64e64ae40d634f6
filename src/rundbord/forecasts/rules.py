"""States of a forecast, what may be asked, and what its years come to in plain numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ForecastState(TextChoices):
    QUEUED = "queued", _("Waiting to start")
    RUNNING = "running", _("Working")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


UNDER_WAY = (ForecastState.QUEUED, ForecastState.RUNNING)
MOST = 5  # starters or rooms more
WEEKS = (26, 52)
DECLINES = (5, 15, 25)  # per cent
ABANDONED = timedelta(minutes=30)
FEW_ANSWERS = 20  # offers answered; below it the office's own share of no says little
FEW_WISHES = 10  # in the time looked at


@dataclass(frozen=True)
class Question:
    """What is asked: so many more, so far ahead, with so many saying no. decline in per cent."""

    starters: int
    rooms: int
    weeks: int
    decline: int

    def possible(self) -> bool:
        """Whether it can be asked."""
        more = 0 <= self.starters <= MOST and 0 <= self.rooms <= MOST and self.starters + self.rooms > 0
        return more and self.weeks in WEEKS and self.decline in DECLINES


@dataclass(frozen=True)
class Own:
    """The office's own numbers of the last `weeks` weeks, as counted; None where too little was counted."""

    weeks: int
    arrivals_per_week: float | None
    decline: float | None  # share of answered offers


def nearest_decline(share: float | None) -> int:
    """The choice nearest to the office's own share of no, in per cent; the middle one where it has none."""
    return 15 if share is None else min(DECLINES, key=lambda per_cent: abs(per_cent - 100 * share))


def abandoned(state: str, since: datetime, now: datetime) -> bool:
    """Whether a forecast under way has been given up by whoever made it."""
    return state in UNDER_WAY and now - since > ABANDONED


@dataclass(frozen=True)
class Between:
    """A mean over simulated years, and the ends between which eight of ten of them lie."""

    mean: float
    low: float
    high: float


def eight_of_ten(numbers: Sequence[float]) -> Between:
    """The mean of one number a year; a tenth of the years at either end is left outside.

    ValueError without numbers.
    """
    ordered = sorted(numbers)
    out = len(ordered) // 10
    return Between(sum(ordered) / len(ordered), ordered[out], ordered[-1 - out])


def outcome(now: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a simulated study: per side weeks and counts, and the difference, year by year.

    now, more: the policies' parts of the engine's result. Numbers only.
    """
    years = list(zip(now["replications"], more["replications"], strict=True))
    found = eight_of_ten([b["met"] - a["met"] for a, b in years])
    groups = eight_of_ten([b["groups_started"] - a["groups_started"] for a, b in years])
    return {
        "now": _side(now), "more": _side(more), "years": len(years),
        "met": vars(found), "groups": vars(groups),
    }  # fmt: skip


def _side(told: dict[str, Any]) -> dict[str, Any]:
    measures, waiting = told["measures"], told["waiting"]
    counts = ("met", "groups_started", "people_in_groups_at_end", "waiting_at_end")
    return {name: measures[name]["mean"] for name in counts} | {
        "median_weeks": waiting["median_weeks"],
        "p90_weeks": waiting["p90_weeks"],
        "placed_share": measures["placed_share"]["mean"],
    }


def sure(met: dict[str, float]) -> bool:
    """Whether nearly every simulated year had more people in groups with the change than without."""
    return met["low"] > 0

"""An office's own numbers as the engine wants them: who waits, what there is, how often things happen."""

from dataclasses import asdict
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from rundbord.engine.simulate import Rates
from rundbord.forecasts import queries
from rundbord.forecasts.models import Forecast
from rundbord.kernel.week import SLOTS
from rundbord.matching import problem
from rundbord.organisations.queries import settings_of

Row = dict[str, Any]
HERE = {"waiting": "seekers", "starters": "starters", "rooms": "rooms"}
LEAST_WEEKS = 8  # a list that is younger says little about how many come


def instance(organisation_id: UUID, now: datetime) -> Row:
    """Who waits, and what there is once the starts under way are handed over: ids and numbers, no names."""
    built, keys = problem.build(organisation_id, now)
    for row in built["starters"]:
        starter = keys.starters[row["id"]]
        row["capacity"] = starter.concurrent_starts
        row["slots"] = sorted(set(starter.slots) & set(SLOTS))
    return built


def rates(forecast: Forecast, instance: Row, now: datetime) -> tuple[Rates, Row]:
    """The rates of this office, and what the result page says of them: numbers and where they are from."""
    settings = settings_of(forecast.organisation_id)
    counted = queries.own(forecast.organisation_id, now)
    arrivals = counted.arrivals_per_week or _from_the_list(instance["seekers"])
    found = Rates(
        arrivals_per_week=min(500.0, arrivals),
        decline=forecast.decline / 100,
        answer_days=ceil(settings["offer_hours"] / 24),
        first_meeting_days=settings["first_meeting_after_days"],
        startup_weeks=min(26, settings["startup_meetings"] * settings["every_weeks"]),
        enough=settings["group_enough"],
        floor=settings["group_floor"],
    )
    here = {name: len(instance[table]) for name, table in HERE.items()}
    return found, here | {
        "rates": asdict(found),
        "counted_weeks": counted.weeks,
        "counted": counted.arrivals_per_week is not None,
    }


def _from_the_list(seekers: list[Row]) -> float:
    """People a week, at least: those who wait have come since the one who has waited longest came."""
    return len(seekers) / max(LEAST_WEEKS, *(row["wait_weeks"] for row in seekers), 1)

"""What a simulated year assumes: every rate by name, with its unit, its range and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from ..problem import ProblemError

_ASSUMED = "assumption"
_SETTING = "the default of the office's setting"


def _rate(default: float, low: float, high: float, unit: str, source: str) -> Any:
    return field(default=default, metadata={"low": low, "high": high, "unit": unit, "source": source})


@dataclass(frozen=True)
class Rates:
    """Chances are shares from 0 to 1; "per week" is the chance that it happens within one week."""

    arrivals_per_week: float = _rate(3, 0, 500, "people a week", f"{_ASSUMED}; count your own")
    decline: float = _rate(0.15, 0, 1, "share of offers", "design notes: 5, 15 and 25 per cent are compared")
    no_leaves: float = _rate(0.2, 0, 1, "share of those who say no", f"{_ASSUMED}: they leave the list")
    impatience: float = _rate(0.01, 0, 1, "per week on the list", f"{_ASSUMED}: about 4 in 10 within a year")
    answer_days: int = _rate(3, 1, 30, "days", f"{_SETTING} “Time to answer an offer”")
    rounds: int = _rate(3, 1, 10, "rounds of offers", f"{_ASSUMED}: then the office decides")
    reserves: int = _rate(5, 0, 50, "people", "as many as a proposal names")
    enough: int = _rate(5, 1, 100, "people", f"{_SETTING} “Start when this many have said yes”")
    floor: int = _rate(
        4, 1, 100, "people", f"{_SETTING} “Never start with fewer than”; below it a group ends"
    )
    first_meeting_days: int = _rate(10, 0, 90, "days", f"{_SETTING} from enough yes to the first meeting")
    startup_weeks: int = _rate(5, 1, 26, "weeks", f"{_SETTING} “Meetings with the starter”, one a week")
    rest_weeks: int = _rate(6, 0, 104, "weeks", f"{_ASSUMED}: a starter's pause between two groups")
    early_drop_out: float = _rate(0.02, 0, 1, "per week with the starter", _ASSUMED)
    drop_out: float = _rate(0.01, 0, 1, "per week afterwards", _ASSUMED)
    group_ends: float = _rate(
        0.01, 0, 1, "per week afterwards", "“sometimes six months, sometimes several years”"
    )
    opens_places: float = _rate(0.5, 0, 1, "share of groups", f"{_ASSUMED}: they take newcomers when smaller")
    starters_come: float = _rate(1, 0, 100, "starters a year", _ASSUMED)
    starter_goes: float = _rate(
        0.003, 0, 1, "per week and starter", f"{_ASSUMED}: about 1 in 7 within a year"
    )
    jitter_m: int = _rate(1500, 0, 100_000, "metres", f"{_ASSUMED}: how far a newcomer lives from her model")
    other_slot: float = _rate(
        0.3, 0, 1, "share of newcomers", f"{_ASSUMED}: one time differs from her model's"
    )

    def __post_init__(self) -> None:
        for each in fields(self):
            _check(each.name, getattr(self, each.name), each.metadata, each.type)


def _check(name: str, value: Any, about: Mapping[str, Any], kind: Any) -> None:
    whole = kind in (int, "int")
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise ProblemError(f"The rate “{name}” should be a {'whole ' * whole}number, not {value!r}.")
    if not about["low"] <= value <= about["high"]:
        raise ProblemError(f"The rate “{name}” is {value}; allowed: {about['low']} to {about['high']}.")


def from_json(data: Any) -> Rates:
    """Rates from an object of names and numbers; what is not named keeps its default.

    Raises ProblemError for an unknown name or a number outside its range.
    """
    if not isinstance(data, dict):
        raise ProblemError("The rates should be an object of names and numbers.")
    unknown = sorted(set(data) - {each.name for each in fields(Rates)})
    if unknown:
        raise ProblemError(f"There is no rate called “{unknown[0]}”.")
    return Rates(**data)


def told(rates: Rates) -> dict[str, dict[str, Any]]:
    """Every rate with its value, unit and source, for the result."""
    return {
        each.name: {"value": getattr(rates, each.name), "unit": each.metadata["unit"],
                    "source": each.metadata["source"]}
        for each in fields(rates)
    }  # fmt: skip

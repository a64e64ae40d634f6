"""docs/studies/README.md from the numbers, so that the words and the pictures never disagree."""

from __future__ import annotations

from typing import Any

from .figures import RHYTHM, SIZE, percent
from .studies import ARRIVALS, DECLINES, PEOPLE, SIZES, STARTERS, county
from .words import DECLINED, HEAD, OTHER, RHYTHMS, STARTED, WHAT_NOT

Told = dict[str, Any]


def written(told: Told) -> str:
    """The page."""
    first = next(iter(told.values()))
    rates = {name: rate["value"] for name, rate in first["rates"].items()}
    head = HEAD.format(
        years=" or ".join(sorted({str(study["replications"]) for study in told.values()})),
        seed=first["seed"], people=PEOPLE,
        arrivals=ARRIVALS, starters=STARTERS, rooms=len(county()["rooms"]),
        enough=rates["enough"], startup=rates["startup_weeks"], rest=rates["rest_weeks"],
    )  # fmt: skip
    chapters = {"starters": starters, "rhythm": rhythm, "declines": declines, "other": other}
    return "\n".join([head, *(tell(told[name]) for name, tell in chapters.items() if name in told), WHAT_NOT])


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def weeks(number: float | None, told: Told) -> str:
    """Whole weeks, or that it was not seen."""
    return f"more than {told['weeks']}" if number is None else f"{number:.0f}"


def about(row: Told | None, told: str = "{:.1f}") -> str:
    """ "7.2 (5.0 to 9.4)" """
    if row is None:
        return "–"
    return f"{told.format(row['mean'])} ({told.format(row['low'])} to {told.format(row['high'])})"


def sure(row: Told) -> str:
    """What to say behind a difference."""
    return "" if row["low"] > 0 or row["high"] < 0 else ", which may be chance"


def rhythm(told: Told) -> str:
    """How often to look."""
    rows = []
    for policy in told["policies"]:
        measures = policy["measures"]
        rows.append([RHYTHM[policy["name"]], weeks(policy["waiting"]["median_weeks"], told),
                     about(measures["mean_weeks"]), percent(measures["placed_share"]["mean"]),
                     percent(measures["fell_through_share"]["mean"])])  # fmt: skip
    said = []
    for policy in told["policies"][1:]:
        row = policy["against_baseline"]["mean_weeks"]
        said.append(
            f"- {RHYTHM[policy['name']]}, against every week: {about(row, '{:+.1f}')} weeks{sure(row)}."
        )
    head = [
        "the office looks",
        "median weeks",
        "mean weeks within the year",
        "placed",
        "groups that fall through",
    ]
    return RHYTHMS.format(table=table(head, rows), differences="\n".join(said))


def declines(told: Told) -> str:
    """Declines and sizes."""
    by_name = {policy["name"]: policy["measures"] for policy in told["policies"]}
    rows = []
    for size in SIZES:
        each = [by_name[f"{size}+declines-{share}"] for share in DECLINES]
        middle = each[1]
        rows.append([SIZE[size], *(percent(one["placed_share"]["mean"]) for one in each),
                     percent(middle["fell_through_share"]["mean"]),
                     percent(middle["surviving_12_weeks_share"]["mean"])])  # fmt: skip
    head = ["groups", *(f"placed, {share} % say no" for share in DECLINES)]
    return DECLINED.format(table=table([*head, "fall through (15 %)", "alive after 12 weeks (15 %)"], rows))


def starters(told: Told) -> str:
    """One more starter, and the next."""
    rows, before = [], None
    for policy in told["policies"]:
        met = policy["measures"]["met"]
        rows.append([policy["name"], about(met, "{:.0f}"),
                     "" if before is None else f"{met['mean'] - before:+.0f}",
                     about(policy["measures"]["mean_weeks"]),
                     weeks(policy["waiting"]["median_weeks"], told)])  # fmt: skip
        before = met["mean"]
    head = ["starters", "people with a first meeting", "by the last one", "mean weeks", "median weeks"]
    return STARTED.format(table=table(head, rows))


def other(told: Told) -> str:
    """The rest, as differences."""
    names = ("met", "mean_weeks", "groups_started")
    rows = [
        [OTHER[policy["name"]], *(about(policy["against_baseline"][name], "{:+.1f}") for name in names)]
        for policy in told["policies"][1:]
    ]
    head = ["against looking every week", "people with a first meeting", "weeks of waiting", "groups started"]
    closing = "A range that holds both signs may be chance.\n"
    return "\n".join(["## What else can an office decide?", "", table(head, rows), closing])

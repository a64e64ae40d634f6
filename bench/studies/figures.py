"""Numbers of the studies as pictures."""

from __future__ import annotations

from typing import Any

from .studies import DECLINES, SIZES
from .svg import COLOURS, Chart

Told = dict[str, Any]
RHYTHM = {
    "weekly": "every week",
    "at-once": "at once",
    "fortnightly": "every 2 weeks",
    "monthly": "every 4 weeks",
}
SIZE = {
    "sizes-6-8": "invite 6–8",
    "sizes-5-8": "invite 5–8",
    "start-at-6": "6–8, start at 6",
}


def drawn(told: Told) -> dict[str, str]:
    """File name without ending -> the picture."""
    pictures = {
        "rhythm": ("waiting", waiting),
        "declines": ("declines", declines),
        "starters": ("starters", starters),
    }
    return {name: draw(told[study]) for study, (name, draw) in pictures.items() if study in told}


def percent(share: float) -> str:
    """ "40 %" """
    return f"{share * 100:.0f} %"


def waiting(told: Told) -> str:
    """Share that has had a first meeting, by weeks of waiting, one line for each rhythm."""
    chart = Chart("Share with a first meeting by weeks of waiting", (0, 52, "weeks since the wish"),
                  (0, 1, "have had a first meeting"))  # fmt: skip
    ends = []
    for policy, colour in zip(told["policies"], COLOURS, strict=False):
        curve = policy["waiting"]["met_by_week"]
        chart.line(list(enumerate(curve)), colour)
        ends.append((curve[-1], RHYTHM[policy["name"]], colour))
    chart.labels(ends)
    return chart.drawn([(week, str(week)) for week in range(0, 53, 13)], [0, 0.25, 0.5, 0.75, 1], percent)


def declines(told: Told) -> str:
    """Share placed within the year, by how many say no, one colour for each size window."""
    shares = {policy["name"]: policy["measures"]["placed_share"] for policy in told["policies"]}
    top = max(each["high"] for each in shares.values()) + 0.05
    chart = Chart("Share placed within a year", (0, 30, "of 100 offers, so many are declined"),
                  (0, top, "get to a first meeting"))  # fmt: skip
    ends = []
    for number, size in enumerate(SIZES):
        rows = [shares[f"{size}+declines-{share}"] for share in DECLINES]
        xs = [share + 0.7 * (number - 1) for share in DECLINES]
        for x, row in zip(xs, rows, strict=True):
            chart.interval(x, row["low"], row["mean"], row["high"], COLOURS[number])
        chart.line([(x, row["mean"]) for x, row in zip(xs, rows, strict=True)], COLOURS[number])
        ends.append((rows[-1]["mean"], SIZE[size], COLOURS[number]))
    chart.labels(ends)
    return chart.drawn([(share, str(share)) for share in DECLINES], _steps(top, 0.1), percent)


def starters(told: Told) -> str:
    """People with a first meeting within the year, by the number of starters."""
    rows = [(int(policy["name"]), policy["measures"]["met"]) for policy in told["policies"]]
    top = max(row["high"] for _, row in rows) * 1.1
    chart = Chart("People with a first meeting in a year by number of starters", (0.5, 5.5, "starters"),
                  (0, top, "people with a first meeting"))  # fmt: skip
    for count, row in rows:
        chart.interval(count, row["low"], row["mean"], row["high"], COLOURS[0])
        x, y = chart.at(count, row["mean"])
        chart.text(x + 9, y + 18, f"{row['mean']:.0f}")
    chart.line([(count, row["mean"]) for count, row in rows], COLOURS[0])
    return chart.drawn([(count, str(count)) for count, _ in rows], _steps(top, 25), lambda n: f"{n:.0f}")


def _steps(top: float, step: float) -> list[float]:
    return [step * n for n in range(int(top / step) + 1)]

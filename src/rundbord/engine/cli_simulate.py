"""`simulate` from the command line: policies compared over simulated years, as a file and as a table."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .problem import ProblemError
from .simulate import CATALOGUE, Rates, from_json, named, simulate

Row = dict[str, Any]
Read = Callable[[Path], Any]
Write = Callable[[Path, Any], None]
COLUMNS = ("policy", "median", "p90", "placed", "groups", "12 weeks", "in groups")


def add(commands: Any, read: Read, write: Write) -> None:
    """Adds the command to the engine's parser."""
    one = commands.add_parser(
        "simulate", help="play a year under several policies", epilog=f"Policies: {', '.join(CATALOGUE)}; "
        "joined by +, such as sizes-5-8+declines-25. The first one is what the others are compared with."
    )  # fmt: skip
    one.add_argument("instance", type=Path, help="who waits and what there is on the first day")
    one.add_argument("--policies", default="weekly,at-once", help="names with commas between")
    one.add_argument("--rates", type=Path, help="an object of rates that differ from what is assumed")
    one.add_argument("--arrivals", type=float, help="people a week; the rate most worth knowing")
    one.add_argument("--replications", type=int, default=10)
    one.add_argument("--weeks", type=int, default=52)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--out", type=Path, required=True, help="where the figures go")
    one.set_defaults(run=lambda args: _simulate(args, read, write))


def _simulate(args: argparse.Namespace, read: Read, write: Write) -> int:
    policies = [named(name) for name in args.policies.split(",")]
    if args.replications < 1 or args.weeks < 1:
        raise ProblemError("There should be at least one replication and one week.")
    began = time.monotonic()
    result = simulate(
        read(args.instance), policies, rates=_rates(args, read), replications=args.replications,
        weeks=args.weeks, seed=args.seed,
    )  # fmt: skip
    write(args.out, result)
    for line in table(result):
        print(line)
    seconds = (time.monotonic() - began) / (len(policies) * args.replications)
    print(f"{seconds:.1f} seconds a simulated year", file=sys.stderr)
    return 0


def _rates(args: argparse.Namespace, read: Read) -> Rates:
    said = read(args.rates) if args.rates else {}
    return from_json(said | ({"arrivals_per_week": args.arrivals} if args.arrivals is not None else {}))


def table(result: Row) -> list[str]:
    """One line per policy: waiting in weeks, shares, groups; then the differences that are sure."""
    lines = ["{:<28} {:>7} {:>7} {:>7} {:>7} {:>9} {:>10}".format(*COLUMNS)]
    for policy in result["policies"]:
        told = {name: each and each["mean"] for name, each in policy["measures"].items()}
        median, p90 = (_weeks(policy["waiting"][key], result) for key in ("median_weeks", "p90_weeks"))
        lines.append(
            f"{policy['name']:<28} {median:>7} {p90:>7} {told['placed_share']:7.0%}"
            f" {told['groups_started']:7.1f} {told['surviving_12_weeks_share']:9.0%}"
            f" {told['people_in_groups_at_end']:10.1f}"
        )
    return lines + [line for policy in result["policies"][1:] for line in _differences(policy, result)]


def _weeks(weeks: float | None, result: Row) -> str:
    return f">{result['weeks']}" if weeks is None else f"{weeks:.1f}"


def _differences(policy: Row, result: Row) -> list[str]:
    lines = []
    for name in ("mean_weeks", "met", "people_in_groups_at_end"):
        told = policy["against_baseline"][name]
        if told and told["low"] is not None:
            sure = "" if told["low"] > 0 or told["high"] < 0 else "  (may be chance)"
            lines.append(f"{policy['name']} against {result['baseline']}: {name} {told['mean']:+.2f}"
                         f" [{told['low']:+.2f}, {told['high']:+.2f}]{sure}")  # fmt: skip
    return lines

"""`./dev bench public`: finding a group among 10,000, beside a text page of the same server.

On SQLite and on PostgreSQL. 1 if the find page takes more than three times as long as the text page, if its
queries grow with the groups, or if a repeat view is answered with a page.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools import machine
from tools.base import Trouble, say

from .load import COUNTRY, EMPTY, FIND, Times, measure
from .server import fill, folder, serving

MOST = 3.0  # times the text page
NAMES = {
    EMPTY: "a text page",
    FIND: "find: place, radius, weekday, language",
    COUNTRY: "find: the whole country",
}
DATABASES = ("sqlite", "postgresql")


def main(argv: list[str] | None = None) -> int:
    """Print a table for each database. 1 if a promise is broken."""
    parser = argparse.ArgumentParser(prog="./dev bench public", description=__doc__)
    parser.add_argument("--groups", type=int, default=10_000)
    parser.add_argument("--organisations", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=200, help="views of each page, one after the other")
    parser.add_argument("--seconds", type=float, default=5, help="of load on each page")
    parser.add_argument("--only", choices=DATABASES)
    args = parser.parse_args(argv)
    broken = []
    for name in [args.only] if args.only else DATABASES:
        try:
            broken += run(name, args)
        except Trouble as trouble:
            broken.append(f"{name}: {trouble}")
    for sentence in broken:
        say(f"BROKEN {sentence}")
    return 1 if broken else 0


def run(name: str, args: argparse.Namespace) -> list[str]:
    """One database: its table, and what is broken."""
    with _database(name) as url, folder(url) as env:
        say(f"\n{name}: {args.groups:,} groups, {args.organisations:,} organisations")
        taken = fill(env, args.groups, args.organisations)
        with serving(env) as port:
            times = measure(port, list(NAMES), rounds=args.rounds, seconds=args.seconds)
    print_table(times, taken)
    return [f"{name}: {sentence}" for sentence in broken(times, taken)]


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
    else:
        with machine.postgresql() as url:
            yield url


def print_table(times: dict[str, Times], taken: dict[str, int]) -> None:
    """One line a page, and the queries of the find page."""
    empty = times[EMPTY].median
    say(f"{'':40} {'ms':>7} {'ratio':>6} {'a second':>9} {'p95 ms':>7} {'repeat':>6} {'kB':>5}")
    for address, name in NAMES.items():
        page = times[address]
        said = (
            f"{name:40} {page.median:7.1f} {page.median / empty:6.2f} {page.each_second:9.0f} {page.p95:7.1f}"
        )
        say(f"{said} {page.again:6} {page.size / 1000:5.0f}")
    say(f"queries of the find page: {taken['many']}; with a hundredth of the groups {taken['few']}")


def broken(times: dict[str, Times], taken: dict[str, int]) -> list[str]:
    """The promises that do not hold."""
    ratio = times[FIND].median / times[EMPTY].median
    again = [NAMES[address] for address, page in times.items() if page.again != 304]
    return [
        *(
            [f"the find page takes {ratio:.2f} times the text page, more than {MOST:g}"]
            if ratio > MOST
            else []
        ),
        *([f"queries grow from {taken['few']} to {taken['many']}"] if taken["many"] > taken["few"] else []),
        *(f"a repeat view of “{name}” is not answered 304" for name in again),
    ]


if __name__ == "__main__":
    sys.exit(main())

"""`./dev bench matching`: how good and how fast the engine is, beside a person with a list and other methods.

Without words: every size, which takes most of an hour, and docs/benchmarks.md is written.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from pathlib import Path

from . import table
from .methods import METHODS, QUICK, SIZES, Case, own_cases
from .page import page
from .runs import ROOT, Runs

DOCUMENT = ROOT / "docs" / "benchmarks.md"


def main(argv: list[str] | None = None) -> int:
    """Print the tables. 1 if an answer breaks a rule or somebody who waited long fares worse than listed."""
    args = _parser().parse_args(argv)
    methods = [m for m in METHODS if not args.methods or m.name in args.methods]
    runs = Runs(args.keep, methods, args.seconds)
    with tempfile.TemporaryDirectory() as folder:
        cases = (
            _files(args.instances) if args.instances else own_cases(_sizes(args), args.seeds, Path(folder))
        )
        rows = runs.all(cases)
    command = shlex.join(["./dev", "bench", "matching", *(sys.argv[1:] if argv is None else argv)])
    text, wrong = page(rows, command), table.wrong(rows)
    print(text)
    whole = not (args.people or args.quick or args.instances or args.methods or args.seconds)
    out = args.out or (DOCUMENT if whole else None)
    if out:
        out.write_text(text, encoding="utf-8")
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev bench matching", description=__doc__)
    parser.add_argument("people", nargs="*", type=int, help="sizes instead of the usual ones")
    parser.add_argument(
        "--quick", action="store_true", help="nothing above 1,000 people, one instance of each size"
    )
    parser.add_argument("--seeds", type=int, metavar="N", help="so many instances of each size")
    parser.add_argument("--seconds", type=float, metavar="N", help="instead of the usual budgets")
    parser.add_argument("--methods", nargs="+", choices=[m.name for m in METHODS], metavar="NAME")
    parser.add_argument(
        "--instances", type=Path, metavar="PATH", help="a file or a folder of instances instead"
    )
    parser.add_argument("--keep", type=Path, metavar="FILE", help="results are kept there and not run again")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where the page goes; docs/ if everything is run"
    )
    return parser


def _sizes(args: argparse.Namespace) -> tuple[int, ...]:
    if args.quick:
        args.seeds = args.seeds or 1
    return tuple(args.people) or (QUICK if args.quick else SIZES)


def _files(path: Path) -> list[Case]:
    """Instances that are there already, the small ones first."""
    paths = sorted(path.glob("*.json")) if path.is_dir() else [path]
    cases = [
        Case(p.stem, len(json.loads(p.read_text(encoding="utf-8"))["seekers"]), p.resolve()) for p in paths
    ]
    return sorted(cases, key=lambda case: (case.people, case.name))


if __name__ == "__main__":
    sys.exit(main())

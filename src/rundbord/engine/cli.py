"""The engine from the command line: solve, bound, explain, simulate (files in the format
`selvhjelp-match/1`).
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path
from typing import Any

from . import cli_simulate
from .bound import bound
from .explain import explain
from .problem import Problem, ProblemError, load
from .solve import solve


def main(argv: list[str] | None = None) -> int:
    """Run one command. 0 done, 1 the input cannot be used (the reason is on stderr)."""
    args = _parser().parse_args(argv)
    try:
        return args.run(args)
    except (ProblemError, OSError) as wrong:
        print(f"rundbord.engine: {wrong}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rundbord.engine", description=__doc__)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("solve", help="find groups")
    one.add_argument("instance", type=Path)
    one.add_argument("--out", type=Path, required=True, help="where the solution goes")
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--seconds", type=float, default=60)
    one.add_argument("--iterations", type=int, help="budget instead of seconds: same answer every time")
    one.add_argument("--quiet", action="store_true", help="no progress on stderr")
    one.set_defaults(run=_solve)
    two = commands.add_parser("bound", help="print a proven upper bound")
    two.add_argument("instance", type=Path)
    two.add_argument("--seconds", type=float, default=60)
    two.set_defaults(run=_bound)
    three = commands.add_parser("explain", help="why these groups, and what is in the way of the others")
    three.add_argument("instance", type=Path)
    three.add_argument("solution", type=Path)
    three.add_argument("--out", type=Path, required=True)
    three.add_argument("--seconds", type=float, default=60)
    three.set_defaults(run=_explain)
    cli_simulate.add(commands, _read, _write)
    return parser


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as wrong:
        raise ProblemError(f"{path} is not JSON: {wrong}") from None


def _write(path: Path, data: Any) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    # Half a surrogate pair may stand in an id; it is written as it came, escaped.
    path.write_text(text, encoding="utf-8", errors="backslashreplace")


def _instance(path: Path) -> Problem:
    return load(_read(path))


def _solve(args: argparse.Namespace) -> int:
    problem = _instance(args.instance)
    teller = Teller(args.quiet)
    signal.signal(signal.SIGINT, teller.stop)
    found = solve(
        problem, seed=args.seed, seconds=args.seconds, iterations=args.iterations, progress=teller.tell
    )
    _write(args.out, found.solution)
    ratio = found.score / found.bound if found.bound > 0 else 1.0
    print(f"score {found.score}  bound {found.bound}  ratio {ratio:.4f}  placed {found.placed}"
          f" of {len(problem.seekers)}  {'optimal' if found.optimal else 'not proven best'}")  # fmt: skip
    return 0


class Teller:
    """Progress on stderr; an interrupt asks the search to end with the best so far."""

    def __init__(self, quiet: bool) -> None:
        self.quiet, self.go_on, self.told = quiet, True, -1

    def stop(self, *_: Any) -> None:
        """Called on interrupt."""
        self.go_on = False

    def tell(self, share: float, score: int, bound_: int | None) -> bool:
        """One line per five per cent."""
        if not self.quiet and int(share * 20) > self.told:
            self.told = int(share * 20)
            print(f"{share:4.0%}  score {score}  bound {bound_}", file=sys.stderr)
        return self.go_on


def _bound(args: argparse.Namespace) -> int:
    print(bound(_instance(args.instance), seconds=args.seconds))
    return 0


def _explain(args: argparse.Namespace) -> int:
    problem, solution = _instance(args.instance), _read(args.solution)
    _write(args.out, explain(problem, solution, seconds=args.seconds))
    return 0

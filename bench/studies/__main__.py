"""`./dev bench studies [--only STUDY …] [--replications N] [--seed N] [--draw]`: plays years under one policy
after the other and writes figures, numbers and the page in docs/studies. --draw: from the numbers there.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from . import figures, page
from .studies import STUDIES, Result

HOME = Path(__file__).resolve().parents[2] / "docs" / "studies"
NUMBERS = HOME / "numbers.json"


def main(argv: list[str] | None = None) -> int:
    """Play, draw, write. 0 when done."""
    parser = argparse.ArgumentParser(prog="./dev bench studies", description=__doc__)
    parser.add_argument("--replications", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draw", action="store_true", help="play nothing, draw anew")
    parser.add_argument(
        "--only", nargs="+", choices=list(STUDIES), help="play these, keep the others' numbers"
    )
    args = parser.parse_args(argv)
    HOME.mkdir(parents=True, exist_ok=True)
    told = json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.is_file() else {}
    for name in [] if args.draw else args.only or STUDIES:
        told[name] = play(name, args.replications, args.seed)
        NUMBERS.write_text(json.dumps(told) + "\n", encoding="utf-8")
    for name, drawn in figures.drawn(told).items():
        (HOME / f"{name}.svg").write_text(drawn, encoding="utf-8")
    (HOME / "README.md").write_text(page.written(told), encoding="utf-8")
    return 0


def play(name: str, replications: int, seed: int) -> Result:
    """One study, and how long it took on the terminal."""
    began = time.process_time()
    found = STUDIES[name](replications, seed)
    years = replications * len(found["policies"])
    print(f"{name}: {years} years, {(time.process_time() - began) / years:.2f} seconds each", flush=True)
    for policy in found["policies"]:
        del policy["replications"]  # the means and ranges are enough to draw from
    return found


if __name__ == "__main__":
    sys.exit(main())

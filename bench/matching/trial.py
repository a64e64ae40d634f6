"""One method on one instance in a process of its own: how good, how fast, how much memory.

    python -m bench.matching.trial INSTANCE MODULE:FUNCTION --seed 1 --seconds 60

prints one JSON object. The answer is judged after time and memory have been taken.
"""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .workload import instance

FEW = 30  # invented people by whom the code is loaded
LONG = 26  # weeks; nobody who has waited so long may fare worse than under first come
STATUS = Path("/proc/self/status")


def main(argv: list[str] | None = None) -> int:
    """Run, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("instance", type=Path)
    parser.add_argument("call")
    parser.add_argument("--people", type=int, default=0, help="how many are in the instance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float)
    args = parser.parse_args(argv)
    print(json.dumps(measured(args)))
    return 0


def measured(args: argparse.Namespace) -> dict[str, Any]:
    """What there is to know of one run. Seconds count from the file being parsed; megabytes are peaks.

    The compiled code is loaded first, by a few invented people, and counted as runtime.
    """
    begun = time.monotonic()
    run, load = ready(args.call, args.people)
    loaded, runtime = time.monotonic() - begun, peak()
    data = json.loads(args.instance.read_text(encoding="utf-8"))
    begun = time.monotonic()
    problem = load(data)
    del data
    loading, read = time.monotonic() - begun, peak()
    answer = run(problem, args.seed, args.seconds)
    took, most = time.monotonic() - begun, peak()
    course = [(round(at + loading, 3), score) for at, score in answer.course]
    return judged(problem, args.instance, answer) | {
        "seconds": round(took, 3),
        "course": course,
        "first": course[0][0] if course else round(took, 3),
        "loaded": round(loaded, 3),
        "runtime_mb": runtime,
        "read_mb": read - runtime,
        "mb": most - runtime,
    }


def ready(call: str, people: int) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """The method and the reader, both loaded."""
    from rundbord.engine.problem import load

    module, name = call.split(":")
    peer = importlib.import_module(f"bench.matching.peers.{module}")
    small, run = load(instance(FEW, 1)), getattr(peer, name)
    run(small, 1, 0.0)
    if hasattr(peer, "ready"):
        peer.ready(people)
    return run, load


def judged(problem: Any, path: Path, answer: Any) -> dict[str, Any]:
    """Whether it is valid by the engine's rules and by the referee who shares nothing with it; its score."""
    from rundbord.engine.meetings import score
    from rundbord.engine.rules import violations
    from tests.engine.referee import Referee

    referee, solution = Referee(json.loads(path.read_text(encoding="utf-8"))), answer.solution
    worth = referee.worth(solution)
    faults = {v.rule for v in violations(problem, solution)} | referee.faults(solution)
    faults |= set() if score(problem, solution) == worth else {"score"}
    faults |= set() if answer.bound is None or answer.bound >= worth else {"bound"}
    seated = [m for g in solution["groups"] for m in g["members"]] + [j["seeker"] for j in solution["joins"]]
    long = [m for m in seated if referee.seekers[m]["wait_weeks"] >= LONG]
    return {"score": worth, "bound": answer.bound, "placed": len(seated), "long": len(long),
            "groups": len(solution["groups"]), "faults": sorted(faults)}  # fmt: skip


def peak() -> float:
    """The most memory this process has had so far, in megabytes.

    Read where the kernel keeps it per process image: `ru_maxrss` also remembers the parent's.
    """
    if STATUS.exists():
        line = next(row for row in STATUS.read_text().splitlines() if row.startswith("VmHWM"))
        return round(int(line.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    raise SystemExit(main())

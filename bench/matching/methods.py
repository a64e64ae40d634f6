"""What is compared, on which instances, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Seconds on two cores, up to so many people.
BUDGETS = {60: 2, 200: 30, 1000: 60, 3000: 90, 10_000: 120, 30_000: 300, 100_000: 600}
SIZES = (50, 200, 1000, 10_000, 100_000)
QUICK = (50, 200, 1000)
SEEDS = {50: 4, 200: 4, 1000: 3}  # instances of that size; one of any other


@dataclass(frozen=True)
class Method:
    """One column of the comparison: `call` is module:function in peers; most: people it is tried on.

    patient: seconds it gets at least.
    """

    name: str
    call: str
    about: str
    most: int = 10**9
    patient: float = 0


OURS = Method("Rundbord", "ours:run", "the engine as everybody calls it, within the budget")
LISTED = Method(
    "first come",
    "first_come:run",
    "a person with a list: who has waited longest gets the first group that can be made around her",
)
METHODS = (
    OURS,
    LISTED,
    Method("priced greedy", "ours:priced_greedy", "the engine's first prices and one greedy pass, no search"),
    Method("genetic", "genetic:run", "orders of people cut into teams, bred within the same budget", 1000),
    Method(
        "balanced k-means",
        "kmeans:run",
        "clusters of 6-8 alike in place, time, topic and language, then a room for each",
        1000,
    ),
    Method(
        "compact model",
        "compact:run",
        "all at once as one programme for a general solver (HiGHS), at least 60 seconds",
        200,
        60,
    ),
)


@dataclass(frozen=True)
class Case:
    """One instance: a file, and how many people are in it. made: (people, seed) if it is still to be made."""

    name: str
    people: int
    path: Path
    made: tuple[int, int] | None = None


def budget(people: int) -> float:
    """Seconds for so many people."""
    return next((seconds for most, seconds in BUDGETS.items() if people <= most), 600)


def own_cases(sizes: tuple[int, ...], seeds: int | None, folder: Path) -> list[Case]:
    """Instances of our own, to be made in the folder. seeds: of each size, instead of the usual number."""
    return [
        Case(f"{people}-{seed}", people, folder / f"{people}-{seed}.json", (people, seed))
        for people in sizes
        for seed in range(1, 1 + (seeds or SEEDS.get(people, 1)))
    ]

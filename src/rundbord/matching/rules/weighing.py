"""What the engine is told to weigh, and the sizes it may propose; from the organisation's settings."""

from typing import Any

# Placing somebody is worth 10 000 to 15 200, long waiters most; everything else about a person at most 1 800.
WEIGHTS: dict[str, Any] = {
    "place": 10_000,
    "wait_per_week": 100,
    "wait_cap_weeks": 52,
    "topic": [600, 400, 200],  # by the rank the person gave the frame
    "slot": [0, 200, 400],
    "mode_first": 200,
    "travel": 600,
    "digital": 300,
    # People decline, so a larger group starts more surely.
    "size": {"4": -2400, "5": -1200, "6": 0, "7": 1200, "8": 1800},
    "backup": 60,  # per further time all could come
    "backup_cap": 2,
    "self_start": -1500,
}
# Only places count, nothing else: the bound on this score is a bound on how many can be placed at all.
PLACES_ONLY: dict[str, Any] = WEIGHTS | {
    "wait_per_week": 0,
    "topic": [0, 0, 0],
    "slot": [0, 0, 0],
    "mode_first": 0,
    "travel": 0,
    "digital": 0,
    "size": {},
    "backup": 0,
    "self_start": 0,
}
YOUNG_MAX_AGE = 30


def policy(settings: dict[str, Any], *, by_hand: bool = False) -> dict[str, Any]:
    """The engine's policy: it proposes from the window up; a human may go down to the floor, never below."""
    return {
        "min_size": settings["group_floor" if by_hand else "group_window_low"],
        "max_size": settings["group_ceiling"],
        "young_max_age": YOUNG_MAX_AGE,
        "self_start": settings["self_start"],
    }


def least_worth(seeker: dict[str, Any], weights: dict[str, Any]) -> int:
    """The least that placing this seeker (of the format) adds to a score, wherever it is."""
    weeks = min(seeker["wait_weeks"], weights["wait_cap_weeks"])
    return weights["place"] + weights["wait_per_week"] * weeks + min(weights["topic"]) + min(weights["slot"])


def most_placed(instance: dict[str, Any], bound: int) -> int:
    """How many people any solution with a score of at most `bound` can place: a proven upper limit.

    Whoever is placed adds at least `least_worth`; a new group, of at least min_size, costs at most its worst.
    """
    weights, policy_ = instance["weights"], instance["policy"]
    sizes = range(policy_["min_size"], policy_["max_size"] + 1)
    worst = min(0, min(weights["size"].get(str(size), 0) for size in sizes) + min(0, weights["self_start"]))
    total = 0
    for count, worth in enumerate(sorted(least_worth(s, weights) for s in instance["seekers"]), start=1):
        total += worth
        if total + worst * (count // policy_["min_size"]) > bound:
            return count - 1
    return len(instance["seekers"])


def at_most_more(instance: dict[str, Any], placed: int, bounds: list[tuple[dict[str, Any], int]]) -> int:
    """How many more than `placed` could be placed today at most.

    bounds: (weights, proven bound of the score under these weights) pairs; the tightest counts.
    """
    limits = [most_placed(instance | {"weights": weights}, bound) for weights, bound in bounds]
    return max(0, min([len(instance["seekers"]), *limits]) - placed)

"""The compiled loops, loaded before a search's clock starts: the first time ever that takes half a minute."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..budget import Budget
from ..problem import load
from .search import Broad

HERE = {"x": 0, "y": 0, "muni": 0}
SEEKER = HERE | {
    "pc": 1, "modes": ["physical", "digital"], "max_m": 1000, "slots": {"0": 1}, "frames": {"0": 0},
    "langs": [0], "gender": "f", "age": 40, "only": [], "discretion": 0, "access": False,
    "self_start_ok": True, "wait_weeks": 1, "bundle": None,
}  # fmt: skip
WEIGHTS = {
    "place": 10_000, "wait_per_week": 100, "wait_cap_weeks": 52, "topic": [600, 400, 200],
    "slot": [0, 200, 400], "mode_first": 200, "travel": 600, "digital": 300, "size": {"6": 0, "7": 1200},
    "backup": 60, "backup_cap": 2, "self_start": -1500,
}  # fmt: skip


@cache
def ready() -> None:
    """Play one round of a search among seven invented people, which calls every loop once."""
    search = Broad(load(_instance()), 1, Budget(None, 1))
    search.run()
    search.round(*search.sheets(), warm=1.0)


def _instance() -> dict[str, Any]:
    return {
        "format": "selvhjelp-match/1", "slots": 1, "frames": ["a topic"], "languages": ["nb"],
        "policy": {"min_size": 6, "max_size": 8, "self_start": True, "young_max_age": 30},
        "weights": WEIGHTS, "blocked": [], "open_groups": [],
        "seekers": [SEEKER | {"id": f"s{number}"} for number in range(7)],
        "rooms": [HERE | {"id": "r", "capacity": 10, "accessible": True, "slots": [0]}],
        "starters": [{"id": "i", "x": 0, "y": 0, "capacity": 1, "gender": "f", "langs": [0], "max_m": 1000,
                      "modes": ["physical"], "slots": [0]}],
    }  # fmt: skip

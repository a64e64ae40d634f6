"""Two lanes of work that never write to the same memory: the answer is the same with one thread or two."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

LANES = 2


def threads() -> int:
    """How many lanes run at the same time: as many as there are cores, or as RUNDBORD_THREADS says."""
    told = os.environ.get("RUNDBORD_THREADS", "")
    return min(LANES, int(told) if told.isdecimal() and int(told) else os.cpu_count() or 1)


@cache
def _pool(process: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(LANES)


def each(work: Callable[[Any], Any], parts: Sequence[Any]) -> list[Any]:
    """The work done for every part, side by side where there are cores; results in the order of the parts."""
    if threads() == 1:
        return [work(part) for part in parts]
    return list(_pool(os.getpid()).map(work, parts))

"""docs/benchmarks.md: the tables, and on what they were made."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from . import table
from .methods import METHODS

LIBRARIES = ("numpy", "numba", "highspy")
PAGE = """# Benchmarks

Written on {day} by

    {command}

in one run. Every answer was checked by the engine's rules and by a referee that shares no code with the
engine. Nobody in the instances is real.

{machine}

## How good

{compared}

{methods}

*score / bound*: the method's points divided by a proven upper bound, the same for all methods of an instance
(the lowest that any of them proved). 1 is possible only where the bound is the optimum. *× n*: so many
instances, summed; seconds are then the mean. *waited 26 weeks*: how many of those placed had waited half a
year or more. *seconds* count from the file being parsed. *MB*: the most memory above the runtime, reading
the file included ({read}). The runtime, with all code loaded, is {runtime}; loading
takes {loaded} at best, and half a minute longer the first time ever.
{wrong}
## How soon

What Rundbord's answer was worth after so many seconds, as a share of the final bound.

{courses}

## How it grows

Seconds until there is a first answer, memory above the runtime, and the exponents from one size to the next.

{growth}
"""


def page(rows: list[dict[str, Any]], command: str) -> str:
    """The whole document."""
    wrong = "".join(f"\n**Not in order**: {line}.\n" for line in table.wrong(rows))
    return PAGE.format(
        command=command, day=date.today().isoformat(), machine=machine(),
        compared=table.markdown(table.HEAD, table.compared(rows)), methods=_methods(rows), wrong=wrong,
        runtime=_range(rows, "runtime_mb"), read=_range(rows, "read_mb"),
        loaded=f"{min(row['loaded'] for row in rows):.0f} s",
        courses=table.markdown(table.COURSE, table.courses(rows)),
        growth=table.markdown(table.GROWTH, table.growth(rows)),
    )  # fmt: skip


def _methods(rows: list[dict[str, Any]]) -> str:
    used = {row["method"] for row in rows}
    return "\n".join(f"- **{method.name}**: {method.about}." for method in METHODS if method.name in used)


def _range(rows: list[dict[str, Any]], key: str) -> str:
    low, high = (round(pick(row[key] for row in rows)) for pick in (min, max))
    return f"{low} MB" if low == high else f"{low} to {high} MB"


def machine() -> str:
    """Processor, cores, memory, versions."""
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory()} of memory; {platform.system()} on "
        f"{platform.machine()}; Python {platform.python_version()}, {versions}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor()
    )


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"

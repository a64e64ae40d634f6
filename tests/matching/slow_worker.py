"""A worker on a slow machine: a part of a handful of people takes a while there, so that two workers meet
at the same run, and one can be killed in the middle of a part.

python -m tests.matching.slow_worker
"""

import time
from typing import Any

import django

SLOWER = 0.5  # seconds that every part takes longer


def main() -> None:
    """Works like any worker, until it is ended."""
    django.setup()
    from django.core.management import call_command

    from rundbord.matching import solving

    quick = solving.carry_out

    def slow(*given: Any) -> Any:
        time.sleep(SLOWER)
        return quick(*given)

    solving.carry_out = slow
    call_command("work", interval=0.1)


if __name__ == "__main__":
    main()

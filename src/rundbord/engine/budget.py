"""How long a search may go on: by the clock, or by a number of iterations (then the answer is
reproducible).
"""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[float, int, "int | None"], "bool | None"]


class Budget:
    """Seconds or iterations; iterations win if both are given.

    The progress callback may return False to stop.
    """

    def __init__(
        self, seconds: float | None, iterations: int | None = None, progress: Progress | None = None
    ) -> None:
        self.started = time.monotonic()
        self.seconds = seconds if iterations is None else None
        self.iterations, self.progress = iterations, progress
        self.done, self._stopped = 0, False

    def tick(self, score: int, bound: int | None) -> None:
        """One iteration is done; tell whoever listens."""
        self.done += 1
        self.report(score, bound)

    def report(self, score: int, bound: int | None) -> None:
        """Tell the share done (0..1), the score and the bound."""
        if self.progress is not None and self.progress(self.share(), score, bound) is False:
            self._stopped = True

    def stopped(self) -> bool:
        """Whether whoever listens has asked to stop."""
        return self._stopped

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    def share(self) -> float:
        """How much of the budget is used, 0..1; 0 if there is no limit."""
        if self.iterations is not None:
            return min(1.0, self.done / max(1, self.iterations))
        return min(1.0, self.elapsed() / self.seconds) if self.seconds else 0.0

    def over(self) -> bool:
        """Whether to start nothing more."""
        if self._stopped:
            return True
        if self.iterations is not None:
            return self.done >= self.iterations
        return self.seconds is not None and self.elapsed() >= self.seconds

    def cut(self) -> bool:
        """Whether to break off inside an iteration; never by the clock when iterations are counted."""
        return self._stopped or (self.seconds is not None and self.elapsed() >= self.seconds)

    def cut_at(self, share: float) -> bool:
        """Whether a share of the seconds is used; never when iterations are counted."""
        return self.seconds is not None and self.elapsed() >= share * self.seconds

    def within(self, seconds: float) -> bool:
        """Whether it is so many seconds or fewer; never when iterations are counted."""
        return self.seconds is not None and self.seconds <= seconds

    def slice(self, seconds: float, share: float = 1.0) -> float | None:
        """Seconds one step may take: at most `seconds` and `share` of what is left;

        None when counting iterations.
        """
        if self.iterations is not None:
            return None
        left = max(0.05, self.seconds - self.elapsed()) if self.seconds is not None else seconds
        return max(0.05, min(seconds, left * share))

    def part(self, seconds: float, iterations: int) -> Budget:
        """A budget for a step within this one, with no voice of its own."""
        allowed = self.slice(seconds)
        inner = Budget(allowed, None if allowed is not None else iterations)
        inner._stopped = self._stopped
        return inner

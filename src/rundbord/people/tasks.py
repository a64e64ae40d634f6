"""What the worker does by the clock."""

from datetime import datetime

from rundbord.people.actions import forget_expired


def tick(now: datetime) -> None:
    """Links, codes and browsers that no longer open anything are erased."""
    forget_expired(now=now)

"""What the worker calls: the retention clock."""

from datetime import datetime

from rundbord.privacy import actions


def tick(now: datetime) -> None:
    """Everything kept long enough goes, room by room."""
    actions.clear(now)

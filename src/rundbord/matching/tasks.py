"""What the worker calls: one run, and the nightly look for news."""

from datetime import datetime
from uuid import UUID

from rundbord.kernel import clock
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import actions, queries
from rundbord.organisations.queries import all_active


def run(organisation_id: str, run_id: str) -> None:
    """Carries out one queued run (ids as text, as the queue keeps them)."""
    actions.run_now(run_id=UUID(run_id), organisation_id=UUID(organisation_id), now=clock.now())


def tick(now: datetime) -> int:
    """Queues a run for every organisation with news since its last one. Returns how many."""
    due = [organisation for organisation in all_active() if queries.has_news(organisation.id, now)]
    for organisation in due:
        actions.start_run(organisation=organisation, by=SYSTEM, now=now)
    return len(due)

"""What the worker calls: the steps of a run, and the nightly look for news. The queue has ids as text."""

from datetime import datetime
from uuid import UUID

from rundbord.kernel import clock
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import actions, queries
from rundbord.organisations.queries import all_active


def run(organisation_id: str, run_id: str) -> None:
    """A queued run begins: what it works on is frozen, and its parts are put in the queue."""
    actions.plan_run(run_id=UUID(run_id), organisation_id=UUID(organisation_id), now=clock.now())


def part(organisation_id: str, run_id: str, part_id: str) -> None:
    """One part of a run."""
    actions.carry_out_part(
        run_id=UUID(run_id), part_id=UUID(part_id), organisation_id=UUID(organisation_id), now=clock.now()
    )


def turn(organisation_id: str, run_id: str, round: int) -> None:
    """After the last part of a round: the next one, or the proposals."""
    actions.turn_run(run_id=UUID(run_id), round=round, organisation_id=UUID(organisation_id), now=clock.now())


def tick(now: datetime) -> int:
    """Queues a run for every organisation with news since its last one. Returns how many."""
    due = [organisation for organisation in all_active() if queries.has_news(organisation.id, now)]
    for organisation in due:
        actions.start_run(organisation=organisation, by=SYSTEM, now=now)
    return len(due)

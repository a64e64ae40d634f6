"""What the worker calls: the steps of a run, and the nightly look for news. The queue has ids as text."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from rundbord.kernel import clock
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import actions, queries
from rundbord.organisations.models import Organisation
from rundbord.organisations.queries import all_active
from rundbord.signups import queries as signups
from rundbord.signups.actions import WishGone, keep_promise, tell_above, tell_managers
from rundbord.signups.rules import NotPossible


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


def promises(now: datetime) -> None:
    """Who was promised to hear from us by today hears; what is not kept goes to those in charge.

    Each letter in its own short transaction. Safe to run twice, and to be killed at any point.
    """
    for organisation in Organisation.objects.select_related("parent"):
        for signup in signups.promises_due(organisation.id, now):
            _keep(signup, now)
        tell_managers(organisation=organisation, now=now)
        tell_above(organisation=organisation, now=now)


def _keep(signup: signups.SignUp, now: datetime) -> None:
    """Who has just acted herself is left alone."""
    with suppress(NotPossible, WishGone):
        keep_promise(signup=signup, found=queries.why_waiting(signup) is not None, now=now)


def tick(now: datetime) -> int:
    """Queues a run for every organisation with news since its last one. Returns how many."""
    due = [organisation for organisation in all_active() if queries.has_news(organisation.id, now)]
    for organisation in due:
        actions.start_run(organisation=organisation, by=SYSTEM, now=now)
    return len(due)

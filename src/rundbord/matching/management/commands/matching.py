"""matching run SLUG: one run for one organisation, here and now, with what it found in a line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rundbord.kernel import clock, tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import actions, queries
from rundbord.organisations.queries import by_slug


class Command(BaseCommand):
    """Runs the engine from the command line."""

    help = "Look for groups in one organisation's waiting list."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["run"])
        parser.add_argument("organisation", help="the organisation's short name, as in its address")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = by_slug(options["organisation"])
        if organisation is None:
            raise CommandError(f"There is no organisation called {options['organisation']}.")
        now = clock.now()
        with tenancy.scope(organisation.id):
            run = actions.start_run(organisation=organisation, by=SYSTEM, now=now)
            actions.run_now(run_id=run.id, organisation_id=organisation.id, now=now)
            run = queries.run(organisation.id, run.id) or run
            self.stdout.write(
                f"{run.placed} of {run.people} people could get a place; at most {run.at_most_more} more. "
                f"{queries.open_count(organisation.id)} proposals wait for a human."
            )

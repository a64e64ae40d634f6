"""matching run SLUG: one run for one organisation, here and now. matching reproduce RUN: the same again?"""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rundbord.kernel import clock, tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import actions, queries
from rundbord.organisations.queries import by_slug


class Command(BaseCommand):
    """Runs the engine from the command line."""

    help = "Look for groups in one organisation's waiting list, or do a run over again from its record."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["run", "reproduce"])
        parser.add_argument("what", help="run: the organisation's short name; reproduce: the id of a run")

    def handle(self, *args: Any, **options: Any) -> None:
        (self.run if options["verb"] == "run" else self.reproduce)(options["what"])

    def run(self, slug: str) -> None:
        """One run, from its beginning to its end."""
        organisation = by_slug(slug)
        if organisation is None:
            raise CommandError(f"There is no organisation called {slug}.")
        now = clock.now()
        with tenancy.scope(organisation.id):
            run = actions.start_run(organisation=organisation, by=SYSTEM, now=now)
            actions.run_now(run_id=run.id, organisation_id=organisation.id, now=now)
            run = queries.run(organisation.id, run.id) or run
            self.stdout.write(
                f"{run.placed} of {run.people} people could get a place; at most {run.at_most_more} more. "
                f"{queries.open_count(organisation.id)} proposals wait for a human. Run {run.id}."
            )

    def reproduce(self, text: str) -> None:
        """The run once more, from what it worked on; CommandError if its groups are others now."""
        try:
            run = actions.find_run(UUID(text))
        except ValueError:
            run = None
        if run is None:
            raise CommandError(f"There is no run {text}.")
        try:
            found = actions.reproduce(run)
        except actions.NoRecord as refusal:
            raise CommandError(refusal.say()) from refusal
        engine = "the same engine" if found.engine else "ANOTHER engine or library than then"
        told = f"{found.groups} groups, {found.parts} parts, seed {run.seed}, {engine}"
        if not found.same:
            raise CommandError(f"Not the same: {told}.")
        self.stdout.write(f"The same: {told}.")

"""Fills an empty database with the invented county."""

from django.core.management.base import BaseCommand
from django.db import transaction

from rundbord.config.demonstration import county
from rundbord.kernel import clock
from rundbord.organisations import queries as organisations


class Command(BaseCommand):
    """Does nothing where somebody has already begun."""

    help = "Make the invented demonstration county in an empty database."

    def handle(self, *args: object, **options: object) -> None:
        if organisations.any_exists():
            self.stdout.write("There is data already; nothing was made.")
            return
        with transaction.atomic():
            made = county.make(clock.now())
        self.stdout.write(
            f"Made {made.number} people, {len(made.starters)} starters, {len(made.rooms)} rooms."
        )

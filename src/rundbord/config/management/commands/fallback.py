"""Writes the copy shown while the database is away: before the first round, or where no worker runs."""

from django.conf import settings
from django.core.management.base import BaseCommand

from rundbord.kernel import clock
from rundbord.surfaces.public import fallback


class Command(BaseCommand):
    """Done twice, it is done."""

    help = "Write help lines, contact points and groups to files in RUNDBORD_FALLBACK_DIR."

    def handle(self, *args: object, **options: object) -> None:
        fallback.tick(clock.now())
        self.stdout.write(f"Written to {settings.RUNDBORD_FALLBACK_DIR}.")

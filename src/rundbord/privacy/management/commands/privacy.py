"""privacy replay [FILE …]: after a restore, erases again those who had been erased since that backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rundbord.kernel import clock
from rundbord.privacy import actions, journal


class Command(BaseCommand):
    """The journal of erasures, read once more."""

    help = "After a restore: erase again everybody whom the journal of erasures names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["replay"])
        parser.add_argument(
            "files", nargs="*", type=Path, help="journals of all machines; usually this one's"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["files"] or [journal.path()]
        missing = [str(file) for file in files if not file.is_file()]
        if missing:
            raise CommandError(f"There is no journal here: {', '.join(missing)}")
        again = actions.replay(files=files, now=clock.now())
        self.stdout.write(
            f"{len(journal.subjects(files))} in the journal, {again} were back and are erased again."
        )

"""manage.py places seed | places import FILE [--kind KIND]: lay in reference data and say what came of it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rundbord.kernel.refusals import Refused
from rundbord.places.actions import Counts, import_file, load_seed
from rundbord.places.rules.registers import KINDS


class Command(BaseCommand):
    help = "Lay in municipalities and city districts, or postal codes and borders from a published file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("seed", help="the product's own list of municipalities and city districts")
        reading = verbs.add_parser("import", help="a file of postal codes or of borders")
        reading.add_argument("file", type=Path)
        reading.add_argument("--kind", choices=KINDS, help="if its content does not tell")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts; a file that cannot be used is a CommandError with a plain sentence."""
        try:
            counts = load_seed() if options["verb"] == "seed" else _import(options["file"], options["kind"])
        except Refused as refused:
            raise CommandError(refused.say()) from refused
        for line in _lines(counts):
            self.stdout.write(line)


def _import(file: Path, kind: str | None) -> Counts:
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise CommandError(_("%(file)s cannot be read. Nothing was changed.") % {"file": file}) from problem
    return import_file(data, kind)


def _lines(counts: Counts) -> Iterator[str]:
    yield _(
        "%(kind)s: %(read)d read, %(new)d new, %(changed)d changed, %(same)d as before, %(skipped)d skipped"
    ) % {
        "kind": counts.kind,
        "read": counts.read,
        "new": counts.new,
        "changed": counts.changed,
        "same": counts.same,
        "skipped": counts.skipped,
    }
    for reason, times in counts.reasons.most_common():
        yield f"  {times:5d}  {_(reason)}: {'; '.join(counts.examples[reason])}"
    if counts.doubtful:
        yield ngettext(
            "%(times)d position left out: it lies outside its municipality",
            "%(times)d positions left out: they lie outside their municipality",
            counts.doubtful,
        ) % {"times": counts.doubtful}

"""Who was erased, kept outside the database: a backup that is brought back brings nobody back with it.

One line each: the day and the random id under which the person was kept. After the erasure the id leads
nowhere, except into older backups; that is what it is for.
"""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.refusals import Refused


class NotJournalled(Refused):
    """The journal could not be written, so nothing is erased: a restore would bring the person back."""

    sentence = _("This cannot be erased right now. Please try again soon, or ring us.")


def path() -> Path:
    """The journal beside the embedded database, or wherever RUNDBORD_DATA is."""
    return Path(settings.RUNDBORD_DATA) / "erased.log"


def note(subject: UUID, day: date) -> None:
    """Appends one line and waits until it is on the disk. Raises NotJournalled."""
    line = f"{day.isoformat()} {subject}\n".encode("ascii")
    try:
        file = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.write(file, line) != len(line):  # one write: lines of several processes never mix
                raise NotJournalled(subject)
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as failure:
        raise NotJournalled(subject) from failure


def subjects(files: Iterable[Path]) -> list[UUID]:
    """Everybody in these journals, each once, oldest line first. Broken lines are passed over."""
    found: dict[UUID, None] = {}
    for file in files:
        for line in file.read_text("ascii", errors="replace").splitlines():
            if (subject := _subject(line)) is not None:
                found[subject] = None
    return list(found)


def _subject(line: str) -> UUID | None:
    try:
        return UUID(line.split()[1])
    except (IndexError, ValueError):
        return None

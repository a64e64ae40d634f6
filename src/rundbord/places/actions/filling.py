"""Rows brought in line with a file: new ones written, changed ones rewritten, the rest left alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

Row = dict[str, Any]
EXAMPLES = 3  # shown per reason; enough to see what kind of line it is


@dataclass
class Counts:
    """What came of a file. read = new + changed + same + skipped."""

    kind: str
    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    doubtful: int = 0  # positions not believed; their records are taken in all the same
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def skipped(self) -> int:
        """How many records were left out, whatever the reason."""
        return self.reasons.total()

    def skip(self, reason: str, what: str) -> None:
        """Count one record left out; the first few of each reason are named."""
        self.reasons[reason] += 1
        shown = self.examples.setdefault(reason, [])
        if len(shown) < EXAMPLES:
            shown.append(what)


def fill(model: type[Model], rows: Iterable[Row], counts: Counts) -> None:
    """Bring the table in line with `rows` (each with "code", the key) in three statements whatever their
    number. Columns a row does not name keep what they hold; all rows must name the same columns."""
    wanted = {row["code"]: row for row in rows}
    if not wanted:
        return
    columns = list(next(iter(wanted.values())))
    known = {held["code"]: held for held in model._default_manager.values(*columns) if held["code"] in wanted}
    new = [row for code, row in wanted.items() if code not in known]
    changed = [row for code, row in wanted.items() if code in known and known[code] != row]
    model._default_manager.bulk_create([model(**row) for row in new], batch_size=500)
    _rewrite(model, changed, columns)
    counts.new += len(new)
    counts.changed += len(changed)
    counts.same += len(wanted) - len(new) - len(changed)


def _rewrite(model: type[Model], rows: list[Row], columns: list[str]) -> None:
    names = [c.removesuffix("_id") for c in columns if c != "code"]
    model._default_manager.bulk_update([model(**row) for row in rows], names, batch_size=200)

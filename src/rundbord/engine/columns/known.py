"""Groups found elsewhere, as columns of this search."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..meetings import Meeting
from .master import Column
from .node import Generator


class Known:
    """Finds the template of a meeting."""

    def __init__(self, generator: Generator) -> None:
        self.generator, t = generator, generator.templates
        self.by: dict[tuple[int, ...], list[int]] = {}
        for at in np.unique(t.plain).tolist():
            key = t.open[at], t.room[at], t.slot[at], t.frame[at], t.lang[at]
            self.by.setdefault(tuple(map(int, key)), []).append(at)

    def columns(self, meetings: Iterable[Meeting]) -> list[Column]:
        """The columns of those that have a template."""
        found = (self._column(meeting) for meeting in meetings)
        return [column for column in found if column is not None]

    def _column(self, meeting: Meeting) -> Column | None:
        units = tuple(sorted({int(self.generator.units.of[m]) for m in meeting.members}))
        at = next((at for at in self.by.get(_key(meeting), []) if self._fits(at, meeting, units)), None)
        return None if at is None else self.generator.column(at, units)

    def _fits(self, at: int, meeting: Meeting, units: tuple[int, ...]) -> bool:
        t = self.generator.templates
        if not np.isin(units, t.unit[t.ptr[at] : t.ptr[at + 1]]).all():
            return False
        klass = int(t.klass[at])
        if meeting.starter is None:
            return klass < 0
        return klass >= 0 and meeting.starter in t.starter[t.cl_ptr[klass] : t.cl_ptr[klass + 1]]


def _key(meeting: Meeting) -> tuple[int, ...]:
    none = -1
    return (
        none if meeting.open is None else meeting.open,
        none if meeting.room is None else meeting.room,
        meeting.slot,
        meeting.frame,
        meeting.lang,
    )

"""The groups found so far, as columns of the linear programme."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Column(NamedTuple):
    """One group: its template, its units (ascending) and its whole worth in points."""

    template: int
    units: tuple[int, ...]
    worth: int


class Pool:
    """Columns in the order they were found. number: the number of a group by template and units."""

    def __init__(self, units: int) -> None:
        self.columns: list[Column] = []
        self.number: dict[tuple[int, tuple[int, ...]], int] = {}
        self._template = np.zeros(64, dtype=np.int64)
        self._holds = np.zeros((64, units), dtype=bool)

    def add(self, column: Column) -> None:
        """Append a group that is not there yet."""
        at = len(self.columns)
        if at == len(self._template):
            self._template = np.concatenate([self._template, np.zeros_like(self._template)])
            self._holds = np.concatenate([self._holds, np.zeros_like(self._holds)])
        self.number[column[:2]] = at
        self.columns.append(column)
        self._template[at] = column.template
        self._holds[at, list(column.units)] = True

    def forget(self, count: int) -> None:
        """Keep only the first `count` groups."""
        for column in self.columns[count:]:
            del self.number[column[:2]]
        self._holds[count : len(self.columns)] = False
        del self.columns[count:]

    def template(self) -> np.ndarray:
        """The template of every group."""
        return self._template[: len(self.columns)]

    def holds(self) -> np.ndarray:
        """Per group and unit whether she is in it."""
        return self._holds[: len(self.columns)]

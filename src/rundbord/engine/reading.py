"""Reads fields of the JSON format and says in one sentence what is wrong with a malformed one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

FAR = 10**8  # metres; coordinates and journeys beyond this are a mistake (the earth's girth is 4 * 10**7)
LARGE = 10**9  # any other whole number; keeps every sum well inside 64 bits


class ProblemError(ValueError):
    """The instance cannot be read; `sentence` says what is wrong and where, for a human."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def name(row: Any, what: str) -> str:
    """How a row is named in a sentence: `seeker s7`."""
    return f"{what} {row['id']}" if isinstance(row, dict) and "id" in row else what


def field(row: Any, key: str, what: str) -> Any:
    """The value of `key`, which must be there."""
    if not isinstance(row, dict):
        raise ProblemError(f"{what} should be an object with named fields.")
    if key not in row:
        raise ProblemError(f"{name(row, what)} lacks the field “{key}”.")
    return row[key]


def whole(value: Any, key: str, what: str, low: int = -LARGE, high: int = LARGE) -> int:
    """A whole number within [low, high]; true and false are not numbers."""
    if type(value) is not int:
        raise ProblemError(f"{what}: “{key}” should be a whole number, not {value!r}.")
    if not low <= value <= high:
        raise ProblemError(f"{what}: “{key}” is {value}, outside {low} to {high}.")
    return value


def number(row: Any, key: str, what: str, low: int = -LARGE, high: int = LARGE) -> int:
    """The whole number at `key` of a row."""
    return whole(field(row, key, what), key, name(row, what), low, high)


def numbers(rows: Sequence[Any], key: str, what: str, low: int = -LARGE, high: int = LARGE) -> np.ndarray:
    """One int64 for every row."""
    return np.array([number(row, key, what, low, high) for row in rows], dtype=np.int64)


def truth(row: Any, key: str, what: str) -> bool:
    """The true or false at `key`."""
    value = field(row, key, what)
    if not isinstance(value, bool):
        raise ProblemError(f"{name(row, what)}: “{key}” should be true or false, not {value!r}.")
    return value


def truths(rows: Sequence[Any], key: str, what: str) -> np.ndarray:
    """One bool for every row."""
    return np.array([truth(row, key, what) for row in rows], dtype=bool)


def many(row: Any, key: str, what: str) -> list[Any]:
    """The list at `key`, without repeats."""
    value = field(row, key, what)
    if not isinstance(value, list):
        raise ProblemError(f"{name(row, what)}: “{key}” should be a list, not {value!r}.")
    return value


def words(row: Any, key: str, what: str, allowed: Sequence[str]) -> list[str]:
    """The list at `key`, each of the allowed words at most once."""
    value = many(row, key, what)
    for word in value:
        if word not in allowed:
            raise ProblemError(f"{name(row, what)}: “{key}” holds {word!r}; allowed: {', '.join(allowed)}.")
    if len(set(value)) != len(value):
        raise ProblemError(f"{name(row, what)}: “{key}” names the same thing twice.")
    return value


def flags(rows: Sequence[Any], key: str, what: str, count: int) -> np.ndarray:
    """Lists of indices below `count` as a bool matrix (rows, count)."""
    out = np.zeros((len(rows), count), dtype=bool)
    for at, row in enumerate(rows):
        for value in many(row, key, what):
            out[at, whole(value, key, name(row, what), 0, count - 1)] = True
    return out


def ranked(rows: Sequence[Any], key: str, what: str, count: int, top: int, most: int = LARGE) -> np.ndarray:
    """Objects index -> number (0..most, those above `top` become `top`) as an int8 matrix;

    -1 where absent.
    """
    out = np.full((len(rows), count), -1, dtype=np.int8)
    for at, row in enumerate(rows):
        value = field(row, key, what)
        if not isinstance(value, dict):
            raise ProblemError(f"{name(row, what)}: “{key}” should be an object, not {value!r}.")
        for index, number_ in value.items():
            place = _index(index, key, name(row, what), count)
            out[at, place] = min(top, whole(number_, key, name(row, what), 0, most))
    return out


def _index(text: Any, key: str, what: str, count: int) -> int:
    if not isinstance(text, str) or not text.isdecimal() or not text.isascii() or str(int(text)) != text:
        raise ProblemError(f"{what}: “{key}” has the key {text!r}, which is not an index.")
    return whole(int(text), key, what, 0, count - 1)


def identities(rows: Iterable[Any], what: str) -> list[str]:
    """The ids, each a non-empty text and none twice."""
    seen: dict[str, None] = {}
    for row in rows:
        value = field(row, "id", what)
        if not isinstance(value, str) or not value:
            raise ProblemError(f"{what}: the id {value!r} should be a text.")
        if value in seen:
            raise ProblemError(f"{what} {value} is there twice.")
        seen[value] = None
    return list(seen)

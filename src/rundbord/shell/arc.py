"""The arc: one timeline that a person can read, with "you are here"."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise

StepState = Literal["done", "here", "ahead", "skipped"]


@dataclass(frozen=True)
class Step:
    """One step: its name, where the person stands to it, words about it, and when it was or will be."""

    label: str | Promise
    state: StepState
    text: str | Promise = ""
    when: date | datetime | None = None

"""What a guide is made of: stages, and the steps in them."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Step:
    """One thing to do. `core` steps stay when there are fewer meetings than stages."""

    code: str
    title: Promise
    text: Promise
    core: bool = False


@dataclass(frozen=True)
class Stage:
    """What one meeting is about."""

    code: str
    title: Promise
    purpose: Promise
    steps: tuple[Step, ...]

"""The promise "you hear from us by then": which step of its clock is due. Asks no database."""

from datetime import date, datetime, timedelta

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.clock import local

# The day of a promise begins when people are up: no letter comes at night.
MORNING = timedelta(hours=8)
# Over a weekend: who sits down on Friday sees what is promised for Monday.
SOON = timedelta(days=3)
# Whoever is in charge of the office has three days to put it right before those above are told.
ABOVE_AFTER = timedelta(days=3)


class PromiseStep(IntegerChoices):
    """How far the clock of one promise has come; it only ever goes up."""

    MADE = 0, _("Promised")
    HERSELF = 1, _("Told that it takes longer")
    MANAGER = 2, _("The manager is told")
    ABOVE = 3, _("The office above is told")


def promised_for(now: datetime, days: int) -> date:
    """The day by which somebody who is told "within so many days" now hears from us."""
    return local(now).date() + timedelta(days=days)


def promise_day(now: datetime) -> date:
    """The day it is for promises: it begins at eight in the morning."""
    return (local(now) - MORNING).date()


def next_step(by: date, step: int, today: date) -> PromiseStep | None:
    """What is due now for a promise for `by` that has come to `step`; None while nothing is."""
    if step >= PromiseStep.ABOVE:
        return None
    wanted = PromiseStep(step + 1)
    wait = ABOVE_AFTER if wanted == PromiseStep.ABOVE else timedelta(0)
    return wanted if today >= by + wait else None


def moved_by_rest(by: date, now: datetime, days: int) -> date:
    """The day of a promise when a rest is over: never sooner than it was, and with the usual time ahead."""
    return max(by, promised_for(now, days))

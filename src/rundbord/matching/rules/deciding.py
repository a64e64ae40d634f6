"""States of runs and proposals, and what may still be decided."""

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    QUEUED = "queued", _("Waiting to start")
    RUNNING = "running", _("Working")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


UNDER_WAY = (RunState.QUEUED, RunState.RUNNING)


class PartState(TextChoices):
    WAITING = "waiting", _("Waiting to start")
    RUNNING = "running", _("Working")
    DONE = "done", _("Done")


class PartKind(TextChoices):
    SEARCH = "search", _("Looking for groups")
    AGAIN = "again", _("Looking at what has changed")
    BOUND = "bound", _("Proving how many could be placed")


class Change(TextChoices):
    """What a new run did to a proposal; none: the run before had nothing to compare with."""

    NONE = "", ""
    KEPT = "kept", _("As before")
    MENDED = "mended", _("Changed since the last search")
    NEW = "new", _("New")


class ProposalState(TextChoices):
    DRAFT = "draft", _("Being written")  # by a run that is not over: nobody sees it
    OPEN = "open", _("For you to decide")
    APPROVED = "approved", _("Approved")
    DISMISSED = "dismissed", _("Dismissed")
    STALE = "stale", _("Overtaken")


def may_decide(state: str, version: int, seen: int) -> bool:
    """Whether a proposal is open and still the one that was looked at."""
    return state == ProposalState.OPEN and version == seen


def abandoned(state: str, since: datetime, seconds: int, now: datetime) -> bool:
    """Whether a run under way has been given up by whoever ran it: long past any time it can take.

    since: when anything of it was last begun or ended. seconds: the longest any of its parts may take.
    """
    return state in UNDER_WAY and now - since > timedelta(seconds=10 * seconds, minutes=10)

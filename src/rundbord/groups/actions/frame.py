"""What every write of the room has in common: scope, short transaction, the group's lock, the story."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rundbord.groups.models import Group
from rundbord.groups.rules.states import GroupState, may_become
from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.signups.models import SignUp


class GroupNotThere(Refused):
    """The group is not in a state in which this can be done."""

    sentence = _("This cannot be done now, because something has changed. Please look at the page again.")


@contextmanager
def write(organisation_id: UUID) -> Iterator[None]:
    """One short transaction inside the organisation's scope."""
    with tenancy.scope(organisation_id), transaction.atomic():
        yield


def locked(group_id: UUID) -> Group:
    """The group, fresh and held until the transaction ends; every write about a group begins here.

    On SQLite the whole transaction holds the write lock from its start (IMMEDIATE), so no row lock is needed.
    NO KEY: rows that only point to the group need not wait.
    """
    return Group.objects.select_for_update(no_key=True).get(pk=group_id)


def locked_signups(ids: list[UUID]) -> list[SignUp]:
    """The wishes, fresh and held, always in the same order so that two writes cannot wait for one another."""
    return list(SignUp.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def demand(group: Group, *states: str) -> None:
    """Raises GroupNotThere unless the group is in one of the states."""
    if group.state not in states:
        raise GroupNotThere(group)


def become(group: Group, state: GroupState, now: datetime) -> None:
    """Moves the group to its next state and stores it. Raises GroupNotThere if the arc has no such step."""
    if not may_become(group.state, state):
        raise GroupNotThere(group)
    group.state, group.state_since = state, now
    group.save()


def note(
    row: Any,
    verb: str,
    by: Actor,
    now: datetime,
    *,
    subject: UUID | None = None,
    detail: str = "",
    counted: bool = True,
    shown: bool = True,
    **data: Any,
) -> None:
    """A line in the story of `subject` (the row itself if not given); the counter has the verb's name."""
    timeline.record(
        organisation_id=row.organisation_id,
        subject=subject or row.id,
        verb=verb,
        actor=by,
        now=now,
        data=data,
        shown=shown,
        counter=verb if counted else None,
        detail=detail,
    )

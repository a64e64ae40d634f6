"""What every decision has in common: scope, short transaction, the proposal's lock, a line in the story."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.matching import rules
from rundbord.matching.check import Broken
from rundbord.matching.models import Proposal


class StaleProposal(Refused):
    """The proposal is not what it was when it was looked at, or no longer holds."""

    sentence = _("Something has changed since you opened this proposal. Please look at it again.")


class RulesBroken(Refused):
    """The proposal, or the change to it, breaks rules that never bend; `broken` says which."""

    sentence = _("This does not work for everybody in the proposal. Please look at what is marked.")

    def __init__(self, proposal: Proposal, broken: Sequence[Broken]) -> None:
        super().__init__(proposal)
        self.broken = list(broken)


@contextmanager
def write(organisation_id: UUID) -> Iterator[None]:
    """One short transaction inside the organisation's scope."""
    with tenancy.scope(organisation_id), transaction.atomic():
        yield


def locked(seen: Iterable[tuple[Proposal, int]]) -> list[Proposal]:
    """The proposals, fresh and held, in the order given. `seen`: (proposal, the version that was looked at).

    Always taken in the same order, so that two writes cannot wait for one another. Raises StaleProposal.
    """
    asked = list(seen)
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {row.id: row for row in rows.filter(pk__in=[proposal.id for proposal, _ in asked])}
    for proposal, version in asked:
        here = found.get(proposal.id)
        if here is None or not rules.may_decide(here.state, here.version, version):
            raise StaleProposal(proposal)
    return [found[proposal.id] for proposal, _ in asked]


def changed(proposal: Proposal, by: Actor, now: datetime, verb: str, **data: Any) -> None:
    """Stores the proposal under its next version, with a line in its story."""
    proposal.version += 1
    proposal.save()
    note(proposal, verb, by, now, **data)


def note(proposal: Proposal, verb: str, by: Actor, now: datetime, **data: Any) -> None:
    """A line in the proposal's story; the counter has the verb's name."""
    timeline.record(
        organisation_id=proposal.organisation_id,
        subject=proposal.id,
        verb=verb,
        actor=by,
        now=now,
        data=data,
        counter=verb,
    )

"""A human's changes to a proposal: people moved, another starter, another room. Rules are checked at once.

Every change names the version that was looked at; if somebody was quicker, StaleProposal and nothing happens.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.matching.actions.decisions import leave_out
from rundbord.matching.actions.frame import RulesBroken, StaleProposal, changed, locked, write
from rundbord.matching.check import Broken, Desk
from rundbord.matching.models import LeftOut, Proposal, ProposalSeat
from rundbord.matching.rules import ProposalState
from rundbord.people.models import Starter
from rundbord.signups.models import SignUp, SignUpState
from rundbord.venues.models import Room


class NobodyToMove(Refused):
    """Neither a proposal to take the person from nor one to put her in."""

    sentence = _("Choose where to move the person.")


class InAnotherProposal(Refused):
    """The person has a place in another open proposal."""

    sentence = _("This person is already in another proposal. Take her out of that one first.")


class TakenByProposal(Refused):
    """Another open proposal uses the same room or starter at that time."""

    sentence = _("Another proposal already counts on this.")


def move_person(
    *,
    signup: SignUp,
    by: Actor,
    now: datetime,
    source: Proposal | None = None,
    source_version: int = 0,
    to: Proposal | None = None,
    to_version: int = 0,
) -> None:
    """Takes a person out of `source` (None: she is left out) and puts her into `to` (None: left out then).

    Raises StaleProposal, InAnotherProposal, or RulesBroken if she does not fit there. A proposal may become
    too small on the way; it cannot be approved until it is large enough.
    """
    if source is None and to is None:
        raise NobodyToMove(signup)
    with write(signup.organisation_id):
        seen = [(source, source_version)] if source else []
        seen += [(to, to_version)] if to else []
        held = {row.id: row for row in locked(seen)}
        if source:
            _take_out(held[source.id], signup)
            changed(held[source.id], by, now, "proposal-changed", moved="out")
        if to:
            _put_in(held[to.id], signup, now)
            changed(held[to.id], by, now, "proposal-changed", moved="in")
        elif source:
            leave_out(held[source.id], [signup.id], "taken_out")


def _take_out(proposal: Proposal, signup: SignUp) -> None:
    gone, _rows = proposal.seats.filter(signup=signup, reserve_rank__isnull=True).delete()
    if not gone:
        raise StaleProposal(proposal)


def _put_in(proposal: Proposal, signup: SignUp, now: datetime) -> None:
    # Held, so that nobody else puts her into another proposal meanwhile.
    waiting = SignUp.objects.select_for_update(no_key=True).filter(pk=signup.pk, state=SignUpState.WAITING)
    if waiting.first() is None:
        raise StaleProposal(proposal)
    if _placed_elsewhere(signup):
        raise InAnotherProposal(signup)
    desk = Desk(proposal.organisation_id, now)
    members = members_of(proposal)
    wrong = desk.fits(proposal, members, signup.id) + _too_many(desk, proposal, [*members, signup.id])
    if wrong:
        raise RulesBroken(proposal, wrong)
    proposal.seats.filter(signup=signup).delete()  # she may have been named as reserve
    ProposalSeat.objects.create(
        organisation_id=proposal.organisation_id,
        proposal=proposal,
        signup=signup,
        fit=desk.check(proposal, [signup.id]).fit[signup.id],
    )
    LeftOut.objects.filter(run=proposal.run_id, signup=signup).delete()


def _placed_elsewhere(signup: SignUp) -> bool:
    return ProposalSeat.objects.filter(
        signup=signup, reserve_rank__isnull=True, proposal__state=ProposalState.OPEN
    ).exists()


def _too_many(desk: Desk, proposal: Proposal, members: list[UUID]) -> list[Broken]:
    """The rules that one more breaks; being still too few is no reason to refuse her."""
    if proposal.joins_id:
        return []
    too_many = len(members) > desk.instance["policy"]["max_size"]
    broken = desk.check(proposal, members).broken
    return [each for each in broken if each.rule == "room-capacity" or (each.rule == "size" and too_many)]


def members_of(proposal: Proposal) -> list[UUID]:
    """Ids of the wishes with a place in the proposal."""
    seats = proposal.seats.filter(reserve_rank__isnull=True).order_by("id")
    return list(seats.values_list("signup_id", flat=True))


def swap_starter(
    *, proposal: Proposal, starter: Starter | None, version: int, by: Actor, now: datetime
) -> None:
    """Another starter, or none (it starts by itself). Raises StaleProposal, RulesBroken, TakenByProposal."""
    with write(proposal.organisation_id):
        [here] = locked([(proposal, version)])
        here.starter = starter
        _settle(here, now)
        changed(here, by, now, "proposal-changed", starter=bool(starter))


def change_room(
    *, proposal: Proposal, room: Room | None, version: int, by: Actor, now: datetime, slot: int | None = None
) -> None:
    """Another room (None: digital), and another time if given. Raises as `swap_starter`."""
    with write(proposal.organisation_id):
        [here] = locked([(proposal, version)])
        here.room, here.digital = room, room is None
        here.slot = here.slot if slot is None else slot
        _settle(here, now)
        changed(here, by, now, "proposal-changed", slot=here.slot)


def _settle(proposal: Proposal, now: datetime) -> None:
    """Refuses a frame in which somebody does not fit or that another proposal counts on; sizes may wait."""
    if proposal.joins_id:
        raise StaleProposal(proposal)
    desk = Desk(proposal.organisation_id, now)
    members = members_of(proposal)
    checked = desk.check(proposal, members)
    wrong = [each for each in checked.broken if each.rule != "size"]
    if wrong:
        raise RulesBroken(proposal, wrong)
    if desk.clashes([(proposal, members), *_others(proposal)]):
        raise TakenByProposal(proposal)
    for seat in proposal.seats.filter(signup__in=members):
        seat.fit = checked.fit[seat.signup_id]
        seat.save(update_fields=["fit"])


def _others(proposal: Proposal) -> Iterable[tuple[Proposal, list[UUID]]]:
    open_ = Proposal.objects.filter(state=ProposalState.OPEN).exclude(pk=proposal.pk)
    for other in open_.prefetch_related("seats"):
        yield other, [seat.signup_id for seat in other.seats.all() if seat.reserve_rank is None]

"""A human's yes or no to a proposal. Two at once: exactly one is heard, the other is told kindly."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from rundbord.groups import actions as groups
from rundbord.groups.models import Group
from rundbord.groups.rules import GroupTerms
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.matching.actions.frame import RulesBroken, StaleProposal, locked, note, write
from rundbord.matching.check import TAKEN, Broken, Desk
from rundbord.matching.models import LeftOut, Proposal, ProposalSeat
from rundbord.matching.problem.rows import municipality
from rundbord.matching.rules import ProposalState
from rundbord.organisations.queries import areas
from rundbord.signups.models import SignUp, SignUpState


def approve(*, proposal: Proposal, version: int, by: Actor, now: datetime) -> Group:
    """Yes: the group is formed and everybody is offered a place, or the seat in an open group is offered.

    Everything is checked again as it is now. Raises StaleProposal if the proposal has been changed, decided
    or overtaken, or RulesBroken if the people in it do not fit (a human may have put them together).
    """
    with write(proposal.organisation_id):
        [here] = locked([(proposal, version)])
        seats = list(here.seats.order_by("reserve_rank", "id"))
        people = _waiting([seat for seat in seats if seat.reserve_rank is None], here)
        _refuse_broken(here, Desk(here.organisation_id, now).check(here, [p.id for p in people]).broken)
        reserves = _still_waiting([seat for seat in seats if seat.reserve_rank is not None])
        here.formed = _carry_out(here, people, reserves, by, now)
        ProposalSeat.objects.filter(signup__in=people, reserve_rank__isnull=False).delete()
        _decided(here, ProposalState.APPROVED, by, now)
        return here.formed


def dismiss(*, proposal: Proposal, version: int, by: Actor, now: datetime) -> None:
    """No: its people wait on, until the next run. Raises StaleProposal."""
    with write(proposal.organisation_id):
        [here] = locked([(proposal, version)])
        people = here.seats.filter(reserve_rank__isnull=True).values_list("signup_id", flat=True)
        leave_out(here, list(people), "dismissed")
        _decided(here, ProposalState.DISMISSED, by, now)


def leave_out(proposal: Proposal, signup_ids: Sequence[UUID], reason: str) -> None:
    """Writes down that these people are in no proposal of the run, and why, in the caller's transaction."""
    owner = {"organisation_id": proposal.organisation_id, "run_id": proposal.run_id}
    LeftOut.objects.filter(run=proposal.run_id, signup__in=signup_ids).delete()
    LeftOut.objects.bulk_create([LeftOut(**owner, signup_id=id, reason=reason) for id in signup_ids])


def _waiting(seats: list[ProposalSeat], proposal: Proposal) -> list[SignUp]:
    """The people with a place, held until the end. Raises StaleProposal if one waits no longer."""
    ids = [seat.signup_id for seat in seats]
    rows = SignUp.objects.select_for_update(of=("self",), no_key=True).select_related("place").order_by("pk")
    people = list(rows.filter(pk__in=ids, state=SignUpState.WAITING))
    if len(people) < len(ids):
        raise StaleProposal(proposal)
    return people


def _still_waiting(seats: list[ProposalSeat]) -> list[SignUp]:
    found = SignUp.objects.in_bulk([seat.signup_id for seat in seats])
    people = [found[seat.signup_id] for seat in seats if seat.signup_id in found]
    return [person for person in people if person.state == SignUpState.WAITING]


def _refuse_broken(proposal: Proposal, broken: list[Broken]) -> None:
    if any(each.rule in TAKEN for each in broken):
        raise StaleProposal(proposal)
    if broken:
        raise RulesBroken(proposal, broken)


def _carry_out(
    proposal: Proposal, people: list[SignUp], reserves: list[SignUp], by: Actor, now: datetime
) -> Group:
    """The lower room refuses what another transaction took in between; here that means: overtaken."""
    try:
        if proposal.joins is not None:
            for person in people:
                groups.offer_seat(group=proposal.joins, signup=person, by=by, now=now)
            return proposal.joins
        return groups.form_group(
            organisation=proposal.organisation,
            terms=_terms(proposal, people),
            signups=people,
            reserves=reserves,
            by=by,
            now=now,
        )
    except Refused as refusal:
        raise StaleProposal(proposal) from refusal


def _terms(proposal: Proposal, people: list[SignUp]) -> GroupTerms:
    return GroupTerms(
        slot=proposal.slot,
        focus=proposal.focus,
        language=proposal.language,
        place_code=_place_code(proposal, people),
        women_only=proposal.women_only,
        young_only=proposal.young_only,
        digital=proposal.digital,
        room_id=None if proposal.digital else proposal.room_id,
        starter_id=proposal.starter_id,
    )


def _place_code(proposal: Proposal, people: list[SignUp]) -> str:
    """Where the group is: its room's place. A digital one is where the organisation is."""
    if proposal.room is not None:
        return proposal.room.venue.place_id
    served = areas(proposal.organisation_id)
    homes = Counter(municipality(person.place) for person in people)
    return served[0] if served else min(homes, key=lambda code: (-homes[code], code))


def _decided(proposal: Proposal, state: ProposalState, by: Actor, now: datetime) -> None:
    proposal.state, proposal.decided_at, proposal.decided_by = state, now, by.id
    proposal.version += 1
    proposal.save()
    note(proposal, f"proposal-{state}", by, now)

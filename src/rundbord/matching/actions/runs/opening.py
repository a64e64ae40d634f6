"""The moment a run's drafts take the place of what was proposed before: one short transaction."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from rundbord.matching.actions.runs.storing import Written
from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat
from rundbord.matching.rules import Change, ProposalState
from rundbord.signups.models import SignUp, SignUpState

HAS_PLACE = Q(reserve_rank__isnull=True)


def open_drafts(run: MatchRun, written: Written, low: int, now: datetime) -> None:
    """Drafts are for the office to decide, what is not among `written.stays` is overtaken.

    What has changed since the drafts were written counts: nobody is proposed who waits no longer or whom a
    human has put into a proposal that stays, and nobody is lost. Drafts of a worker that was lost go.
    low: people a new group has at least.
    """
    staying = _overtake(run, written, now)
    seats = ProposalSeat.objects.filter(HAS_PLACE, proposal__in=staying)
    here = set(seats.values_list("signup_id", flat=True))
    drafts = [row.id for row in written.drafts]
    mine = ProposalSeat.objects.filter(proposal__in=drafts)
    _take_out(run, mine, here, low)
    _mend_reserves(staying, written)
    missed = {id for people in written.stays.values() for id in people} - here
    _leave_out(run, missed)
    placed = mine.filter(HAS_PLACE).values("signup")
    LeftOut.objects.filter(Q(signup__in=here) | Q(signup__in=placed), run=run).delete()
    written_now = Proposal.objects.filter(run=run, state=ProposalState.DRAFT)
    written_now.exclude(pk__in=drafts).delete()
    written_now.update(state=ProposalState.OPEN)


def drop_drafts(written: Written) -> None:
    """Takes back what was written for a run that is over already."""
    drafts = Proposal.objects.filter(pk__in=[row.id for row in written.drafts])
    drafts.filter(state=ProposalState.DRAFT).delete()


def _overtake(run: MatchRun, written: Written, now: datetime) -> list[UUID]:
    """Ids of the proposals that stay, of those nobody has decided meanwhile; the others are stale."""
    open_ = Proposal.objects.filter(state=ProposalState.OPEN)
    # Taken in the order of every other write, so that two of them cannot wait for each other.
    ids = [row.pk for row in open_.select_for_update(no_key=True).order_by("pk")]
    staying = [id for id in ids if id in written.stays]
    gone = [id for id in ids if id not in written.stays]
    Proposal.objects.filter(pk__in=gone).update(state=ProposalState.STALE, decided_at=now)
    Proposal.objects.filter(pk__in=staying).update(run=run, change=Change.KEPT)
    return staying


def _take_out(run: MatchRun, mine: QuerySet[ProposalSeat], here: set[UUID], low: int) -> None:
    """Seats of whoever waits no longer or has a place already; drafts that become too small go."""
    gone = mine.filter(~Q(signup__state=SignUpState.WAITING) | Q(signup__in=here))
    touched = list(gone.filter(HAS_PLACE).values_list("proposal_id", flat=True).distinct())
    mine.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()
    if not touched:
        return
    counted = Proposal.objects.filter(pk__in=touched).annotate(
        people=Count("seats", filter=Q(seats__reserve_rank=None))
    )
    small = [row.pk for row in counted if row.people < (1 if row.joins_id else low)]
    seats = ProposalSeat.objects.filter(HAS_PLACE, proposal__in=small)
    _leave_out(run, set(seats.values_list("signup_id", flat=True)))
    Proposal.objects.filter(pk__in=small).delete()


def _mend_reserves(staying: list[UUID], written: Written) -> None:
    """Reserves of proposals that stay, where others are named now."""
    before: dict[UUID, list[UUID]] = {id: [] for id in staying}
    named = ProposalSeat.objects.filter(proposal__in=staying, reserve_rank__isnull=False).order_by(
        "reserve_rank"
    )
    for proposal_id, signup_id in named.values_list("proposal_id", "signup_id"):
        before[proposal_id].append(signup_id)
    now = {id: written.reserves.get(id, []) for id in staying}
    other = [id for id in staying if before[id] != [seat.signup_id for seat in now[id]]]
    ProposalSeat.objects.filter(proposal__in=other, reserve_rank__isnull=False).delete()
    ProposalSeat.objects.bulk_create([seat for id in other for seat in now[id]], ignore_conflicts=True)


def _leave_out(run: MatchRun, signup_ids: set[UUID]) -> None:
    """Those of them who wait are without a place because something changed while the run went on."""
    waiting = SignUp.objects.filter(pk__in=signup_ids, state=SignUpState.WAITING).values_list("id", flat=True)
    rows = [
        LeftOut(organisation_id=run.organisation_id, run=run, signup_id=id, reason="changed", numbers={})
        for id in waiting
    ]
    LeftOut.objects.bulk_create(rows, ignore_conflicts=True)

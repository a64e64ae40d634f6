"""Reads: the board of proposals, who is left out and why, and proposals checked as things are now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from rundbord.kernel import tenancy
from rundbord.kernel.models import TimelineEntry
from rundbord.matching import wording
from rundbord.matching.check import Broken, Checked, Desk
from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat, RunPart
from rundbord.matching.rules import SEARCHED, UNDER_WAY, ProposalState, RunState, per_cent
from rundbord.people.models import Starter
from rundbord.people.queries import starters
from rundbord.signups.models import SignUp, SignUpState
from rundbord.venues.models import Room
from rundbord.venues.queries import rooms

EDITED_KEPT = timedelta(days=3)  # a proposal somebody works on is not overtaken at night


@dataclass(frozen=True)
class Board:
    """What the office decides on. proposals have `placed` and `reserves`: lists of seats with wishes.

    failed: the newest run did not come to its end.
    """

    run: MatchRun | None
    under_way: MatchRun | None
    proposals: list[Proposal]
    left_out: list[LeftOut]
    failed: bool = False


def board(organisation_id: UUID) -> Board:
    """Open proposals, who is left out of the latest run, and the run under way. Six queries at most."""
    with tenancy.scope(organisation_id):
        run, newest = latest_run(organisation_id), MatchRun.objects.order_by("-created_at").first()
        return Board(
            run=run,
            under_way=newest if newest and newest.state in UNDER_WAY else None,
            proposals=_with_people(Proposal.objects.filter(state=ProposalState.OPEN)),
            left_out=left_out(run) if run else [],
            failed=bool(newest and newest.state == RunState.FAILED),
        )


def latest_run(organisation_id: UUID) -> MatchRun | None:
    """The newest run that is done."""
    with tenancy.scope(organisation_id):
        return MatchRun.objects.filter(state=RunState.DONE).order_by("-finished_at", "-created_at").first()


def run_under_way(organisation_id: UUID) -> MatchRun | None:
    """The run that waits or works now, with its per cent."""
    with tenancy.scope(organisation_id):
        return MatchRun.objects.filter(state__in=[RunState.QUEUED, RunState.RUNNING]).first()


def progress(run: MatchRun) -> int:
    """Per cent of a run: its parts weighted by their people while it searches. One query."""
    if run.state != RunState.RUNNING or run.progress >= SEARCHED:
        return run.progress
    with tenancy.scope(run.organisation_id):
        parts = RunPart.objects.filter(run=run, round=run.round).values_list("people", "progress")
        return max(run.progress, per_cent(parts, run.round, run.rounds))


def run(organisation_id: UUID, run_id: UUID) -> MatchRun | None:
    """One run, if it is this organisation's."""
    with tenancy.scope(organisation_id):
        return MatchRun.objects.filter(pk=run_id).first()


def proposal(organisation_id: UUID, proposal_id: UUID) -> Proposal | None:
    """One proposal of this organisation in any state, with `placed` and `reserves`."""
    with tenancy.scope(organisation_id):
        found = _with_people(Proposal.objects.filter(pk=proposal_id))
        return found[0] if found else None


def open_count(organisation_id: UUID) -> int:
    """How many proposals wait for a human."""
    with tenancy.scope(organisation_id):
        return Proposal.objects.filter(state=ProposalState.OPEN).count()


def left_out(run: MatchRun) -> list[LeftOut]:
    """Those the run found no place for and who still wait, longest waiting first. One query."""
    with tenancy.scope(run.organisation_id):
        rows = LeftOut.objects.filter(run=run, signup__state=SignUpState.WAITING)
        return list(rows.select_related("signup__place").order_by("signup__waiting_since", "signup_id"))


def reading(organisation_id: UUID, now: datetime) -> Desk:
    """How things are now, to ask several questions of; the most of what each of them costs."""
    return Desk(organisation_id, now)


def recheck(proposal: Proposal, now: datetime, desk: Desk | None = None) -> Checked:
    """The proposal against how things are now: broken hard rules, soft views, how it fits each person."""
    desk = desk or Desk(proposal.organisation_id, now)
    return desk.check(proposal, _members(proposal))


def recheck_all(organisation_id: UUID, proposals: Iterable[Proposal], now: datetime) -> dict[UUID, Checked]:
    """The same for many proposals of one organisation, on one reading of how things are."""
    desk = Desk(organisation_id, now)
    return {each.id: desk.check(each, _members(each)) for each in proposals}


def fits(proposal: Proposal, signup: SignUp, now: datetime) -> list[Broken]:
    """What forbids this person in the proposal; empty when she could be put there."""
    return Desk(proposal.organisation_id, now).fits(proposal, _members(proposal), signup.id)


def fitting(
    organisation_id: UUID, signup: SignUp, proposals: Iterable[Proposal], now: datetime
) -> list[Proposal]:
    """Which of these proposals could take this person."""
    desk = Desk(organisation_id, now)
    return [each for each in proposals if not desk.fits(each, _members(each), signup.id)]


def who_fits(
    proposal: Proposal, people: Iterable[SignUp], now: datetime, desk: Desk | None = None
) -> list[SignUp]:
    """Which of these people could be put into the proposal, on one reading of how things are."""
    desk, members = desk or Desk(proposal.organisation_id, now), _members(proposal)
    return [each for each in people if not desk.fits(proposal, members, each.id)]


def where_fits(
    organisation_id: UUID,
    ids: Iterable[UUID],
    proposals: Sequence[Proposal],
    now: datetime,
    desk: Desk | None = None,
) -> dict[UUID, list[Proposal]]:
    """For each of these wishes, the proposals that could take it, on one reading of how things are."""
    desk = desk or Desk(organisation_id, now)
    members = {each.id: _members(each) for each in proposals}
    return {id: [p for p in proposals if not desk.fits(p, members[p.id], id)] for id in ids}


def starters_fitting(proposal: Proposal, now: datetime, desk: Desk | None = None) -> list[Starter]:
    """Starters who could start this proposal's group, by first name; whoever is in it now too."""
    desk, members = desk or Desk(proposal.organisation_id, now), _members(proposal)
    now_in, fits_ = proposal.starter, []
    for starter in starters(proposal.organisation_id):
        proposal.starter = starter
        if not _about("starter-", desk.check(proposal, members)):
            fits_.append(starter)
    proposal.starter = now_in
    return fits_


def rooms_fitting(proposal: Proposal, now: datetime, desk: Desk | None = None) -> list[Room]:
    """Rooms that are free then and that everybody, and the starter, reaches; by venue."""
    desk, members = desk or Desk(proposal.organisation_id, now), _members(proposal)
    now_in, fits_ = (proposal.room, proposal.digital), []
    for room in rooms(proposal.organisation_id):
        proposal.room, proposal.digital = room, False
        if not [each for each in desk.check(proposal, members).broken if each.rule != "size"]:
            fits_.append(room)
    proposal.room, proposal.digital = now_in
    return fits_


def _about(rule: str, checked: Checked) -> list[Broken]:
    return [each for each in checked.broken if each.rule.startswith(rule)]


def why(proposal: Proposal, checked: Checked) -> list[str]:
    """Why these people, and what to look at before a yes: sentences in the active language."""
    return wording.reasons(proposal, checked)


def why_waiting(signup: SignUp) -> str | None:
    """What is missing for this person, for her own page: about times and places, never about others.

    None while she is in a proposal, before the first run, or when there is nothing helpful to say.
    """
    with tenancy.scope(signup.organisation_id):
        rows = LeftOut.objects.filter(signup=signup, run__state=RunState.DONE)
        row = rows.order_by("-run__finished_at").first()
        if row is None or _in_open_proposal(signup):
            return None
        return wording.missing(row.reason, row.change)


def _in_open_proposal(signup: SignUp) -> bool:
    seats = ProposalSeat.objects.filter(signup=signup, reserve_rank__isnull=True)
    return seats.filter(proposal__state=ProposalState.OPEN).exists()


def has_news(organisation_id: UUID, now: datetime) -> bool:
    """Whether a run could find something else than the last one, and nobody is in the middle of deciding."""
    with tenancy.scope(organisation_id):
        if not SignUp.objects.filter(state=SignUpState.WAITING).exists():
            return False
        told = TimelineEntry.objects.exclude(verb__startswith="run-")
        edited = Proposal.objects.filter(state=ProposalState.OPEN, version__gt=1)
        if told.filter(verb="proposal-changed", at__gt=now - EDITED_KEPT).exists() and edited.exists():
            return False
        last = MatchRun.objects.filter(state=RunState.DONE).order_by("-created_at").first()
        return last is None or told.filter(at__gt=last.created_at).exists()


def _with_people(rows: QuerySet[Proposal]) -> list[Proposal]:
    """The proposals with everything a page shows of them. Two queries."""
    seats = ProposalSeat.objects.select_related("signup__place").order_by("reserve_rank", "id")
    found: list[Any] = list(
        rows.select_related(
            "run", "organisation", "room__venue__place", "starter", "joins__place", "formed"
        ).prefetch_related(Prefetch("seats", seats, to_attr="everybody"))
    )
    for each in found:
        each.placed = [seat for seat in each.everybody if seat.reserve_rank is None]
        each.reserves = [seat for seat in each.everybody if seat.reserve_rank is not None]
    return found


def _members(proposal: Proposal) -> list[UUID]:
    if hasattr(proposal, "placed"):
        return [seat.signup_id for seat in proposal.placed]
    return list(proposal.seats.filter(reserve_rank__isnull=True).values_list("signup_id", flat=True))

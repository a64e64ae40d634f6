"""What this room keeps about people: who was proposed with whom and why somebody was left out; for weeks."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from rundbord.kernel.personal import not_personal, personal
from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat, RunPart, RunRecord
from rundbord.matching.problem.frozen import text
from rundbord.matching.rules import UNDER_WAY, ProposalState, RunState

KEPT = timedelta(days=14)

_WEEKS = "two weeks after the run, or until the next run if nobody decided"
_AGAIN = "so that it can be shown how a proposal came about, in numbers and pseudonyms"
_OFFICE = "so that a human can decide about a proposal"

DECLARED = {
    "MatchRun": not_personal(
        "id organisation state seed seconds settings progress people placed score bound at_most_more levers "
        "again rounds round changes created_at started_at finished_at"
    ),
    "RunRecord": not_personal("id organisation run engine")
    | {
        name: personal(_AGAIN, _WEEKS, export=False, erase="deleted")
        for name in ("instance", "ids", "earlier", "standing", "again", "solution")
    },
    "RunPart": not_personal(
        "id organisation run round number kind state people progress seed seconds iterations reports "
        "stopped_at took pace proves score bound most started_at finished_at"
    )
    | {
        "given": personal("what one worker looks for groups among", "until the run is over", export=False),
        "result": personal(_AGAIN, _WEEKS, export=False),
    },
    "Proposal": not_personal(
        "id organisation run state version change slot language women_only young_only room digital starter "
        "joins formed created_at decided_at"
    )
    | {
        "focus": personal("what a group could be about, which its people share", _WEEKS, export=False),
        "reasons": personal(_OFFICE, _WEEKS, export=False),
        "decided_by": personal("which of the staff decided", _WEEKS, export=False),
    },
    "ProposalSeat": not_personal("id organisation proposal reserve_rank")
    | {
        "signup": personal(_OFFICE, _WEEKS, erase="deleted"),
        "fit": personal("how the proposal fits this person, in numbers", _WEEKS, erase="deleted"),
    },
    "LeftOut": not_personal("id organisation run")
    | {
        "signup": personal("so that a human sees who is waiting and why", _WEEKS, erase="deleted"),
        "reason": personal("what stands in the way of a place", _WEEKS, erase="deleted"),
        "numbers": personal("what stands in the way of a place, in numbers", _WEEKS, erase="deleted"),
        "change": personal("the one change that would help", _WEEKS, erase="deleted"),
    },
}


def export(signup_id: UUID) -> dict[str, Any]:
    """What is kept here about one person; nothing about those she was proposed with."""
    seats = ProposalSeat.objects.filter(signup=signup_id).select_related("proposal").order_by("id")
    left = LeftOut.objects.filter(signup=signup_id).order_by("id")
    return {
        "proposals": [
            {
                "slot": seat.proposal.slot,
                "language": seat.proposal.language,
                "state": seat.proposal.state,
                "as_reserve": seat.reserve_rank is not None,
                "created_at": seat.proposal.created_at.isoformat(),
                "fit": {key: value for key, value in (seat.fit or {}).items() if key != "if_left"},
            }
            for seat in seats
        ],
        "left_out": [
            {"reason": row.reason, "numbers": row.numbers or {}, "change": row.change} for row in left
        ],
    }


def erase(signup_id: UUID, now: datetime) -> None:
    """The person is in no proposal any more; one that loses her has a new version."""
    held = ProposalSeat.objects.filter(signup=signup_id)
    for proposal in Proposal.objects.filter(pk__in=held.values("proposal"), state=ProposalState.OPEN):
        proposal.version += 1
        proposal.save(update_fields=["version"])
    held.delete()
    LeftOut.objects.filter(signup=signup_id).delete()
    _forget_in_records(signup_id, now)


def _forget_in_records(signup_id: UUID, now: datetime) -> None:
    """What runs worked on goes whole where she is in it; one under way ends, for it would propose her."""
    for record in RunRecord.objects.all():
        # Who waits is among the ids; who is in an open group is in the instance.
        if str(signup_id) not in text(record.ids) and signup_id.hex not in text(record.instance):
            continue
        RunPart.objects.filter(run=record.run_id).update(given=None, result=None)
        under_way = MatchRun.objects.filter(pk=record.run_id, state__in=UNDER_WAY)
        under_way.update(state=RunState.FAILED, finished_at=now)
        record.delete()


def clear(now: datetime) -> int:
    """Deletes runs, with what they proposed, once they are old and a newer one is done. Returns how many.

    Of the newest run it stays when it was; what was decided goes all the same, and what it worked on as soon
    as nothing that it proposed waits for a decision. Call it in a scope.
    """
    newest: dict[UUID, UUID] = {}
    done = MatchRun.objects.filter(state=RunState.DONE).order_by("organisation_id", "-finished_at")
    for organisation_id, run_id in done.values_list("organisation_id", "id"):
        newest.setdefault(organisation_id, run_id)
    old = MatchRun.objects.filter(created_at__lte=now - KEPT).exclude(pk__in=newest.values())
    gone = old.count()
    old.delete()
    _clear_records(now)
    Proposal.objects.filter(created_at__lte=now - KEPT).exclude(state=ProposalState.OPEN).delete()
    return gone


def _clear_records(now: datetime) -> None:
    """What old runs worked on and found."""
    waits = Proposal.objects.filter(state=ProposalState.OPEN).values("run")
    old = RunRecord.objects.filter(run__created_at__lte=now - KEPT).exclude(run__in=waits)
    RunPart.objects.filter(run__in=old.values("run")).update(given=None, result=None)
    old.delete()

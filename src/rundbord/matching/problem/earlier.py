"""Open proposals as an earlier solution of the engine, and which row each of them is."""

from typing import Any, NamedTuple

from rundbord.engine.again import likeness
from rundbord.matching.models import Proposal
from rundbord.matching.problem import fit
from rundbord.matching.problem.keys import Keys
from rundbord.matching.rules import Change, ProposalState

Row = dict[str, Any]
CHANGES = {"kept": Change.KEPT, "mended": Change.MENDED, "dissolved": Change.NEW}


class Earlier(NamedTuple):
    """solution: groups and joins of the format; groups and joins: the proposal's id of each, as text."""

    solution: Row
    groups: list[str]
    joins: list[str]

    def became(self, group: Row) -> tuple[str, str | None]:
        """(change, id of the proposal it was) of a group that was found now."""
        what, at = likeness(group, self.solution["groups"])
        return CHANGES[what], self.groups[at] if what == "kept" and at is not None else None

    def joined(self, join: Row) -> str | None:
        """Id of the proposal that this seat was."""
        there = self.solution["joins"]
        return self.joins[there.index(join)] if join in there else None


def read(keys: Keys) -> Earlier:
    """The open proposals of the organisation in scope."""
    found = Earlier({"instance": "", "groups": [], "joins": []}, [], [])
    for row in Proposal.objects.filter(state=ProposalState.OPEN).order_by("id").prefetch_related("seats"):
        members = [seat.signup_id for seat in row.seats.all() if seat.reserve_rank is None]
        if row.joins_id:
            for member in members:
                group = keys.ids.get(row.joins_id, fit.GONE)
                found.solution["joins"].append({"group": group, "seeker": keys.ids.get(member, member.hex)})
                found.joins.append(str(row.id))
        elif members:
            as_is = {"as_is": True} if row.version > 1 else {}  # a human has made it so
            found.solution["groups"].append(fit.as_group(row, members, keys) | as_is)
            found.groups.append(str(row.id))
    return found

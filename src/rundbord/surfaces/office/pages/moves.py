"""What a human may change in a proposal without breaking a rule: people, starter, room."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from rundbord.kernel.ids import pid
from rundbord.kernel.week import label
from rundbord.matching import queries as matching
from rundbord.matching.rules import ProposalState
from rundbord.organisations.queries import setting
from rundbord.surfaces.office.pages.proposals import Left, Person, Shown, left, shown, where

if TYPE_CHECKING:
    from rundbord.matching.check import Desk as Reading
    from rundbord.matching.models import Proposal

Choice = tuple[str, str]  # public id, words


@dataclass(frozen=True)
class Moves:
    """Where each person could go, who could come in, which starters and rooms would do instead."""

    people: list[tuple[Person, list[Choice]]]
    reserves: list[Person]
    others: list[Left]
    starters: list[Choice]
    rooms: list[Choice]


def opened(proposal: "Proposal", now: datetime) -> tuple[Shown, Moves] | None:
    """The proposal in words and what may be changed, both on one reading; None when it is not open."""
    if proposal.state != ProposalState.OPEN:
        return None
    reading = matching.reading(proposal.organisation_id, now)
    seen = shown(proposal, matching.recheck(proposal, now, reading))
    return seen, _moves(seen, now, reading)


def _moves(seen: Shown, now: datetime, reading: "Reading") -> Moves:
    proposal, ids = seen.proposal, [person.id for person in seen.people]
    found = matching.board(proposal.organisation_id)
    ceiling = setting(proposal.organisation_id, "group_ceiling")
    others = [each for each in found.proposals if each.id != proposal.id and _has_room(each, ceiling)]
    goes = matching.where_fits(proposal.organisation_id, ids, others, now, reading)
    full = not _has_room(proposal, ceiling)
    reserves = {person.id for person in seen.reserves}
    outside = [] if full else [row for row in found.left_out if row.signup_id not in reserves]
    fitting = matching.who_fits(proposal, [row.signup for row in outside], now, reading)
    comes = {person.id for person in fitting}
    return Moves(
        people=[(person, [_target(each) for each in goes[person.id]]) for person in seen.people],
        reserves=[] if full else seen.reserves,
        others=[left(row, now) for row in outside if row.signup_id in comes],
        starters=_starters(proposal, now, reading),
        rooms=_rooms(proposal, now, reading),
    )


def _has_room(proposal: "Proposal", ceiling: int) -> bool:
    return not proposal.joins_id and len(proposal.placed) < ceiling  # type: ignore[attr-defined]


def _target(proposal: "Proposal") -> Choice:
    return pid(proposal.id), f"{label(proposal.slot)}, {where(proposal)}"


def _starters(proposal: "Proposal", now: datetime, reading: "Reading") -> list[Choice]:
    """Those who could start it instead; an empty id stands for starting by itself."""
    fitting = matching.starters_fitting(proposal, now, reading)
    others = [(pid(each.id), each.first_name) for each in fitting if each.id != proposal.starter_id]
    return others + ([("", _("Nobody: the group starts by itself"))] if proposal.starter_id else [])


def _rooms(proposal: "Proposal", now: datetime, reading: "Reading") -> list[Choice]:
    """Rooms that would do instead; an empty id stands for a digital group."""
    fitting = matching.rooms_fitting(proposal, now, reading)
    others = [(pid(r.id), f"{r.venue.name}, {r.name}") for r in fitting if r.id != proposal.room_id]
    return others + ([] if proposal.digital else [("", _("No room: the group is digital"))])

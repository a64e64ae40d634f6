"""What a run found, written as drafts that nobody sees, a few at a time: no write holds the others up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models, transaction

from rundbord.groups.models import Group
from rundbord.matching.actions.runs.planning import locked
from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat
from rundbord.matching.problem import fit
from rundbord.matching.problem.earlier import Earlier
from rundbord.matching.problem.frozen import Ids
from rundbord.matching.problem.rows import Row
from rundbord.matching.rules import Change, ProposalState
from rundbord.people.models import Starter
from rundbord.places.models import Place
from rundbord.signups.models import SignUp, SignUpState
from rundbord.venues.models import Room

MOST_RESERVES = 5
AT_ONCE = 100  # rows in one transaction


@dataclass(frozen=True)
class Found:
    """What the engine says about an instance; `ids` leads from its ids to our rows."""

    instance: Row
    ids: Ids
    solution: Row
    score: int
    bound: int
    placed: int
    at_most_more: int
    reasons: Row
    earlier: Earlier | None = None

    @cached_property
    def names(self) -> dict[str, str]:
        """What the municipalities of the instance are called."""
        rows = Place.objects.filter(code__in=self.instance["municipalities"])
        return dict(rows.values_list("code", "name"))


def readable(told: Row | None, found: Found) -> Row | None:
    """A change or a lever of the engine with our codes, ids and place names instead of its numbers."""
    if told is None:
        return None
    instance, out = found.instance, dict(told)
    if told.get("frame") is not None:
        out["frame"] = instance["frames"][told["frame"]]
    if told.get("lang") is not None:
        out["lang"] = instance["languages"][told["lang"]]
    if told.get("room") is not None:
        out["room"] = str(found.ids[told["room"]])
    if told.get("muni") is not None:
        out["muni"] = instance["municipalities"][told["muni"]]
        out["place"] = found.names.get(out["muni"], "")
    return out


@dataclass
class Written:
    """What became of the groups: drafts; proposals that stay, with people and reserves; who is left out."""

    drafts: list[Proposal] = field(default_factory=list)
    stays: dict[UUID, list[UUID]] = field(default_factory=dict)
    reserves: dict[UUID, list[ProposalSeat]] = field(default_factory=dict)
    left: dict[UUID, LeftOut] = field(default_factory=dict)


class Writing:
    """Rows of one run, gathered first and then written in small transactions.

    Whoever has stopped waiting since the instance was made is left away; a proposal that this makes too small
    is not made, and the others of it are left out because something changed.
    """

    def __init__(self, run: MatchRun, found: Found, now: datetime) -> None:
        self.run, self.found, self.now = run, found, now
        self.seekers = {row["id"]: row for row in found.instance["seekers"]}
        self.explained = {row["index"]: row for row in found.reasons["groups"]}
        self.waiting = _there(SignUp.objects.filter(state=SignUpState.WAITING))
        self.rooms, self.starters = _there(Room.objects.all()), _there(Starter.objects.filter(active=True))
        self.groups = Group.objects.select_related("room").in_bulk(self._ids_of("joins", "group"))
        self.seats: list[ProposalSeat] = []
        self.out = Written()

    def _ids_of(self, table: str, key: str) -> set[UUID]:
        return {self.found.ids[row[key]] for row in self.found.solution[table]}

    def write(self) -> Written | None:
        """Everything, as drafts. None if the run is over meanwhile; whoever ended it clears drafts away."""
        for number, group in enumerate(self.found.solution["groups"]):
            self._group(group, self.explained.get(number, {}))
        for join in self.found.solution["joins"]:
            self._join(join)
        self._left_out(self.found.reasons["left_out"])
        pieces = (self.out.drafts, self.seats, list(self.out.left.values()))
        return self.out if all(_in_pieces(self.run, rows) for rows in pieces) else None

    def _group(self, group: Row, about: Row) -> None:
        """A new group, or one that was proposed before and stays."""
        members = [id for id in group["members"] if self._waits(id)]
        change, row_id = self.found.earlier.became(group) if self.found.earlier else (Change.NONE, None)
        if len(members) < len(group["members"]) if row_id else not self._large_enough(group, members):
            self._dropped(members)
        elif row_id:
            self.out.stays[UUID(row_id)] = [self.found.ids[id] for id in members]
            self.out.reserves[UUID(row_id)] = self._reserves(UUID(row_id), group, about)
        else:
            row = self._proposal(group, about, members, change)
            self._seats(row.id, group, members, about)
            self.seats += self._reserves(row.id, group, about)

    def _large_enough(self, group: Row, members: list[str]) -> bool:
        """Whether enough people are left, and the room and the starter are still there."""
        room, starter = group["room"], group["starter"]
        there = not room or self.found.ids[room] in self.rooms
        there &= not starter or self.found.ids[starter] in self.starters
        return there and len(members) >= self.found.instance["policy"]["min_size"]

    def _join(self, join: Row) -> None:
        """One seat in a group that has places."""
        stays = self.found.earlier.joined(join) if self.found.earlier else None
        group = self.groups.get(self.found.ids[join["group"]])
        if not self._waits(join["seeker"]) or group is None:
            self._dropped([join["seeker"]] if self._waits(join["seeker"]) else [])
        elif stays:
            self.out.stays[UUID(stays)] = [self.found.ids[join["seeker"]]]
        else:
            open_ = next(row for row in self.found.instance["open_groups"] if row["id"] == join["group"])
            change = Change.NEW if self.found.earlier else Change.NONE
            row = self._proposal(open_ | {"starter": None, "room": None}, {}, [join["seeker"]], change)
            row.joins, row.room, row.digital = group, group.room, group.digital
            self._seats(row.id, open_, [join["seeker"]], {})

    def _left_out(self, rows: Iterable[Row]) -> None:
        """Those the engine placed nowhere, with its reasons; whoever it forgot too: nobody is lost."""
        for row in rows:
            if self._waits(row["id"]):
                self._leave(row["id"], row["reason"], row.get("numbers"), row.get("change"))
        seated = {seat.signup_id for seat in self.seats if seat.reserve_rank is None}
        seated |= {id for people in self.out.stays.values() for id in people}
        seated |= self.out.left.keys()
        for id in self.seekers:
            if self._waits(id) and self.found.ids[id] not in seated:
                self._leave(id, "not_examined")

    def _waits(self, id: str) -> bool:
        return self.found.ids[id] in self.waiting

    def _proposal(self, group: Row, about: Row, members: list[str], change: str) -> Proposal:
        ids, instance = self.found.ids, self.found.instance
        proposal = Proposal(
            organisation_id=self.run.organisation_id,
            run=self.run,
            state=ProposalState.DRAFT,
            change=change,
            slot=group["slot"],
            focus=instance["frames"][group["frame"]],
            language=instance["languages"][group["lang"]],
            women_only="women" in group["audience"],
            young_only="young" in group["audience"],
            room_id=ids[group["room"]] if group["room"] else None,
            digital=group["room"] is None,
            starter_id=ids[group["starter"]] if group["starter"] else None,
            created_at=self.now,
            reasons={
                "shared_slots": fit.shared_slots([self.seekers[id] for id in members]),
                "costs": [{"code": cost["code"], "cost": cost["cost"]} for cost in about.get("costs", [])],
            },
        )
        self.out.drafts.append(proposal)
        return proposal

    def _seats(self, proposal_id: UUID, group: Row, members: list[str], about: Row) -> None:
        leaving = about.get("if_left", {})
        for id in members:
            told = self._fit(id, group) | {"if_left": leaving.get(id)}
            self.seats.append(self._seat(proposal_id, id, told, None))

    def _reserves(self, proposal_id: UUID, group: Row, about: Row) -> list[ProposalSeat]:
        ready = [row["id"] for row in about.get("reserves", []) if self._waits(row["id"])]
        return [
            self._seat(proposal_id, id, self._fit(id, group), rank)
            for rank, id in enumerate(ready[:MOST_RESERVES], start=1)
        ]

    def _seat(self, proposal_id: UUID, id: str, told: Row, rank: int | None) -> ProposalSeat:
        return ProposalSeat(
            organisation_id=self.run.organisation_id,
            proposal_id=proposal_id,
            signup_id=self.found.ids[id],
            reserve_rank=rank,
            fit=told,
        )

    def _fit(self, id: str, group: Row) -> Row:
        return fit.fit(self.seekers[id], group, fit.venue(self.found.instance, group))

    def _dropped(self, members: Iterable[str]) -> None:
        for id in members:
            self._leave(id, "changed")

    def _leave(self, id: str, reason: str, numbers: Row | None = None, change: Row | None = None) -> None:
        signup_id = self.found.ids[id]
        self.out.left[signup_id] = LeftOut(
            organisation_id=self.run.organisation_id,
            run=self.run,
            signup_id=signup_id,
            reason=reason,
            numbers=numbers or {},
            change=readable(change, self.found),
        )


def _there(rows: models.QuerySet[Any]) -> set[UUID]:
    return set(rows.values_list("id", flat=True))


def _in_pieces(run: MatchRun, rows: Sequence[Any]) -> bool:
    """Whether they are written. Whoever ends the run holds its row: no seat comes into a draft that goes."""
    for start in range(0, len(rows), AT_ONCE):
        with transaction.atomic():
            if locked(run) is None:
                return False
            type(rows[0]).objects.bulk_create(rows[start : start + AT_ONCE], ignore_conflicts=True)
    return True

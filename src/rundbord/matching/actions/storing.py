"""What a run found, written down in one go; what earlier runs proposed and nobody decided is overtaken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from rundbord.engine.solve import Result
from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat
from rundbord.matching.problem import Keys, fit
from rundbord.matching.problem.rows import Row
from rundbord.matching.rules import ProposalState, RunState
from rundbord.places.models import Place
from rundbord.signups.models import SignUp, SignUpState

MOST_RESERVES = 5


@dataclass(frozen=True)
class Found:
    """What the engine says about an instance, and which rows stand behind its ids."""

    instance: Row
    keys: Keys
    result: Result
    reasons: Row
    at_most_more: int

    @cached_property
    def names(self) -> dict[str, str]:
        """What the municipalities of the instance are called."""
        rows = Place.objects.filter(code__in=self.instance["municipalities"])
        return dict(rows.values_list("code", "name"))


def store(run: MatchRun, found: Found, now: datetime) -> None:
    """Writes proposals, seats and who is left out, and ends the run. Inside the caller's transaction.

    Somebody who stopped waiting while the engine worked is left away; a proposal that this makes too small is
    not made, and the others of it are left out because something changed.
    """
    _overtake(now)
    waiting = set(SignUp.objects.filter(state=SignUpState.WAITING).values_list("id", flat=True))
    writing = Writing(run, found, waiting, now)
    for number, group in enumerate(found.result.solution["groups"]):
        writing.group(group, writing.about(number))
    for join in found.result.solution["joins"]:
        writing.join(join)
    writing.left_out(found.reasons["left_out"])
    writing.save()
    _finish(run, found, now)


def _overtake(now: datetime) -> None:
    open_ = Proposal.objects.filter(state=ProposalState.OPEN)
    # Taken in the order of every other write, so that two of them cannot wait for each other.
    ids = [row.pk for row in open_.select_for_update(no_key=True).order_by("pk")]
    Proposal.objects.filter(pk__in=ids).update(state=ProposalState.STALE, decided_at=now)


def _finish(run: MatchRun, found: Found, now: datetime) -> None:
    run.state, run.progress, run.finished_at = RunState.DONE, 100, now
    run.people, run.placed = len(found.instance["seekers"]), found.result.placed
    run.score, run.bound = found.result.score, found.result.bound
    run.at_most_more = found.at_most_more
    run.levers = [readable(lever, found) for lever in found.reasons["levers"]]
    run.settings = {"policy": found.instance["policy"], "weights": found.instance["weights"]}
    run.save()


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
        out["room"] = str(found.keys.rooms[told["room"]].id)
    if told.get("muni") is not None:
        out["muni"] = instance["municipalities"][told["muni"]]
        out["place"] = found.names.get(out["muni"], "")
    return out


class Writing:
    """Rows of one run, gathered and then written by one statement a table."""

    def __init__(self, run: MatchRun, found: Found, waiting: set[UUID], now: datetime) -> None:
        self.run, self.found, self.waiting, self.now = run, found, waiting, now
        self.seekers = {row["id"]: row for row in found.instance["seekers"]}
        self.explained = {row["index"]: row for row in found.reasons["groups"]}
        self.proposals: list[Proposal] = []
        self.seats: list[ProposalSeat] = []
        self.left: dict[UUID, LeftOut] = {}

    def about(self, number: int) -> Row:
        """What the engine says of its new group of that number."""
        return self.explained.get(number, {})

    def group(self, group: Row, about: Row) -> None:
        """A new group."""
        members = [id for id in group["members"] if self._waits(id)]
        if len(members) < self.found.instance["policy"]["min_size"]:
            self._dropped(members)
            return
        row = self._proposal(group, about, members)
        self._seats(row, group, members, about)
        self._reserves(row, group, about)

    def join(self, join: Row) -> None:
        """One seat in a group that has places."""
        if not self._waits(join["seeker"]):
            return
        open_ = next(row for row in self.found.instance["open_groups"] if row["id"] == join["group"])
        row = self._proposal(open_ | {"starter": None, "room": None}, {}, [join["seeker"]])
        row.joins = self.found.keys.groups[join["group"]]
        row.room, row.digital = row.joins.room, row.joins.digital
        self._seats(row, open_, [join["seeker"]], {})

    def left_out(self, rows: Iterable[Row]) -> None:
        """Those the engine placed nowhere, with its reasons; whoever it forgot too: nobody is lost."""
        for row in rows:
            if self._waits(row["id"]):
                self._leave(row["id"], row["reason"], row.get("numbers"), row.get("change"))
        seated = {seat.signup_id for seat in self.seats if seat.reserve_rank is None}
        for id in self.seekers:
            signup = self.found.keys.signups[id]
            if self._waits(id) and signup.id not in seated and signup.id not in self.left:
                self._leave(id, "not_examined")

    def save(self) -> None:
        """Everything, one statement a table."""
        Proposal.objects.bulk_create(self.proposals)
        ProposalSeat.objects.bulk_create(self.seats)
        LeftOut.objects.bulk_create(self.left.values())

    def _waits(self, id: str) -> bool:
        return self.found.keys.signups[id].id in self.waiting

    def _proposal(self, group: Row, about: Row, members: list[str]) -> Proposal:
        keys, instance = self.found.keys, self.found.instance
        proposal = Proposal(
            organisation_id=self.run.organisation_id,
            run=self.run,
            slot=group["slot"],
            focus=instance["frames"][group["frame"]],
            language=instance["languages"][group["lang"]],
            women_only="women" in group["audience"],
            young_only="young" in group["audience"],
            room=keys.rooms.get(group["room"]),
            digital=group["room"] is None,
            starter=keys.starters.get(group["starter"]),
            created_at=self.now,
            reasons={
                "shared_slots": fit.shared_slots([self.seekers[id] for id in members]),
                "costs": [{"code": cost["code"], "cost": cost["cost"]} for cost in about.get("costs", [])],
            },
        )
        self.proposals.append(proposal)
        return proposal

    def _seats(self, proposal: Proposal, group: Row, members: list[str], about: Row) -> None:
        leaving = about.get("if_left", {})
        for id in members:
            told = self._fit(id, group) | {"if_left": leaving.get(id)}
            self._seat(proposal, id, told, None)

    def _reserves(self, proposal: Proposal, group: Row, about: Row) -> None:
        ready = [row["id"] for row in about.get("reserves", []) if self._waits(row["id"])]
        for rank, id in enumerate(ready[:MOST_RESERVES], start=1):
            self._seat(proposal, id, self._fit(id, group), rank)

    def _seat(self, proposal: Proposal, id: str, told: Row, rank: int | None) -> None:
        self.seats.append(
            ProposalSeat(
                organisation_id=self.run.organisation_id,
                proposal=proposal,
                signup=self.found.keys.signups[id],
                reserve_rank=rank,
                fit=told,
            )
        )

    def _fit(self, id: str, group: Row) -> Row:
        return fit.fit(self.seekers[id], group, fit.venue(self.found.instance, group))

    def _dropped(self, members: Iterable[str]) -> None:
        for id in members:
            self._leave(id, "changed")

    def _leave(self, id: str, reason: str, numbers: Row | None = None, change: Row | None = None) -> None:
        signup = self.found.keys.signups[id]
        self.left[signup.id] = LeftOut(
            organisation_id=self.run.organisation_id,
            run=self.run,
            signup=signup,
            reason=reason,
            numbers=numbers or {},
            change=readable(change, self.found),
        )

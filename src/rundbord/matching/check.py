"""Proposals against things as they are now: hard rules by the engine, soft views for the human."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from rundbord.engine import rules as engine
from rundbord.engine.problem import Problem, load
from rundbord.matching import problem as building
from rundbord.matching import rules
from rundbord.matching.models import Proposal
from rundbord.matching.problem import fit
from rundbord.organisations.queries import settings_of
from rundbord.signups.models import SignUp

# Rules that only something outside the proposal can break: another has taken it, or the person is gone.
TAKEN = frozenset({"unknown", "room-free", "starter-free", "starter-capacity", "free-places"})
CLASHES = frozenset({"once", "room-once", "starter-once", "starter-capacity"})


@dataclass(frozen=True)
class Broken:
    """A hard rule (name of the engine's) that does not hold, and the wishes it is about."""

    rule: str
    signups: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Checked:
    """broken: hard rules; views: soft ones; fit: numbers by wish; shared: slots at which all can."""

    broken: list[Broken] = field(default_factory=list)
    views: list[rules.View] = field(default_factory=list)
    fit: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    shared: list[int] = field(default_factory=list)


class Desk:
    """An organisation's problem as it is now, laid out once to check any number of proposals on."""

    def __init__(self, organisation_id: UUID, now: datetime) -> None:
        self.instance, self.keys = building.build(organisation_id, now, by_hand=True)
        self.problem: Problem = load(self.instance)
        self.settings = settings_of(organisation_id)
        self.seekers = {row["id"]: row for row in self.instance["seekers"]}

    def check(self, proposal: Proposal, members: Sequence[UUID]) -> Checked:
        """One proposal with these people (ids of wishes) in it."""
        group = self._group(proposal, members)
        known = [self.seekers[id] for id in group["members"] if id in self.seekers]
        where = fit.venue(self.instance, group)
        fits = {self.keys.signups[row["id"]].id: fit.fit(row, group, where) for row in known}
        shared = fit.shared_slots(known)
        facts = [self._fact(row, fits) for row in known]
        views = rules.soft_views(
            facts,
            len(shared),
            self.settings["age_span_years"],
            0 if proposal.joins_id else self.settings["group_window_low"],
        )
        return Checked(self._broken(proposal, group), views, fits, shared)

    def fits(self, proposal: Proposal, members: Sequence[UUID], signup_id: UUID) -> list[Broken]:
        """What forbids this person beside these members, sizes apart; empty when she fits."""
        if proposal.joins_id:
            return self._broken(proposal, self._group(proposal, [*members, signup_id]))
        group = fit.as_group(proposal, list(members), self.keys)
        found = engine.person_violations(self.problem, group, self.keys.ids.get(signup_id, signup_id.hex))
        return self._told(found)

    def clashes(self, proposals: Iterable[tuple[Proposal, Sequence[UUID]]]) -> list[Broken]:
        """What open proposals would take from one another if all were approved."""
        pairs = list(proposals)
        groups = [fit.as_group(p, list(members), self.keys) for p, members in pairs if not p.joins_id]
        joins = [
            {"group": self._open_id(p), "seeker": self.keys.ids.get(id, id.hex)}
            for p, members in pairs
            if p.joins_id
            for id in members
        ]
        found = engine.violations(self.problem, {"groups": groups, "joins": joins})
        return self._told(v for v in found if v.rule in CLASHES)

    def _group(self, proposal: Proposal, members: Sequence[UUID]) -> dict[str, Any]:
        group = fit.as_group(proposal, list(members), self.keys)
        if not proposal.joins_id:
            return group
        venues = {row["id"]: row["venue"] for row in self.instance["open_groups"]}
        return group | {"venue": venues.get(self._open_id(proposal))}

    def _open_id(self, proposal: Proposal) -> str:
        return self.keys.ids.get(proposal.joins_id, fit.GONE)

    def _broken(self, proposal: Proposal, group: dict[str, Any]) -> list[Broken]:
        if proposal.joins_id:
            joins = [{"group": self._open_id(proposal), "seeker": id} for id in group["members"]]
            return self._told(engine.violations(self.problem, {"groups": [], "joins": joins}))
        return self._told(engine.violations(self.problem, {"groups": [group], "joins": []}))

    def _told(self, found: Iterable[engine.Violation]) -> list[Broken]:
        """The engine's violations with our ids; subjects that are no people of ours are left out."""
        broken = []
        for violation in found:
            people = [self.keys.signups[id].id for id in violation.subjects if id in self.keys.signups]
            broken.append(Broken(violation.rule, tuple(people)))
        return list(dict.fromkeys(broken))

    def _fact(self, row: dict[str, Any], fits: dict[UUID, dict[str, Any]]) -> rules.Fact:
        signup: SignUp = self.keys.signups[row["id"]]
        mine = fits[signup.id]
        return rules.Fact(
            id=str(signup.id),
            age=row["age"],
            gender=signup.gender,
            first_choice=mine["frame_rank"] == 0,
            noted=bool(signup.not_with),
            distance_m=mine["distance_m"],
        )

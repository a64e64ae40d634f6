"""Proposals as a human decides on them: when, where, who as initials, how it fits each, what to look at."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rundbord.matching import queries as matching
from rundbord.matching import wording
from rundbord.signups import queries as signups
from rundbord.signups.rules import weeks_waited
from rundbord.topics.catalogue import AgeBand, frame_label, language

if TYPE_CHECKING:
    from rundbord.matching.check import Checked
    from rundbord.matching.models import LeftOut, MatchRun, Proposal, ProposalSeat

# Told in the reasons already, in other words.
_TOLD = frozenset({"shared-slots"})
_GOOD = frozenset({"farthest"})
IF_ONE_LEAVES = {
    "starts_smaller": _lazy("If one says no, the group starts with fewer."),
    "reserve_fills": _lazy("If one says no, somebody in reserve can fill in."),
    "falls_below_min": _lazy("If one says no, the group becomes too small."),
}


@dataclass(frozen=True)
class Person:
    """Somebody in a proposal. `besides`: how it fits her, but for the journey; `looks`: to look at.

    `km` of at most `most_km` (None: digital).
    """

    id: UUID
    initial: str
    place: str
    age: str
    besides: list[str]
    km: int | None
    most_km: int
    looks: list[str]
    broken: list[str]
    if_left: str | None

    @property
    def journey(self) -> str:
        """How far it is, in words; empty where nobody travels."""
        if self.km is None:
            return ""
        if self.km == 0:
            return _("Lives near")
        return _("%(km)d of at most %(most)d km") % {"km": self.km, "most": self.most_km}

    @property
    def fits(self) -> list[str]:
        """How it fits her, the journey last."""
        return [*self.besides, self.journey] if self.journey else self.besides

    @property
    def if_no(self) -> str:
        """What happens if she says no, in words."""
        return wording.if_left(self.if_left) or ""


@dataclass(frozen=True)
class Shown:
    """One proposal. `reasons` speak for it, `looks` ask for a look, `broken` must be put right first."""

    proposal: "Proposal"
    where: str
    kind: str
    spoken: str
    people: list[Person]
    reserves: list[Person]
    reasons: list[str]
    looks: list[str]
    broken: list[str] = field(default_factory=list)

    @property
    def if_one_leaves(self) -> str:
        """What happens if one says no, when it is the same whoever it is; told of each otherwise."""
        codes = {person.if_left for person in self.people}
        return str(IF_ONE_LEAVES.get(codes.pop() or "", "")) if len(codes) == 1 else ""

    @property
    def to_look_at(self) -> list[str]:
        """All that a human should look at before a yes, also what stands beside one of the people."""
        own = [f"{person.initial}, {person.place}: {said}" for person in self.people for said in person.looks]
        return [*own, *self.looks, *([self.if_one_leaves] if self.if_one_leaves else [])]

    @property
    def sound(self) -> bool:
        """Whether a yes is possible now."""
        return not self.broken and not any(person.broken for person in self.people)


@dataclass(frozen=True)
class Left:
    """Somebody no place was found for: why, and what would help."""

    id: UUID
    initial: str
    place: str
    weeks: int
    reason: str
    change: str


@dataclass(frozen=True)
class Same:
    """People who wait for the same reason: the change that would help, or what stands in the way."""

    sentence: str
    people: list[Left]


@dataclass(frozen=True)
class Board:
    """Everything there is to decide. `at_most_more`, `changes` and `levers` are sentences."""

    run: "MatchRun | None"
    under_way: "MatchRun | None"
    proposals: list[Shown]
    left_out: list[Same]
    levers: list[str]
    at_most_more: str
    changes: str
    failed: bool


def board(organisation_id: UUID, now: datetime) -> Board:
    """The board of one organisation, checked against how things are now. A constant number of queries."""
    found = matching.board(organisation_id)
    checked = matching.recheck_all(organisation_id, found.proposals, now) if found.proposals else {}
    return Board(
        run=found.run,
        under_way=found.under_way,
        proposals=[shown(each, checked[each.id]) for each in found.proposals],
        left_out=together(left(row, now) for row in found.left_out),
        levers=[wording.lever(each) for each in (found.run.levers or [] if found.run else [])],
        at_most_more=wording.at_most_more(found.run) if found.run else "",
        changes=wording.changes(found.run) if found.run else "",
        failed=found.failed,
    )


def shown(proposal: "Proposal", checked: "Checked") -> Shown:
    """One proposal with everything in words; `checked` is what matching says of it now."""
    views = [view for view in checked.views if "id" not in view and view["code"] not in _TOLD]
    seats: list[ProposalSeat] = proposal.placed  # type: ignore[attr-defined]
    waiting: list[ProposalSeat] = proposal.reserves  # type: ignore[attr-defined]
    good = [wording.view(view) for view in views if view["code"] in _GOOD]
    spoken = language(proposal.language)
    return Shown(
        proposal=proposal,
        where=where(proposal),
        kind=_kind(proposal),
        spoken=str(spoken.label) if spoken else "",
        people=[_person(seat, checked) for seat in seats],
        reserves=[_person(seat, checked) for seat in waiting],
        reasons=[*matching.why(proposal, checked), *good],
        looks=[wording.view(view) for view in views if view["code"] not in _GOOD],
        broken=[wording.broken(each) for each in checked.broken if not each.signups],
    )


def where(proposal: "Proposal") -> str:
    """Where the group would meet, in words."""
    if proposal.digital:
        return _("Digital")
    if proposal.room is None:
        return _("No room")
    return f"{proposal.room.venue.name}, {proposal.room.name}"


def _kind(proposal: "Proposal") -> str:
    kinds = [str(frame_label(proposal.focus))]
    kinds += [_("Only women")] if proposal.women_only else []
    kinds += [_("Only young adults")] if proposal.young_only else []
    return ". ".join(kinds)


def _person(seat: "ProposalSeat", checked: "Checked") -> Person:
    signup, told = seat.signup, checked.fit.get(seat.signup_id) or seat.fit or {}
    away = told.get("distance_m")
    return Person(
        id=signup.id,
        initial=signups.initial(signup),
        place=signup.place.label,
        age=str(AgeBand(signup.age_band).label),
        besides=wording.fit({**told, "distance_m": None}) if told else [],
        km=None if away is None else wording.kilometres(away),
        most_km=told.get("max_m", 0) // 1000,
        looks=[wording.view(view) for view in checked.views if view.get("id") == str(signup.id)],
        broken=[wording.broken(each) for each in checked.broken if signup.id in each.signups],
        if_left=(seat.fit or {}).get("if_left"),
    )


def left(row: "LeftOut", now: datetime) -> Left:
    """Somebody left out, in words."""
    reason, change = wording.reason(row.reason, row.change), wording.change(row.change) or ""
    weeks = weeks_waited(row.signup.waiting_since or row.signup.created_at, now)
    return Left(
        id=row.signup_id,
        initial=signups.initial(row.signup),
        place=row.signup.place.label,
        weeks=weeks,
        reason=reason,
        change=change,
    )


def together(people: Iterable[Left]) -> list[Same]:
    """By reason: first what a change would help, the one that helps most first; then the others."""
    found: dict[tuple[bool, str], list[Left]] = defaultdict(list)
    for person in people:
        found[not person.change, person.change or person.reason].append(person)
    ordered = sorted(found.items(), key=lambda pair: (pair[0][0], -len(pair[1]), pair[0][1]))
    return [Same(sentence, same) for (_unhelped, sentence), same in ordered]

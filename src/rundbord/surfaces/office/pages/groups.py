"""Groups as the office follows them: everything until hand-over, afterwards what the group itself tells."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rundbord.groups import queries as groups
from rundbord.groups.queries import OfficeGroup, OfficeLine, OfficePerson
from rundbord.groups.rules import (
    AFTER_HAND_OVER,
    BEFORE_HAND_OVER,
    GroupState,
    MeetingState,
    Openness,
    RequestState,
)
from rundbord.groups.rules.story import told, why
from rundbord.kernel.ids import pid
from rundbord.people import queries as people
from rundbord.topics.catalogue import frame_label, language

if TYPE_CHECKING:
    from rundbord.groups.models import Group, Meeting

NEEDS = {
    "starter": _lazy("Nobody has been asked to start it."),
    "people": _lazy("Too few people."),
    "start": _lazy("Can start with those who have said yes."),
    "hand_over": _lazy("The startup meetings are over. The group can lead itself."),
}

# What a group that leads itself has decided; before hand-over people come in by offers only.
NEW_PEOPLE = {
    Openness.OPEN: _lazy("Takes new people"),
    Openness.WAITING_LIST: _lazy("Has a waiting list"),
    Openness.CLOSED: _lazy("Takes nobody new now"),
}


@dataclass(frozen=True)
class Line:
    """One group of the list, in words. `yes` and `unanswered` are None once it leads itself."""

    seen: OfficeLine
    where: str
    kind: str
    needs: list[Any]
    new_people: str


@dataclass(frozen=True)
class Page:
    """One group. `starters` could be asked; `ahead`: meetings that can still be moved; `over`: the others."""

    seen: OfficeGroup
    line: Line
    facts: list[tuple[str, Any]]
    story: list[tuple[datetime, str]]
    starters: list[tuple[str, str]]
    ahead: list["Meeting"]
    over: list["Meeting"]

    @property
    def group(self) -> "Group":
        """The row."""
        return self.seen.line.group

    @property
    def forming(self) -> bool:
        """Whether people are still asked."""
        return self.group.state == GroupState.FORMING

    @property
    def own(self) -> bool:
        """Whether it has been handed over, or has ended."""
        return self.group.state not in BEFORE_HAND_OVER

    @property
    def ready(self) -> bool:
        """Whether it may be handed over."""
        return "hand_over" in self.seen.line.needs


def line(seen: OfficeLine) -> Line:
    """One line in words."""
    group = seen.group
    needs = [NEEDS[code] for code in seen.needs]
    return Line(seen, where(group), kind(group), needs, _new_people(seen))


def _new_people(seen: OfficeLine) -> str:
    """Whether a group that leads itself takes new people; empty before that, and when it has ended."""
    decides = seen.group.state in AFTER_HAND_OVER
    return str(NEW_PEOPLE[seen.openness]) if decides else ""


def marks(people: list[OfficePerson]) -> list[str]:
    """A letter and a number for each, in the order in which the places were offered.

    Two with the same letter are told apart, and nothing more is told of them.
    """
    return [f"{person.initial} {number}" for number, person in enumerate(people, start=1)]


def where(group: "Group") -> str:
    """Where it meets, in words."""
    if group.digital:
        return _("Digital")
    if group.room is None:
        return group.place.label
    return f"{group.room.venue.name}, {group.room.name}"


def kind(group: "Group") -> str:
    """What it is about, and for whom."""
    kinds = [str(frame_label(group.focus))]
    kinds += [_("Only women")] if group.women_only else []
    kinds += [_("Only young adults")] if group.young_only else []
    return ". ".join(kinds)


def page(organisation_id: UUID, group_id: UUID, now: datetime) -> Page | None:
    """One group of this organisation, or None. A constant number of queries."""
    seen = groups.office_group(organisation_id, group_id)
    if seen is None:
        return None
    planned = [meeting for meeting in seen.meetings if meeting.state == MeetingState.PLANNED]
    return Page(
        seen=seen,
        line=line(seen.line),
        facts=_facts(seen.line),
        story=[(entry.at, _told(entry)) for entry in seen.history if _told(entry)],
        starters=_askable(organisation_id, seen),
        ahead=[meeting for meeting in planned if meeting.starts_at > now],
        over=[meeting for meeting in seen.meetings if meeting.starts_at <= now or meeting not in planned],
    )


def _facts(seen: OfficeLine) -> list[tuple[str, Any]]:
    group, spoken = seen.group, language(seen.group.language)
    return [
        (_("Kind of group"), kind(group)),
        (_("Language"), spoken.label if spoken else ""),
        (_("Starter"), _("Starts by itself") if seen.yes is not None and group.self_start else ""),
        (_("New people"), _new_people(seen)),
        (_("Free places"), str(seen.places) if seen.places else ""),
    ]


def _told(entry: Any) -> str:
    reason = why(entry.verb, entry.data) if entry.verb == "group-ended" else ""
    sentence = told(entry.verb, entry.data)
    return _("%(what)s Reason: %(reason)s") % {"what": sentence, "reason": reason} if reason else sentence


def _askable(organisation_id: UUID, seen: OfficeGroup) -> list[tuple[str, str]]:
    """(public id, name) of active starters who have not been asked for this group; free at its time first."""
    if seen.line.group.state not in BEFORE_HAND_OVER:
        return []
    asked = {request.starter_id for request in seen.requests}
    slot = seen.line.group.slot
    free = [each for each in people.starters(organisation_id) if each.id not in asked]
    free.sort(key=lambda starter: slot not in starter.slots)
    return [(pid(each.id), _named(each, slot)) for each in free]


def _named(starter: Any, slot: int) -> str:
    if slot in starter.slots:
        return _("%(name)s, free then") % {"name": starter.first_name}
    return str(starter.first_name)


def waits(seen: OfficeGroup) -> bool:
    """Whether a starter has been asked and has not answered."""
    return any(request.state == RequestState.ASKED for request in seen.requests)

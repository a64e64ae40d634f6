"""The waiting list as the office reads it: initials, what a place is found by, and why each one waits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rundbord.kernel import week
from rundbord.matching import queries as matching
from rundbord.matching import wording
from rundbord.signups import queries as signups
from rundbord.signups.queries import Waiting
from rundbord.topics.catalogue import AgeBand, language

NO_BREAK = "\u00a0"  # the hour stays beside its day

FLAGS = {
    "digital": _("Digital is fine"),
    "digital_only": _("Only digital"),
    "women_only": _("Only women"),
    "young_only": _("Only young adults"),
    "access_needs": _("Without steps"),
    "self_start_ok": _("Fine without a starter"),
}


@dataclass(frozen=True)
class Row:
    """One person. `reason`: what is lacking; `change`: what would help; or the proposal she is in."""

    person: Waiting
    times: str
    age: Any
    languages: str
    flags: list[Any] = field(default_factory=list)
    proposal_id: UUID | None = None
    reason: str = ""
    change: str = ""


def rows(organisation_id: UUID, wanted: dict[str, Any], now: datetime) -> list[Row]:
    """Those who wait and fit the filter, longest wait first, with why. A constant number of queries.

    `wanted` may hold place (text), weekday (Monday 0), part (of the day) and state.
    """
    people = [each for each in signups.waiting(organisation_id, now) if _fits(each, wanted)]
    board = matching.board(organisation_id)
    placed = {seat.signup_id: p.id for p in board.proposals for seat in p.placed}  # type: ignore[attr-defined]
    left = {row.signup_id: row for row in board.left_out}
    return [_row(each, placed.get(each.id), left.get(each.id)) for each in people]


def _fits(person: Waiting, wanted: dict[str, Any]) -> bool:
    place, state = wanted.get("place") or "", wanted.get("state") or ""
    if place.casefold() not in person.place.label.casefold() and place != person.place.code:
        return False
    return (not state or person.state == state) and _has_time(person.slots, wanted)


def _has_time(slots: Iterable[int], wanted: dict[str, Any]) -> bool:
    """Whether one of the times is on the wanted day, in the wanted part of it."""
    day, part = wanted.get("weekday"), wanted.get("part") or ""
    if day is None and not part:
        return True
    return any(
        (day is None or week.weekday(slot) == day) and (not part or week.part_of_day(slot) == part)
        for slot in slots
    )


def _row(person: Waiting, proposal_id: UUID | None, left: Any) -> Row:
    flags = [flag for flag in person.flags if not (flag == "digital" and "digital_only" in person.flags)]
    return Row(
        person=person,
        times=", ".join(week.short_label(slot).replace(" ", NO_BREAK) for slot in person.slots),
        age=AgeBand(person.age_band).label,
        languages=spoken(person.languages),
        flags=[FLAGS[flag] for flag in flags],
        proposal_id=proposal_id,
        reason=wording.reason(left.reason, left.change) if left and not proposal_id else "",
        change=(wording.change(left.change) or "") if left and not proposal_id else "",
    )


def spoken(codes: Iterable[str]) -> str:
    """Languages in words."""
    return ", ".join(str(known.label) for code in codes if (known := language(code)))

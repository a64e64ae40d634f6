"""Groups as lines of a public list: facts in words, in pages, digital ones beside those nearby."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rundbord.groups import queries as groups
from rundbord.groups.queries import PublicGroup
from rundbord.groups.rules import GroupFilters
from rundbord.organisations.queries import words_for_groups
from rundbord.shell.words import km
from rundbord.surfaces.asking import DIGITAL, ROOM, USUAL_KM
from rundbord.topics.catalogue import frame_label, language

PER_PAGE = 24
BESIDE = 6  # digital groups shown below those nearby
LAST_PAGE = 500  # a larger number in an address is nobody's reading


@dataclass(frozen=True)
class Line:
    """A group in the list: its time, whether it takes people, and (term, words) pairs."""

    id: UUID
    slot: int
    openness: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """One heading's groups. `more` tells that there are further ones."""

    lines: list[Line]
    more: bool = False


NOTHING = Part([])


@dataclass(frozen=True)
class Found:
    """What a search gave in rooms (near the place, if one was asked for) and digitally; None if not asked."""

    rooms: Part | None
    digital: Part | None

    @property
    def anything(self) -> bool:
        """Whether there is a group at all."""
        return any(part is not None and bool(part.lines) for part in (self.rooms, self.digital))


def found(asked: GroupFilters, page: int = 1) -> Found:
    """A page of the groups that fit. Digital ones stand beside those in rooms, wherever they come from."""
    words = words_for_groups()
    rooms = None if asked.form == DIGITAL else _part(replace(asked, form=ROOM), page, words)
    if asked.form == ROOM:
        return Found(rooms, None)
    anywhere = replace(asked, place_code=None, county_code=None, form=DIGITAL, accessible=False)
    digital = _part(anywhere, page if rooms is None else 1, words, PER_PAGE if rooms is None else BESIDE)
    return Found(rooms, digital)


def filters(said: dict[str, Any], county_code: str | None) -> GroupFilters:
    """A clean search as the room of groups takes it."""
    hit = said.get("place")
    return GroupFilters(
        place_code=hit.place.code if hit else None,
        within_km=said.get("radius") or USUAL_KM,
        weekday=said.get("weekday"),
        part_of_day=said.get("part") or None,
        form=said.get("form") or None,
        focus=said.get("focus") or None,
        language=said.get("language") or None,
        accessible=bool(said.get("access")),
        county_code=None if hit else county_code,
    )


def line(group: PublicGroup, words: dict[UUID, str]) -> Line:
    """The words about a group; `words`: what each office calls one, where it has a word of its own."""
    brief = _brief(group, words)
    return replace(brief, facts=[*brief.facts, (_("Office"), group.organisation_name)])


def _part(asked: GroupFilters, page: int, words: dict[UUID, str], most: int = PER_PAGE) -> Part:
    # One more than is shown tells whether there is a next page, without counting.
    rows = groups.public_list(asked, start=(page - 1) * most, most=most + 1)
    return Part([_brief(group, words) for group in rows[:most]], more=len(rows) > most)


def _brief(group: PublicGroup, words: dict[UUID, str]) -> Line:
    """What tells one group from another in a list."""
    called = (_("The office calls it"), words.get(group.organisation_id, ""))
    facts = [pair for pair in [*_facts(group), called] if pair[1]]
    return Line(group.id, group.slot, str(group.openness.value), facts)


def _facts(group: PublicGroup) -> list[tuple[str, str]]:
    spoken = language(group.language)
    return [
        (_("Where"), _where(group)),
        (_("Kind"), str(frame_label(group.focus))),
        (_("How often"), _often(group.every_weeks)),
        (_("Language"), str(spoken.label) if spoken else ""),
        (_("For"), _audience(group)),
        (_("Access"), _("Room without steps") if group.accessible else ""),
    ]


def _where(group: PublicGroup) -> str:
    if group.digital:
        return _("Digital")
    if not group.away_m:
        return group.place.name
    return _("%(place)s, %(distance)s away") % {
        "place": group.place.name,
        "distance": km(group.away_m / 1000),
    }


def _often(weeks: int) -> str:
    return ngettext("Every week", "Every %(weeks)d weeks", weeks) % {"weeks": weeks}


def _audience(group: PublicGroup) -> str:
    said = [_("Women") if group.women_only else "", _("Young adults") if group.young_only else ""]
    return ", ".join(words for words in said if words)

"""Groups as lines of a public list: facts in words, in pages, digital ones beside those nearby."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rundbord.groups import queries as groups
from rundbord.groups.queries import PublicGroup
from rundbord.groups.rules import GroupFilters
from rundbord.organisations.queries import words_for_groups
from rundbord.places.queries import Place
from rundbord.shell.words import km
from rundbord.surfaces.asking import DIGITAL, ROOM, USUAL_KM
from rundbord.topics.catalogue import frame_label, language

PER_PAGE = 12
BESIDE = 4  # digital groups shown below those nearby
LAST_PAGE = 500  # a larger number in an address is nobody's reading


@dataclass(frozen=True)
class Line:
    """A group in the list: its time, whether it takes people, and (term, words) pairs."""

    id: UUID
    slot: int
    openness: str
    facts: tuple[tuple[str, str], ...]

    def card(self) -> str:
        """As it stands in the list, in the active language."""
        return _card(self, get_language())


@lru_cache(maxsize=2048)
def _card(line: Line, _language: str | None) -> str:
    """The same words make the same card: it need not be put together at every look."""
    return render_to_string("public/_card.html", {"group": line})


@dataclass(frozen=True)
class Part:
    """One heading's groups. `more` tells that there are further ones."""

    lines: list[Line]
    more: bool = False


@dataclass(frozen=True)
class Found:
    """What a search gave in rooms (near the place, if one was asked for) and digitally; None if not asked."""

    rooms: Part | None
    digital: Part | None

    @property
    def anything(self) -> bool:
        """Whether there is a group at all."""
        return any(part is not None and bool(part.lines) for part in (self.rooms, self.digital))


def found(asked: GroupFilters, near: Place | None = None, page: int = 1) -> Found:
    """A page of the groups that fit; `near` is the row of the place asked for.

    Digital ones stand beside those in rooms, wherever they come from.
    """
    words = words_for_groups()
    rooms = None if asked.form == DIGITAL else _rows(replace(asked, form=ROOM), near, page, PER_PAGE)
    if asked.form == ROOM:
        return Found(_part(rooms, PER_PAGE, words), None)
    anywhere = replace(asked, place_code=None, county_code=None, form=DIGITAL, accessible=False)
    most, start = (PER_PAGE, page) if rooms is None else (BESIDE, 1)
    return Found(_part(rooms, PER_PAGE, words), _part(_rows(anywhere, None, start, most), most, words))


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
    return replace(brief, facts=(*brief.facts, (_("Office"), group.organisation_name)))


def _rows(asked: GroupFilters, near: Place | None, page: int, most: int) -> list[PublicGroup]:
    """One more than is shown tells whether there is a next page, without counting."""
    return groups.public_list(asked, near=near, start=(page - 1) * most, most=most + 1)


def _part(rows: list[PublicGroup] | None, most: int, words: dict[UUID, str]) -> Part | None:
    if rows is None:
        return None
    return Part([_brief(group, words) for group in rows[:most]], more=len(rows) > most)


def _brief(group: PublicGroup, words: dict[UUID, str]) -> Line:
    """What tells one group from another in a list."""
    called = (_("The office calls it"), words.get(group.organisation_id, ""))
    facts = tuple(pair for pair in [*_facts(group), called] if pair[1])
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

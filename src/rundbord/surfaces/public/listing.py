"""Groups as lines of a public list: facts in words."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rundbord.groups import queries as groups
from rundbord.groups.queries import PublicGroup
from rundbord.groups.rules import GroupFilters
from rundbord.organisations.queries import words_for_groups
from rundbord.topics.catalogue import frame_label, language


@dataclass(frozen=True)
class Line:
    """A group in the list: its time, whether it takes people, and (term, words) pairs."""

    id: UUID
    slot: int
    openness: str
    facts: list[tuple[str, str]]


def found(said: dict[str, Any]) -> list[Line]:
    """The groups that fit a clean search; digital ones stand beside those near the place."""
    asked = _filters(said)
    near = groups.public_list(asked)
    if asked.place_code and not asked.form:
        anywhere = groups.public_list(replace(asked, place_code=None, form="digital"))
        known = {group.id for group in near}
        near += [group for group in anywhere if group.id not in known]
    words = words_for_groups()
    return [_brief(group, words) for group in near]


def _filters(said: dict[str, Any]) -> GroupFilters:
    hit = said.get("place")
    return GroupFilters(
        place_code=hit.place.code if hit else None,
        within_km=said.get("radius") or 20,
        weekday=said.get("weekday"),
        part_of_day=said.get("part") or None,
        form=said.get("form") or None,
        focus=said.get("focus") or None,
        language=said.get("language") or None,
        accessible=bool(said.get("access")),
    )


def line(group: PublicGroup, words: dict[UUID, str]) -> Line:
    """The words about a group; `words`: what each office calls one, where it has a word of its own."""
    brief = _brief(group, words)
    return replace(brief, facts=[*brief.facts, (_("Office"), group.organisation_name)])


def _brief(group: PublicGroup, words: dict[UUID, str]) -> Line:
    """What tells one group from another in a list."""
    called = (_("The office calls it"), words.get(group.organisation_id, ""))
    facts = [pair for pair in [*_facts(group), called] if pair[1]]
    return Line(group.id, group.slot, str(group.openness.value), facts)


def _facts(group: PublicGroup) -> list[tuple[str, str]]:
    spoken = language(group.language)
    return [
        (_("Where"), _("Digital") if group.digital else group.place.name),
        (_("Kind"), str(frame_label(group.focus))),
        (_("How often"), _often(group.every_weeks)),
        (_("Language"), str(spoken.label) if spoken else ""),
        (_("For"), _audience(group)),
        (_("Access"), _("Room without steps") if group.accessible else ""),
    ]


def _often(weeks: int) -> str:
    return ngettext("Every week", "Every %(weeks)d weeks", weeks) % {"weeks": weeks}


def _audience(group: PublicGroup) -> str:
    said = [_("Women") if group.women_only else "", _("Young adults") if group.young_only else ""]
    return ", ".join(words for words in said if words)

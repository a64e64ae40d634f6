"""What needs the coordinator, in order: a sentence, how many, and the one place to go."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rundbord.groups import queries as groups
from rundbord.groups.queries import OfficeLine
from rundbord.groups.rules import RequestState
from rundbord.kernel import outtray
from rundbord.matching import queries as matching
from rundbord.people import queries as people
from rundbord.signups import queries as signups
from rundbord.surfaces.office.pages import promises
from rundbord.surfaces.office.pages.promises import Line
from rundbord.venues import queries as venues

MOST_LINES = 7


@dataclass(frozen=True)
class Today:
    """The page: first the lines that fit at a glance, then the rest; whether a run may find something new."""

    lines: list[Line]
    rest: list[Line]
    news: bool
    under_way: bool


def today(organisation_id: UUID, now: datetime) -> Today:
    """Everything that waits for a human in this organisation. A constant number of queries."""
    lines = list(_lines(organisation_id, now))
    under_way = matching.run_under_way(organisation_id) is not None
    news = not under_way and matching.has_news(organisation_id, now)
    return Today(lines[:MOST_LINES], lines[MOST_LINES:], news, under_way)


def _lines(organisation_id: UUID, now: datetime) -> Iterator[Line]:
    yield from promises.lines(organisation_id, now)
    yield from _calls(organisation_id)
    yield from _decisions(organisation_id)
    yield from _groups(groups.office_list(organisation_id))
    yield from _letters()
    yield from _beginnings(organisation_id)


def _calls(organisation_id: UUID) -> Iterator[Line]:
    calls = reverse("office:calls")
    if count := len(signups.to_ring(organisation_id)):
        text = ngettext("%(count)d person waits for a call.", "%(count)d people wait for a call.", count)
        yield Line(text % {"count": count}, "phone", calls, _("See whom to ring"))
    if count := len(groups.offers_by_voice(organisation_id)):
        text = ngettext(
            "%(count)d person has an offer and can only be rung.",
            "%(count)d people have an offer and can only be rung.",
            count,
        )
        yield Line(text % {"count": count}, "phone", calls, _("See whom to ring"))
    if count := len(signups.talks_wanted(organisation_id)):
        text = ngettext("%(count)d person waits for a talk.", "%(count)d people wait for a talk.", count)
        yield Line(text % {"count": count}, "people", calls, _("See who it is"))


def _decisions(organisation_id: UUID) -> Iterator[Line]:
    if count := matching.open_count(organisation_id):
        text = ngettext(
            "%(count)d proposal waits for your decision.",
            "%(count)d proposals wait for your decision.",
            count,
        )
        yield Line(text % {"count": count}, "table", reverse("office:proposals"), _("Look at the proposals"))


def _needs(code: str, count: int) -> str:
    texts = {
        "starter": ngettext("%(count)d group has no starter.", "%(count)d groups have no starter.", count),
        "people": ngettext("%(count)d group lacks people.", "%(count)d groups lack people.", count),
        "start": ngettext("%(count)d group can start.", "%(count)d groups can start.", count),
        "hand_over": ngettext(
            "%(count)d group is ready to lead itself.",
            "%(count)d groups are ready to lead themselves.",
            count,
        ),
    }
    return texts[code] % {"count": count}


def _groups(lines: list[OfficeLine]) -> Iterator[Line]:
    counted = Counter(code for line in lines for code in line.needs)
    for code in ("start", "hand_over", "starter", "people"):
        if counted[code]:
            first = next(line.group.id for line in lines if code in line.needs)
            one = reverse("office:group", args=[first]) if counted[code] == 1 else reverse("office:groups")
            action = _("Open the group") if counted[code] == 1 else _("See the groups")
            yield Line(_needs(code, counted[code]), "seat", one, action)
    if count := sum(_unanswered(line) for line in lines):
        text = ngettext(
            "%(count)d starter has not answered yet.", "%(count)d starters have not answered yet.", count
        )
        yield Line(text % {"count": count}, "clock", reverse("office:groups"), _("See the groups"))


def _unanswered(line: OfficeLine) -> int:
    """How many starters have been asked for a group and not answered."""
    asked = getattr(line.group, "asked", [])
    return sum(request.state == RequestState.ASKED for request in asked) if line.yes is not None else 0


def _letters() -> Iterator[Line]:
    if count := outtray.dead_letters().count():
        text = ngettext(
            "%(count)d message did not get through.", "%(count)d messages did not get through.", count
        )
        yield Line(text % {"count": count}, "mail", reverse("office:letters"), _("See which"))


def _beginnings(organisation_id: UUID) -> Iterator[Line]:
    """What a new office lacks before any group can start."""
    if not people.starters(organisation_id):
        yield Line(_("You have no starters yet."), "people", reverse("office:starters"), _("Add a starter"))
    if not venues.rooms(organisation_id):
        yield Line(_("You have no rooms yet."), "door", reverse("office:rooms"), _("Add a room"))

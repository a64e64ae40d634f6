"""Counters in words: how often each thing happened in a period, small numbers hidden, with a bar for each."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rundbord.groups.rules import DeclineReason, EndReason, MeetingKind
from rundbord.signups.rules import ContactKind, EnquiryChannel
from rundbord.statistics import queries
from rundbord.statistics.rules import Table
from rundbord.surfaces.office.forms.people import REASONS

# What is shown, in the order in which it happens; what is not named here is for machines.
CHAPTERS: list[tuple[Any, dict[str, Any]]] = [
    (
        _("People"),
        {
            "enquiry": _("Enquiries"),
            "wish-left": _("Wishes left"),
            "wish-confirmed": _("Wishes confirmed"),
            "talk-held": _("Talks held"),
            "wish-offered": _("Got an offer"),
            "wish-placed": _("Got a place"),
            "wish-withdrawn": _("Withdrew the wish"),
            "wish-sent-on": _("Sent on"),
            "wish-lapsed": _("Wishes lapsed"),
        },
    ),
    (
        _("Offers"),
        {
            "offer-sent": _("Offers sent"),
            "offer-accepted": _("Yes to an offer"),
            "offer-declined": _("No to an offer"),
            "offer-lapsed": _("Offers not answered"),
            "request-sent": _("Starters asked"),
            "request-yes": _("Starters who said yes"),
        },
    ),
    (
        _("Groups"),
        {
            "group-formed": _("Groups formed"),
            "group-starting": _("Groups started"),
            "meeting-held": _("Meetings held"),
            "group-self-led": _("Groups that lead themselves"),
            "group-reopened": _("Groups started anew"),
            "group-ended": _("Groups ended"),
        },
    ),
    (_("Trust"), {"person-opened": _("People opened")}),
]
_WEEKS = {
    "0-3": _("0–3 weeks"),
    "4-7": _("4–7 weeks"),
    "8-12": _("8–12 weeks"),
    "13-25": _("13–25 weeks"),
    "26+": _("26 weeks or more"),
}
# What the details of a counter are called; the same code may mean another thing in another counter.
_DETAILS: dict[str, dict[str, Any]] = {
    "enquiry": dict(EnquiryChannel.choices),
    "wish-left": dict(ContactKind.choices),
    "wish-confirmed": dict(ContactKind.choices),
    "wish-placed": _WEEKS,
    "wish-withdrawn": _WEEKS,
    "wish-sent-on": _WEEKS,
    "wish-lapsed": _WEEKS,
    "offer-declined": dict(DeclineReason.choices),
    "group-ended": dict(EndReason.choices),
    "meeting-held": dict(MeetingKind.choices),
    "meeting-not-held": dict(MeetingKind.choices),
    "person-opened": {code.value: words for code, words in REASONS.items()},
}


@dataclass(frozen=True)
class Bar:
    """One number: its words, the number as told (None: hidden), and its width from 0 to 100."""

    label: Any
    number: int | None
    width: int


@dataclass(frozen=True)
class Count:
    """One counter with what it is made of."""

    total: Bar
    parts: list[Bar]


@dataclass(frozen=True)
class Chapter:
    """Counters that belong together."""

    heading: Any
    counts: list[Count]


def chapters(organisation_id: UUID, since: date, until: date) -> list[Chapter]:
    """The numbers of a period, both days included. One query a year. Raises PeriodNotWhole."""
    tables = queries.counts(organisation_id, since, until)
    found = []
    for heading, names in CHAPTERS:
        counted = {name: tables.get(name, Table(0, {})) for name in names}
        most = max(table.total or 0 for table in counted.values())
        counts = [_count(name, names[name], table, most) for name, table in counted.items()]
        found.append(Chapter(heading, counts))
    return found


def _count(name: str, label: Any, table: Table, most: int) -> Count:
    words = _DETAILS.get(name, {})
    parts = [
        _bar(words.get(code, code), number, most) for code, number in sorted(table.cells.items()) if code
    ]
    return Count(_bar(label, table.total, most), parts if len(parts) > 1 else [])


def _bar(label: Any, number: int | None, most: int) -> Bar:
    return Bar(label, number, round(100 * number / most) if number and most else 0)

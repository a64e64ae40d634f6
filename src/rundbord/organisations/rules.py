"""The numbers of the practice, with default, range and source; what an office can do for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.refusals import Refused


class SettingOutOfRange(Refused):
    """The value is not one the setting can take."""

    sentence = _("That value is outside what this setting can be.")


class UnknownSetting(Refused):
    """There is no setting of that name."""

    sentence = _("There is no such setting.")


@dataclass(frozen=True)
class Number:
    """A whole number from `low` to `high`, in `unit`."""

    label: Promise
    default: int
    low: int
    high: int
    unit: Promise
    source: Promise

    def clean(self, value: Any) -> int:
        """The number. Raises SettingOutOfRange for anything else."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            raise SettingOutOfRange(self.label)
        return value


@dataclass(frozen=True)
class Choice:
    """One of a few named values."""

    label: Promise
    default: str
    options: tuple[tuple[str, Promise], ...]
    source: Promise

    def clean(self, value: Any) -> str:
        """The value. Raises SettingOutOfRange for anything else."""
        if value not in dict(self.options):
            raise SettingOutOfRange(self.label)
        return value


@dataclass(frozen=True)
class Switch:
    """Yes or no."""

    label: Promise
    default: bool
    source: Promise

    def clean(self, value: Any) -> bool:
        """The value. Raises SettingOutOfRange for anything but true and false."""
        if not isinstance(value, bool):
            raise SettingOutOfRange(self.label)
        return value


@dataclass(frozen=True)
class Words:
    """A short text of the organisation's own; empty means the usual word."""

    label: Promise
    default: str
    longest: int
    source: Promise

    def clean(self, value: Any) -> str:
        """The text without surrounding space. Raises SettingOutOfRange when too long or not plain text."""
        if not isinstance(value, str) or len(value.strip()) > self.longest or not value.isprintable():
            raise SettingOutOfRange(self.label)
        return value.strip()


Setting = Number | Choice | Switch | Words

_PEOPLE, _DAYS, _HOURS = _("people"), _("days"), _("hours")
_WEEKS, _SECONDS, _MEETINGS = _("weeks"), _("seconds"), _("meetings")
_PRACTICE = _("The usual practice of the Norwegian centres")
_SEED = _("The national competence centre's description")
_PRIVACY = _("Keep no longer than needed (GDPR article 5)")
_EXPERIENCE = _("Experience: most answer within three days")

SETTINGS: dict[str, Setting] = {
    "group_floor": Number(_("Never start with fewer than"), 4, 4, 6, _PEOPLE, _("Under four is fragile")),
    "group_enough": Number(_("Start when this many have said yes"), 5, 4, 8, _PEOPLE, _PRACTICE),
    "group_window_low": Number(_("Propose groups of at least"), 6, 4, 8, _PEOPLE, _SEED),
    "group_ceiling": Number(_("Never more than"), 8, 5, 8, _PEOPLE, _SEED),
    "startup_meetings": Number(_("Meetings with the starter"), 5, 1, 8, _MEETINGS, _SEED),
    "every_weeks": Number(_("Weeks between meetings"), 1, 1, 2, _WEEKS, _PRACTICE),
    "visit_after_weeks": Number(_("Return visit after"), 7, 4, 12, _WEEKS, _PRACTICE),
    "first_meeting_after_days": Number(
        _("From enough yes to the first meeting, at least"),
        10,
        3,
        60,
        _DAYS,
        _("Time to ring everyone first"),
    ),
    "talk": Choice(
        _("Talk before a place is offered"),
        "none",
        (("none", _("None")), ("offered", _("Offered")), ("required", _("Required"))),
        _PRACTICE,
    ),
    "answer_days": Number(
        _("A new wish hears from you within"),
        7,
        2,
        21,
        _DAYS,
        _(
            "A week is what people can bear to wait for a first answer; "
            "it is said to them, and kept by a clock"
        ),
    ),
    "offer_hours": Number(_("Time to answer an offer"), 72, 24, 240, _HOURS, _EXPERIENCE),
    "request_hours": Number(_("Time for a starter to answer"), 120, 24, 336, _HOURS, _PRACTICE),
    "self_start": Switch(_("A group may start without a starter"), True, _SEED),
    "age_span_years": Number(
        _("Ages within about"), 15, 5, 60, _("years"), _("Shown to you, never decided by the machine")
    ),
    "match_seconds": Number(
        _("Time to look for groups"), 10, 2, 120, _SECONDS, _("Long enough for a few hundred people")
    ),
    "retention_unverified_days": Number(
        _("Wishes nobody confirmed are erased after"), 2, 1, 7, _DAYS, _PRIVACY
    ),
    "retention_closed_days": Number(_("Withdrawn wishes are erased after"), 14, 1, 30, _DAYS, _PRIVACY),
    "retention_free_text_days": Number(_("Free text is erased after"), 30, 7, 30, _DAYS, _PRIVACY),
    "retention_participant_days": Number(
        _("After a group's end, people are erased after"), 30, 7, 90, _DAYS, _PRIVACY
    ),
    "ask_waiting_days": Number(
        _("Ask those who wait whether they still do, after"), 60, 30, 120, _DAYS, _PRIVACY
    ),
    "out_waiting_days": Number(
        _("Without an answer, the wish is erased after"), 90, 45, 180, _DAYS, _PRIVACY
    ),
    "word_group": Words(
        _("Your own word for a group"),
        "",
        40,
        _("Told beside your groups; leave it empty for the usual word"),
    ),
    "sender_name": Words(
        _("Name in the sender field of mails"), "", 40, _("Neutral, since others may see the screen")
    ),
}


def clean(key: str, value: Any) -> Any:
    """The value as it may be stored. Raises UnknownSetting or SettingOutOfRange."""
    if key not in SETTINGS:
        raise UnknownSetting(key)
    return SETTINGS[key].clean(value)


def sizes_agree(values: dict[str, Any]) -> bool:
    """Whether floor ≤ enough ≤ ceiling and floor ≤ window ≤ ceiling."""
    floor, ceiling = values["group_floor"], values["group_ceiling"]
    return floor <= values["group_enough"] <= ceiling and floor <= values["group_window_low"] <= ceiling


def waiting_clock_agrees(values: dict[str, Any]) -> bool:
    """Whether people are asked before their wish is taken out."""
    return values["ask_waiting_days"] < values["out_waiting_days"]


class Service(TextChoices):
    """What an office does for people, told on its public page. Not to be taken for an offer of a place."""

    GROUPS = "groups", _("Starts self-help groups")
    DIGITAL = "digital", _("Starts digital groups")
    START_HELP = "start_help", _("Helps you start a group yourself")
    TALKS = "talks", _("Talks with you first, if you like")
    TRAINING = "training", _("Trains starters")
    ROOMS = "rooms", _("Lends rooms to groups")
    VISITS = "visits", _("Comes and tells about self-help")


class UnknownService(Refused):
    """The office says it does something the list does not know."""

    sentence = _("Please choose one of the answers in the list.")


def clean_services(codes: Iterable[str]) -> list[str]:
    """The codes once each, in the order of the list. Raises UnknownService."""
    said = set(codes)
    if not said <= set(Service.values):
        raise UnknownService
    return [code for code in Service.values if code in said]


class Coverage(StrEnum):
    """How a municipality is served: by an office of the nearest kind, by one further up, by nobody."""

    POINT = "point"
    ABOVE = "above"
    NOBODY = "nobody"

"""A forecast in plain words: what changes, how sure that is, and what is assumed."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rundbord.forecasts.queries import Forecast
from rundbord.forecasts.rules import sure

Row = dict[str, Any]
FEW_YEARS = 5  # from fewer simulated years a range says little


@dataclass(frozen=True)
class Answer:
    """lines: what comes out, the most important first. table: (what, now, with more). assumed: sentences."""

    lines: list[str]
    table: list[tuple[str, str, str]]
    assumed: list[str]


def answer(forecast: Forecast) -> Answer:
    """What the page of a forecast that is done says."""
    told: Row = forecast.result or {}
    now, more = told["now"], told["more"]
    lines = [_waits(now, more), _people(told, forecast.weeks), _sureness(told)]
    return Answer([line for line in lines if line], _table(now, more), assumptions(forecast))


def asked(forecast: Forecast) -> str:
    """ "One more starter and two more rooms" """
    starters = ngettext("%(count)d more starter", "%(count)d more starters", forecast.starters)
    rooms = ngettext("%(count)d more room", "%(count)d more rooms", forecast.rooms)
    pairs = [(starters, forecast.starters), (rooms, forecast.rooms)]
    said = [text % {"count": count} for text, count in pairs if count]
    return _("%(first)s and %(second)s") % {"first": said[0], "second": said[1]} if len(said) > 1 else said[0]


def _weeks(weeks: float) -> int:
    return max(1, round(weeks))


def _waits(now: Row, more: Row) -> str:
    before, after = now["median_weeks"], more["median_weeks"]
    if before is None and after is None:
        return _(
            "Either way, fewer than half of those who come get to a first meeting in the time looked at."
        )
    if before is None:
        text = _(
            "As now, fewer than half get there in time; with more, the typical wait is about %(after)d weeks."
        )
        return text % {"after": _weeks(after)}
    if after is None or _weeks(before) == _weeks(after):
        return _("The typical wait stays at about %(before)d weeks.") % {"before": _weeks(before)}
    told = {"before": _weeks(before), "after": _weeks(after)}
    if before > after:
        return _("The typical wait falls from about %(before)d to %(after)d weeks.") % told
    return _("The typical wait goes from about %(before)d to %(after)d weeks.") % told


def _people(told: Row, ahead: int) -> str:
    more, about = round(told["met"]["mean"]), {"weeks": ahead}
    if not sure(told["met"]) or more < 1:
        return _("It makes no clear difference to how many find a group in %(weeks)d weeks.") % about
    text = ngettext(
        "%(count)d more person finds a group in %(weeks)d weeks.",
        "%(count)d more people find a group in %(weeks)d weeks.",
        more,
    )
    return text % (about | {"count": more})


def _sureness(told: Row) -> str:
    met, years = told["met"], told["years"]
    if years < FEW_YEARS:
        return _("There was only time for few tries, so take this as a hint.")
    about = {"low": _signed(met["low"]), "high": _signed(met["high"])}
    return _("In eight of ten tries the difference lies between %(low)s and %(high)s people.") % about


def _signed(number: float) -> str:
    return number_format(round(number)).replace("-", "−")


def _table(now: Row, more: Row) -> list[tuple[str, str, str]]:
    counts = {
        "met": _("Get to a first meeting"),
        "groups_started": _("Groups that start"),
        "people_in_groups_at_end": _("In a group at the end"),
        "waiting_at_end": _("Still waiting at the end"),
    }
    rows = [(words, _about(now[name]), _about(more[name])) for name, words in counts.items()]
    waits = {"median_weeks": _("Half have met after"), "p90_weeks": _("Nine in ten have met after")}
    return rows + [(words, _long(now[name]), _long(more[name])) for name, words in waits.items()]


def _about(number: float) -> str:
    return number_format(round(number))


def _long(weeks: float | None) -> str:
    if weeks is None:
        return _("longer than can be told")
    return ngettext("%(count)d week", "%(count)d weeks", _weeks(weeks)) % {"count": _weeks(weeks)}


def assumptions(forecast: Forecast) -> list[str]:
    """What the numbers stand on: the office's own first, then what is assumed for all."""
    told = forecast.assumed
    rates = told["rates"]
    return [
        _arrivals(told),
        _("You have %(starters)d starters and %(rooms)d rooms, and %(waiting)d people wait.") % told,
        _("%(percent)d of 100 say no to an offer; the next in line is asked.")
        % {"percent": forecast.decline},
        _("A group starts when %(enough)d have said yes, and ends when fewer than %(floor)d are left.")
        % rates,
        _("A starter is with a group for %(startup_weeks)d weeks and rests for %(rest_weeks)d weeks.")
        % rates,
        _("You look for groups once a week. Starts that are under way are soon handed over."),
        _ends(rates),
        _("The new starter or room is like one of those you have. Newcomers wish what those who wait wish."),
    ]


def _ends(rates: Row) -> str:
    text = _("Each week about %(waiting)s of 100 who wait give up, and %(groups)s of 100 groups end.")
    return text % {
        "waiting": number_format(100 * rates["impatience"], 0),
        "groups": number_format(100 * rates["group_ends"], 0),
    }


def _arrivals(told: Row) -> str:
    about = {"people": number_format(told["rates"]["arrivals_per_week"], 1), "weeks": told["counted_weeks"]}
    if told["counted"]:
        return _("About %(people)s people come each week, as in your own last %(weeks)d weeks.") % about
    return _("About %(people)s people come each week, judged by your waiting list.") % about

"""Which period the numbers are about."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import clock

QUARTERS = [
    ("4", _("The whole year")),
    ("1", _("January to March")),
    ("2", _("January to June")),
    ("3", _("January to September")),
]
_ENDS = {"1": (3, 31), "2": (6, 30), "3": (9, 30), "4": (12, 31)}
OLDEST = 10  # years back


def years() -> list[tuple[str, str]]:
    """This year and those before it."""
    now = clock.today().year
    return [(str(year), str(year)) for year in range(now, now - OLDEST, -1)]


class PeriodForm(forms.Form):
    """A year, and how far into it. Left empty: this year."""

    year = forms.ChoiceField(label=_("Year"), choices=years, required=False)
    part = forms.ChoiceField(label=_("Part of the year"), choices=QUARTERS, required=False)

    def period(self) -> tuple[date, date]:
        """First and last day; what is no answer counts as empty."""
        self.is_valid()
        said: dict[str, Any] = self.cleaned_data
        year = int(said.get("year") or clock.today().year)
        return date(year, 1, 1), date(year, *_ENDS[said.get("part") or "4"])

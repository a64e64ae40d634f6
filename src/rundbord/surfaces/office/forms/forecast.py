"""What a coordinator wonders: so many more starters or rooms, so far ahead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rundbord.forecasts.rules import DECLINES, MOST, Question
from rundbord.shell.forms import ChoiceField

_NUMBER = dict.fromkeys(
    ("required", "invalid", "min_value", "max_value"), _("Please write a whole number from 0 to 5.")
)
AHEAD = [("26", _("Half a year")), ("52", _("A year"))]
NO = {5: _("About 1 in 20"), 15: _("About 3 in 20"), 25: _("About 5 in 20")}


def _more(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, error_messages=_NUMBER)


class ForecastForm(forms.Form):
    """More of what, for how long, and how many say no to an offer."""

    starters = _more(_("How many more starters?"))
    rooms = _more(_("How many more rooms?"))
    weeks = ChoiceField(label=_("How far ahead?"), choices=AHEAD)
    decline = ChoiceField(
        label=_("How many say no to an offer?"), choices=[(str(each), NO[each]) for each in DECLINES]
    )

    def clean(self) -> dict[str, Any]:
        """At least one of something, or there is nothing to compare."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.question().possible():
            self.add_error("starters", _("Write how many more starters or rooms you think of."))
        return said

    def question(self) -> Question:
        """What is asked, once the form is valid."""
        return Question(**{name: int(self.cleaned_data[name]) for name in self.fields})

"""Forms of the page of a group."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import clock
from rundbord.shell.forms import DayField, SelectField

LONGEST_AHEAD = timedelta(days=365)
TOO_FAR = _("Choose a day within the next year.")


class ComingDayField(DayField):
    """A day from today on, within a year."""

    def validate(self, value: Any) -> None:
        """Refuses days that no meeting is planned on."""
        super().validate(value)
        if value and not clock.today() <= value <= clock.today() + LONGEST_AHEAD:
            raise forms.ValidationError(TOO_FAR, code="range")


class AskForm(forms.Form):
    """Whom to ask to start the group."""

    starter = SelectField(label=_("Starter"))

    def __init__(self, *args: Any, starters: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starter"].choices = [("", _("Choose")), *starters]  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """From which day the meetings are planned."""

    first_on = ComingDayField(
        label=_("First meeting, at the earliest"),
        help_text=_("The meetings come on the group's weekday. Public holidays are left out."),
    )


class MoveForm(forms.Form):
    """Another day and time for one meeting."""

    day = ComingDayField(label=_("New day"))
    time = forms.TimeField(
        label=_("New time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={
            "required": _("Please fill this in."),
            "invalid": _("This is not a time. Write hour and minute, for example 18:00."),
        },
    )

    def starts_at(self) -> datetime:
        """When the meeting starts, as people there read the clock."""
        zone = clock.local(clock.now()).tzinfo
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=zone)

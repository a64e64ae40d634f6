"""What is asked on private pages."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from rundbord.groups.rules import DeclineReason, EndReason, Newcomers
from rundbord.kernel import clock
from rundbord.shell.forms import ChoiceField, CleanCharField, DayField
from rundbord.surfaces.asking import WhatForm, WhenForm, WhereForm, YouForm


class CodeForm(forms.Form):
    """Six digits, typed with or without spaces."""

    code = CleanCharField(
        label=_("Your code"),
        help_text=_("Six digits. It works for ten minutes."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Digits only."""
        digits = "".join(sign for sign in self.cleaned_data["code"] if not sign.isspace() and sign != "-")
        if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("The code is six digits."))
        return digits


class AgainForm(forms.Form):
    """Where to send a code."""

    contact = CleanCharField(
        label=_("Your e-mail address or mobile number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )


_WHO = ("first_name", "contact", "ring_me", "age_band")
CHANGE_PARTS = [
    (_("Where and how"), tuple(WhereForm.base_fields)),
    (_("When"), tuple(WhenForm.base_fields)),
    (_("Kind of group and language"), tuple(WhatForm.base_fields)),
    (_("About you"), _WHO),
    (_("More, if you like"), tuple(name for name in YouForm.base_fields if name not in _WHO)),
]


class ChangeForm(WhereForm, WhenForm, WhatForm, YouForm):
    """The wish on one screen, asked in the order in which it was asked first."""

    field_order = [name for _title, names in CHANGE_PARTS for name in names]

    def parts(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """What can be changed, folded by subject: (title, its fields, whether something is wrong there)."""
        return [
            (str(title), [self[name] for name in names], any(name in self.errors for name in names))
            for title, names in CHANGE_PARTS
        ]


class PauseForm(forms.Form):
    """How long."""

    until = DayField(
        label=_("Until when?"),
        help_text=_("Leave it empty if you do not know. You can come back whenever you like."),
        required=False,
    )


class AnswerForm(forms.Form):
    """No, and why; the reason makes the next offer fit better."""

    reason = ChoiceField(label=_("What did not suit you?"), choices=DeclineReason.choices)


class NoticeForm(forms.Form):
    """A message to everybody."""

    text = CleanCharField(
        label=_("Write a message"),
        help_text=_("Practical things only. There are no messages between two."),
        max_length=1000,
        multiline=True,
    )


class RulesForm(forms.Form):
    """Ground rules in their own words, one on each line."""

    rules = CleanCharField(
        label=_("What have you agreed?"),
        help_text=_("One on each line."),
        max_length=6000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_rules(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in self.cleaned_data["rules"].split("\n") if line.strip()]


class NewcomersForm(forms.Form):
    """What they have decided together."""

    newcomers = ChoiceField(label=_("Do you welcome new people?"), choices=Newcomers.choices)
    places = forms.IntegerField(
        label=_("How many places?"),
        min_value=0,
        max_value=7,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Please write a whole number from 0 to 7.")
        ),
    )


class EndForm(forms.Form):
    """Why it ends; counted, never named."""

    reason = ChoiceField(
        label=_("Why do you end?"),
        choices=[choice for choice in EndReason.choices if choice[0] not in {"not_started", "reopened"}],
    )


class MoveForm(forms.Form):
    """Another time for one meeting."""

    day = DayField(label=_("Which day?"))
    time = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Write a time, for example 18:00.")),
    )

    def clean_day(self) -> date:
        """A day that calendars can hold; whether it has passed is the room's question."""
        day: date = self.cleaned_data["day"]
        if abs(day - clock.today()) > timedelta(days=365):
            raise forms.ValidationError(_("Choose a day within the next year."))
        return day

"""The organisation's own numbers, drawn from the catalogue of settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rundbord.organisations.rules import SETTINGS, Choice, Number, Service, Setting, Switch
from rundbord.shell.forms import ChoiceField, ChoicesField, CleanCharField, EmailField
from rundbord.surfaces.asking import PlacesField


def _hint(setting: Setting) -> str:
    if isinstance(setting, Number):
        return gettext("%(low)d to %(high)d %(unit)s. Usual: %(default)d. %(source)s.") % {
            "low": setting.low,
            "high": setting.high,
            "unit": setting.unit,
            "default": setting.default,
            "source": setting.source,
        }
    return gettext("%(source)s.") % {"source": setting.source}


def _field(setting: Setting) -> forms.Field:
    hint = _hint(setting)
    if isinstance(setting, Number):
        wrong = gettext("Please write a whole number from %(low)d to %(high)d.") % {
            "low": setting.low,
            "high": setting.high,
        }
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
        return forms.IntegerField(
            label=str(setting.label),
            help_text=hint,
            min_value=setting.low,
            max_value=setting.high,
            error_messages=messages,
        )
    if isinstance(setting, Choice):
        return ChoiceField(label=setting.label, help_text=hint, choices=setting.options)
    if isinstance(setting, Switch):
        return forms.BooleanField(label=str(setting.label), help_text=hint, required=False)
    return CleanCharField(label=setting.label, help_text=hint, max_length=setting.longest, required=False)


# What belongs together, in the order in which it is asked; what stands nowhere here comes last.
CHAPTERS: list[tuple[Any, str]] = [
    (_("Size of a group"), "group_floor group_enough group_window_low group_ceiling age_span_years"),
    (_("Proposals and offers"), "answer_days talk offer_hours request_hours self_start match_seconds"),
    (_("Meetings"), "startup_meetings every_weeks first_meeting_after_days visit_after_weeks"),
    (
        _("How long we keep things"),
        "ask_waiting_days out_waiting_days retention_unverified_days retention_closed_days "
        "retention_free_text_days retention_participant_days",
    ),
    (_("Your own words"), "word_group sender_name"),
]


class SettingsForm(forms.Form):
    """Every setting, with its range, its usual value and where that comes from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {key: _field(setting) for key, setting in SETTINGS.items()}

    def chapters(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """(heading, fields) of each chapter; every setting is in one of them."""
        told = [(heading, keys.split()) for heading, keys in CHAPTERS]
        named = {key for _heading, keys in told for key in keys}
        rest = [key for key in self.fields if key not in named]
        told += [(_("Other settings"), rest)] if rest else []
        return [(heading, [self[key] for key in keys]) for heading, keys in told]


class FactsForm(forms.Form):
    """What the public sees of the office."""

    name = CleanCharField(label=_("Name of the office"), max_length=120)
    phone = CleanCharField(label=_("Phone to a human"), max_length=40)
    phone_hours = CleanCharField(
        label=_("When the phone is answered"),
        help_text=_("For example: weekdays 9–15"),
        max_length=120,
        required=False,
    )
    email = EmailField(
        label=_("E-mail address of the office"),
        help_text=_("Stands on the public page. Not a person's own address."),
        required=False,
    )
    services = ChoicesField(label=_("What do you do for people?"), choices=Service.choices, required=False)
    about = CleanCharField(
        label=_("About the office"),
        help_text=_("In your own words: who you are, and what happens when somebody rings."),
        max_length=2000,
        multiline=True,
        required=False,
    )
    takes_wishes = forms.BooleanField(label=_("Takes wishes from people"), required=False)
    places = PlacesField(
        label=_("Which places do you serve?"), help_text=_("One on each line."), required=False
    )


class NameForm(forms.Form):
    """A staff member's own name as she wants it on the public page."""

    name = CleanCharField(
        label=_("Your name as it shall stand"),
        help_text=_("A first name is enough."),
        max_length=60,
    )

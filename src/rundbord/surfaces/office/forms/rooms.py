"""Venues and rooms as the office writes them down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rundbord.shell.forms import CleanCharField, EmailField, SlotsField
from rundbord.surfaces.asking import PlaceField


class VenueForm(forms.Form):
    """A house, and whom to ask there."""

    name = CleanCharField(label=_("Name of the house"), max_length=120)
    address = CleanCharField(label=_("Address"), max_length=200)
    place = PlaceField(label=_("Municipality or postal code"))
    accessible = forms.BooleanField(label=_("Without steps, and with a toilet to match"), required=False)
    owner_name = CleanCharField(label=_("Whom to ask"), max_length=120, required=False)
    owner_email = EmailField(label=_("Their e-mail address"), required=False)
    owner_phone = CleanCharField(label=_("Their phone"), max_length=40, required=False)
    key_note = CleanCharField(label=_("About the key"), max_length=500, multiline=True, required=False)


class RoomForm(forms.Form):
    """A room with a table, and when it is free."""

    name = CleanCharField(label=_("Name of the room"), max_length=80)
    capacity = forms.IntegerField(
        label=_("Seats round the table"),
        help_text=_("The starter counts."),
        min_value=5,
        max_value=40,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Please write a whole number from 5 to 40.")
        ),
    )
    slots = SlotsField(label=_("When is it free?"), required=False)

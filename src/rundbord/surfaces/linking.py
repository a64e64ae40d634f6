"""The link to a digital meeting room, asked for at the desk, by the starter and round the table."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import LINK_LENGTH
from rundbord.shell.forms import CleanCharField


class LinkForm(forms.Form):
    """What opens the digital room."""

    link = CleanCharField(
        label=_("Link to the meeting room"),
        help_text=_("It begins with https://. Only those who take part see it."),
        max_length=LINK_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

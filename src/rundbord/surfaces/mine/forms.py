"""What is asked on private pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rundbord.shell.forms import CleanCharField


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

    contact = CleanCharField(label=_("Your e-mail address or mobile number"), max_length=254)

"""The first organisation and the first account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from rundbord.organisations import queries as organisations
from rundbord.shell.forms import ChoiceField, CleanCharField, EmailField
from rundbord.surfaces.asking import PlacesField


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of organisation in the active language."""
    return [(kind.code, organisations.kind_name(kind)) for kind in organisations.kinds()]


class FirstRunForm(forms.Form):
    """What is needed before anybody can leave a wish."""

    name = CleanCharField(label=_("What is your office called?"), max_length=120)
    kind = ChoiceField(label=_("What kind of office is it?"), choices=kind_choices)
    places = PlacesField(
        label=_("Which places do you serve?"),
        help_text=_("Municipalities or city districts, one on each line."),
    )
    phone = CleanCharField(
        label=_("Phone to a human"), help_text=_("Shown on every page people see."), max_length=40
    )
    your_name = CleanCharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. You can add a passkey afterwards."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,  # sign-in does not take blanks away either
        error_messages={"required": _("Please fill this in.")},
    )

    def clean_password(self) -> str:
        """Refuses what is too easy to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class InviteForm(forms.Form):
    """A colleague gets an account, or another role."""

    name = CleanCharField(label=_("Name"), max_length=80)
    email = EmailField(label=_("E-mail address"))
    role = ChoiceField(
        label=_("Role"),
        help_text=_("A coordinator sees people and groups. A manager also changes settings and staff."),
    )
    password = forms.CharField(
        label=_("First password"),
        help_text=_(
            "For a new account: at least 12 characters. Your colleague changes it at the first sign-in."
        ),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, roles: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    def clean_password(self) -> str:
        """Refuses what is too easy to guess."""
        password: str = self.cleaned_data.get("password", "")
        if password:
            validate_password(password)
        return password

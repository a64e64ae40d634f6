"""Form fields that take what people really type and answer in plain sentences."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rundbord.kernel import week

REQUIRED = _("Please fill this in.")
TOO_LONG = ngettext_lazy(
    "This can be at most %(limit_value)d character long. You have written %(show_value)d.",
    "This can be at most %(limit_value)d characters long. You have written %(show_value)d.",
    "limit_value",
)
NOT_AN_ADDRESS = _("This does not look like an e-mail address. An example: name@example.org")
NOT_A_DATE = _("This is not a date. Write day, month and year, for example 14.01.2027.")
NO_SUCH_CHOICE = _("Please choose one of the answers in the list.")
_KEPT_CONTROLS = "\n\t"
# Joiners that Persian, Arabic, Indic scripts and emoji need; every other invisible sign goes.
_KEPT_FORMATS = "\u200c\u200d"
_PHONE_SIGNS = re.compile(r"[\s().\-/\u2010-\u2015]+")


def clean_text(value: str, *, multiline: bool) -> str:
    """Text without control characters, NULs and invisible direction signs; any script is kept.

    Line ends become "\\n" (or a space on one line); white space at the ends goes.
    """
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    if not multiline:
        text = re.sub(r"[\n\t]+", " ", text)
    return "".join(character for character in text if _is_kept(character)).strip()


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    if category in {"Cc", "Cf"}:
        return character in _KEPT_CONTROLS or character in _KEPT_FORMATS
    return category != "Cs"


class CleanCharField(forms.CharField):
    """Text in any script. Cleans silently, refuses only what is too long, and keeps what was typed."""

    def __init__(self, *, max_length: int = 200, multiline: bool = False, **options: Any) -> None:
        self.multiline = multiline
        if multiline:
            options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        messages = {"required": REQUIRED, "max_length": TOO_LONG, **options.pop("error_messages", {})}
        super().__init__(max_length=max_length, error_messages=messages, **options)
        # NULs are taken out, not refused.
        self.validators = [v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)]
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = messages["max_length"]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return clean_text(text, multiline=self.multiline) if text else text or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: browsers cut pasted text off silently; we would rather say so."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class EmailField(CleanCharField):
    """An e-mail address, lower-cased in its domain."""

    widget = forms.EmailInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 254)
        super().__init__(**options)
        self._check = forms.EmailField(error_messages={"invalid": NOT_AN_ADDRESS})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return text
        local, _at, domain = self._check.clean(text).rpartition("@")
        return f"{local}@{domain.lower()}"


class PhoneField(CleanCharField):
    """A phone number from any country. Eight digits are read as Norwegian; cleaned to "+4712345678"."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 40)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return normal_phone(text) if text else text


def normal_phone(text: str) -> str:
    """A number as "+" and 7-15 digits (ITU E.164). ValidationError for anything else."""
    signs = _PHONE_SIGNS.sub("", text)
    number = re.sub(r"^00", "+", "".join(_ascii_digit(sign) for sign in signs))
    if re.fullmatch(r"[2-9]\d{7}", number, re.ASCII):
        number = f"+47{number}"
    if not re.fullmatch(r"\+[1-9]\d{6,14}", number, re.ASCII):
        raise forms.ValidationError(
            _("This does not look like a phone number. Write eight digits, or + and the country code first."),
            code="invalid",
        )
    return number


def _ascii_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


class DayField(forms.DateField):
    """A date, from the browser's date picker or typed as people write it (14.1.2027)."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y"])
        super().__init__(
            error_messages={"required": REQUIRED, "invalid": NOT_A_DATE, **options.pop("error_messages", {})},
            **options,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\x00", "") if isinstance(value, str) else value)


class ChoiceField(forms.ChoiceField):
    """One of several, as radios."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        messages = {
            "required": _("Please choose one."),
            "invalid_choice": NO_SUCH_CHOICE,
            **options.pop("error_messages", {}),
        }
        super().__init__(error_messages=messages, **options)


class ChoicesField(forms.MultipleChoiceField):
    """Any number of several, as checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        messages = {
            "required": _("Please choose at least one."),
            "invalid_choice": NO_SUCH_CHOICE,
            "invalid_list": NO_SUCH_CHOICE,
            **options.pop("error_messages", {}),
        }
        super().__init__(error_messages=messages, **options)


class SelectField(forms.ChoiceField):
    """One of many, as a list to pick from; the first choice is ("", words): nothing is pre-chosen."""

    def __init__(self, **options: Any) -> None:
        messages = {
            "required": _("Please choose one."),
            "invalid_choice": NO_SUCH_CHOICE,
            **options.pop("error_messages", {}),
        }
        super().__init__(error_messages=messages, **options)


class TickField(forms.BooleanField):
    """One box to tick, never ticked beforehand. Required means: it must be ticked to go on."""

    def __init__(self, **options: Any) -> None:
        messages = {"required": _("Please tick this to go on."), **options.pop("error_messages", {})}
        super().__init__(error_messages=messages, **options)


class WeekGrid(forms.CheckboxSelectMultiple):
    """The week as seven days by five starts; drawn by the shell's week grid."""


class SlotsField(forms.TypedMultipleChoiceField):
    """The times of the week that suit. Cleaned value: sorted list of slots 0-34 (see kernel.week)."""

    widget = WeekGrid

    def __init__(self, **options: Any) -> None:
        messages = {
            "required": _("Please choose at least one time."),
            "invalid_choice": _("Please choose times in the table."),
            "invalid_list": _("Please choose times in the table."),
            **options.pop("error_messages", {}),
        }
        super().__init__(
            choices=lambda: [(str(slot), week.label(slot)) for slot in week.SLOTS],
            coerce=int,
            empty_value=[],
            error_messages=messages,
            **options,
        )

    def clean(self, value: Any) -> list[int]:
        return sorted(set(super().clean(value)))

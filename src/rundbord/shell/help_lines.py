"""The Norwegian help lines that stand on every page, error pages too."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class HelpLine:
    """A number as it is said, who answers, when one rings it, and when we last saw that it is right."""

    number: str
    name: str | Promise
    what: str | Promise
    checked_on: date


_CHECKED = date(2026, 11, 28)

HELP_LINES = (
    HelpLine("113", _("Emergency"), _("when life is in danger"), _CHECKED),
    HelpLine("116 117", _("Doctor on call"), _("when you need medical help and it cannot wait"), _CHECKED),
    HelpLine("116 123", _("Mental Helse helpline"), _("someone to talk to, day and night"), _CHECKED),
    HelpLine("22 40 00 40", _("Kirkens SOS"), _("someone to talk to, day and night"), _CHECKED),
)
# Only on their own page: for some of those who come, or for somebody they think of.
MORE_LINES = (
    HelpLine(
        "116 006",
        _("VO-linjen"),
        _("when somebody close to you hurts or threatens you, day and night"),
        _CHECKED,
    ),
    HelpLine("116 111", _("Alarmtelefonen"), _("for children and young people, day and night"), _CHECKED),
)

"""The Norwegian help lines that stand on every page, error pages too."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class HelpLine:
    """A number as it is said, who answers, and when one rings it."""

    number: str
    name: str | Promise
    what: str | Promise


HELP_LINES = (
    HelpLine("113", _("Emergency"), _("when life is in danger")),
    HelpLine("116 117", _("Doctor on call"), _("when you need medical help and it cannot wait")),
    HelpLine("116 123", _("Mental Helse helpline"), _("someone to talk to, day and night")),
    HelpLine("22 40 00 40", _("Kirkens SOS"), _("someone to talk to, day and night")),
)

"""How Rundbord says no: every refusal has a name, and a kind sentence for the person who asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Base of every named refusal.

    Subclasses sit beside the function that raises them and set `sentence` (gettext_lazy; named
    placeholders are filled from the keyword arguments given when raising).
    """

    sentence: str | Promise = _("This cannot be done right now.")

    def __init__(self, *about: object, **details: object) -> None:
        # `about` (often a row) is kept for the caller, never for the log line.
        super().__init__()
        self.about = about
        self.details = details

    def say(self) -> str:
        """The sentence in the active language, with its placeholders filled."""
        text = str(self.sentence)
        return text % self.details if self.details else text

    def __str__(self) -> str:
        return type(self).__name__

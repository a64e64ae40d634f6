"""The private doors: how long link, code and browser are good for (TRUST.md), and what is stored of them."""

import hashlib

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.refusals import Refused

LINK_DAYS = 60
BROWSER_DAYS = 180  # as long as the browser's cookie
CODE_DIGITS = 6
CODE_MINUTES = 10
CODE_TRIES = 5
CODES_AN_HOUR = 5


class SubjectKind(TextChoices):
    """Who a private door belongs to."""

    SIGN_UP = "signup", _("Participant")
    STARTER = "starter", _("Starter")


class TooManyCodes(Refused):
    """One was sent within the last minute, or five within the last hour."""

    sentence = _("We have just sent you a code. Wait a little before you ask for a new one.")


class CodeExpired(Refused):
    """No code was asked for in this browser within the last ten minutes."""

    sentence = _("That code is too old. Ask for a new one.")


class CodeUsedUp(Refused):
    """Every try of the code is gone."""

    sentence = _("That code has been tried too many times. Ask for a new one.")


def hashed(token: str) -> bytes:
    """What is stored of a random token (128 bits or more, so that a plain hash is enough): 32 bytes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()

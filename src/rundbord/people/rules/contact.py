"""Addresses and numbers as people write them, made into the one form that is stored and compared."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.refusals import Refused

LONGEST_EMAIL = 254  # RFC 5321
SHORTEST_FOREIGN, LONGEST_FOREIGN = 7, 15  # E.164: at most fifteen digits with the country code

# What may stand between the digits, and in front of them.
_BETWEEN = re.compile(r"[\s.\-‐-―−/()\u200b-\u200f\u2060\ufeff]+")
_LABEL = re.compile(r"^(tel|tlf|telefon|mobil|mob|phone|mobile)\b[.:\s]*", re.IGNORECASE)
# Mailboxes where dots in the name change nothing.
_DOTLESS = {"gmail.com", "googlemail.com"}


class BadContact(Refused):
    """What was written cannot be an address or a number; the sentence says what to write instead."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__()
        self.sentence = sentence


NOT_AN_EMAIL = _("Write an e-mail address, for example kari@example.org.")
NO_LETTERS = _("A phone number has digits only.")
EIGHT_DIGITS = _("A Norwegian phone number has eight digits.")
FOREIGN = _("Write a foreign number with + and the country code, for example +46 70 123 45 67.")
NOT_A_MOBILE = _("We can only send messages to a mobile number. It starts with 4 or 9.")


def normalise_email(text: str) -> str:
    """The address in lower case, its domain in ASCII. Raises BadContact."""
    written = unicodedata.normalize("NFKC", text).strip().strip("<>").removeprefix("mailto:").lower()
    name, at, domain = written.rpartition("@")
    try:
        found = f"{name}@{domain.rstrip('.').encode('idna').decode('ascii')}"
        validate_email(found)
    except (ValidationError, UnicodeError):
        raise BadContact(NOT_AN_EMAIL) from None
    if not at or len(found) > LONGEST_EMAIL:
        raise BadContact(NOT_AN_EMAIL)
    return found


def mailbox(email: str) -> str:
    """The mailbox a normalised address ends in: kari+1@ and kari+2@ are one person's."""
    name, _at, domain = email.rpartition("@")
    name = name.split("+", 1)[0] or name
    return f"{name.replace('.', '') if domain in _DOTLESS else name}@{domain}"


def normalise_phone(text: str) -> str:
    """ "+" and digits, Norwegian unless a country is given ("+47…", "0047…"). Raises BadContact."""
    written = _bare(text)
    if not re.fullmatch(r"\+?[0-9]+", written):
        raise BadContact(NO_LETTERS if written else EIGHT_DIGITS)
    if written.startswith("00"):
        written = "+" + written[2:]
    if not written.startswith("+"):
        return _norwegian(written[2:] if len(written) == 10 and written.startswith("47") else written)
    return _norwegian(written[3:]) if written.startswith("+47") else _foreign(written[1:])


def normalise_mobile(text: str) -> str:
    """A number that can get a text message; Norwegian ones start with 4 or 9. Raises BadContact."""
    found = normalise_phone(text)
    if found.startswith("+47") and found[3] not in "49":
        raise BadContact(NOT_A_MOBILE)
    return found


def _bare(text: str) -> str:
    """Only + and ASCII digits where that is what was meant; anything else is left to be refused."""
    written = _LABEL.sub("", unicodedata.normalize("NFKC", text).strip())
    # +47 (0) …: the zero is dialled inside the country only, and never in Norway.
    written = re.sub(r"^((?:\+|00)\d{1,3}\s*)\(0\)", r"\1", written)
    return "".join(_digit(sign) for sign in _BETWEEN.sub("", written))


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def _norwegian(digits: str) -> str:
    if not re.fullmatch(r"[2-9][0-9]{7}", digits):
        raise BadContact(FOREIGN if len(digits) > 8 else EIGHT_DIGITS)
    return f"+47{digits}"


def _foreign(digits: str) -> str:
    if not SHORTEST_FOREIGN <= len(digits) <= LONGEST_FOREIGN or digits.startswith("0"):
        raise BadContact(FOREIGN)
    return f"+{digits}"

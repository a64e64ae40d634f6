"""What holds in this room without asking the database."""

from rundbord.people.rules.contact import (
    BadContact,
    mailbox,
    normalise_email,
    normalise_mobile,
    normalise_phone,
)
from rundbord.people.rules.doors import (
    BROWSER_DAYS,
    CODE_DIGITS,
    CODE_MINUTES,
    CODE_TRIES,
    CODES_AN_HOUR,
    LINK_DAYS,
    CodeExpired,
    CodeUsedUp,
    SubjectKind,
    TooManyCodes,
    hashed,
)
from rundbord.people.rules.roles import MAY, RoleKind, may
from rundbord.people.rules.starters import StarterFields, check_starter, cleaned_starter

__all__ = [
    "BROWSER_DAYS",
    "CODES_AN_HOUR",
    "CODE_DIGITS",
    "CODE_MINUTES",
    "CODE_TRIES",
    "LINK_DAYS",
    "MAY",
    "BadContact",
    "CodeExpired",
    "CodeUsedUp",
    "RoleKind",
    "StarterFields",
    "SubjectKind",
    "TooManyCodes",
    "check_starter",
    "cleaned_starter",
    "hashed",
    "mailbox",
    "may",
    "normalise_email",
    "normalise_mobile",
    "normalise_phone",
]

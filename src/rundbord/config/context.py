"""A phone to a human on every page: the one that is set, or else that of the office people's wishes go to."""

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

from rundbord.organisations import queries as organisations


def human(request: HttpRequest | None) -> dict[str, str]:
    """`help_phone` and `help_name` for pages that belong to no office. One query where no phone is set."""
    if settings.RUNDBORD_HELP_PHONE:
        return {}
    try:
        office = organisations.fallback()
    except (OperationalError, InterfaceError):
        return {}  # a text to read needs no database; it is shown without the phone
    return {"help_phone": office.phone, "help_name": office.name} if office else {}

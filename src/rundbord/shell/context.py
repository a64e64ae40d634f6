"""What every page knows: whom to ring, and where "Leave this page" leads."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

LEAVE_URL = "https://www.yr.no/"  # the weather: an address that tells nothing about who looked


def shell(request: HttpRequest | None) -> dict[str, Any]:
    """Context for the bases. A view passes its organisation's own `help_phone` and `help_name` over these."""
    return {
        "help_phone": getattr(settings, "RUNDBORD_HELP_PHONE", ""),
        "help_name": getattr(settings, "RUNDBORD_HELP_NAME", ""),
        "leave_url": getattr(settings, "RUNDBORD_LEAVE_URL", LEAVE_URL),
    }

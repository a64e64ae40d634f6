"""Addresses in letters. Rooms name a route; only the surfaces know what it looks like."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def absolute(route: str, *args: Any, language: str, **kwargs: Any) -> str:
    """The full address of a route in a language. NoReverseMatch if no surface has that route."""
    with translation.override(language):
        return settings.RUNDBORD_PUBLIC_URL.rstrip("/") + reverse(route, args=args, kwargs=kwargs)

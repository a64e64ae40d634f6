"""What every action at the desk ends with: it is done and said, or refused in a kind sentence."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from rundbord.kernel.refusals import Refused


def carried_out(request: HttpRequest, said: str, act: Callable[..., Any], /, **about: Any) -> bool:
    """Does it and says so; a refusal becomes a message on the page that comes next. Whether it was done."""
    try:
        act(**about)
    except Refused as refused:
        messages.error(request, refused.say())
        return False
    messages.success(request, said)
    return True

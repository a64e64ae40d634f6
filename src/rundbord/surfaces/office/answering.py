"""What every action at the desk ends with: it is done and said, or refused in a kind sentence."""

from collections.abc import Callable
from typing import Any

from django import forms
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


def carried_out_as_typed(
    request: HttpRequest,
    said: str,
    form: forms.Form,
    wrong: dict[type[Refused], str],
    act: Callable[..., Any],
    /,
    **about: Any,
) -> bool:
    """The same with a form that led here. False when the form must be looked at again.

    `wrong`: which refusals stand beside which of its fields, where what was typed is kept.
    """
    try:
        act(**about)
        messages.success(request, said)
    except tuple(wrong) as refused:
        form.add_error(wrong[type(refused)], refused.say())
    except Refused as refused:
        messages.error(request, refused.say())
    return not form.errors

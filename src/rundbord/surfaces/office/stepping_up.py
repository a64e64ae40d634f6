"""Deeds that give power ask once more who is there, when the last answer is a while ago."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

_SHOWN = "shown_at"

View = Callable[..., HttpResponse]


def note(request: HttpRequest) -> None:
    """She has shown just now who she is, in this session, on a page of ours."""
    request.session[_SHOWN] = time.time()


def recently(request: HttpRequest) -> bool:
    """Whether she has shown who she is in this session within the time that the settings give."""
    records = get_authentication_records(request, request.user)
    newest = max([request.session.get(_SHOWN, 0), *(record["at"] for record in records)])
    return bool(time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def recently_shown(view: View) -> View:
    """Opens a view of the desk to those who showed recently who they are; others show it first, and
    come to the page of staff.

    An account without a password and passkey is checked by its provider alone: it is let in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ways = get_adapter(request).get_reauthentication_methods(request.user)
        if not ways or recently(request):
            return view(request, *args, **kwargs)
        # What was posted is not kept meanwhile: it may hold a password.
        return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': reverse('office:staff')})}")

    return guarded

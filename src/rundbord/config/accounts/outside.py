"""Sign-in at an OpenID Connect provider; one that does not answer is said in words."""

import logging
from collections.abc import Callable

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from rundbord.shell.access import open_to

_log = logging.getLogger(__name__)


@open_to("whoever is signing in, where a provider is set up")
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends the browser to the provider."""
    return _answered(oidc.login, request, provider_id)


@open_to("whoever comes back from the provider")
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Takes the provider's answer, once, from the browser that was sent."""
    return _answered(oidc.callback, request, provider_id)


def _answered(view: Callable[..., HttpResponse], request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return view(request, provider_id)
    except RequestException as error:
        _log.warning("the OpenID Connect provider does not answer: %s", type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=502)

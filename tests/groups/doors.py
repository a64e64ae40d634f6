"""Addresses for letters: the room names a route, and a test of the room needs no page behind it."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest, token: str = "") -> HttpResponse:
    """Somewhere to point to."""
    return HttpResponse()


_MINE = [path("<str:token>/", page, name="enter"), path("<str:token>/no/", page, name="not_me")]
_PUBLIC = [path("", page, name="front")]

urlpatterns = [path("p/", include((_MINE, "mine"))), path("", include((_PUBLIC, "public")))]

"""Rooms name routes and know no addresses; these stand in for the pages the letters point to."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def _page(request: HttpRequest, token: str = "") -> HttpResponse:
    return HttpResponse(token)


_MINE = [path("in/<str:token>/", _page, name="enter"), path("not-me/<str:token>/", _page, name="not_me")]
urlpatterns = [
    path("mine/", include((_MINE, "mine"))),
    path("office/", include(([path("", _page, name="today")], "office"))),
    path("", include(([path("", _page, name="front")], "public"))),
]

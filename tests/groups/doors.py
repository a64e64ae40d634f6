"""Addresses for letters: the room names a route, and a test of the room needs no page behind it."""

from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("p/", include(([path("<str:token>/", lambda request, token: HttpResponse(), name="enter")], "mine")))
]

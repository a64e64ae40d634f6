"""Routes for tests of links and public ids."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, register_converter
from django.urls.converters import get_converters

from rundbord.kernel.ids import PublicIdConverter

if "pid" not in get_converters():
    register_converter(PublicIdConverter, "pid")


def page(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(repr(sorted(kwargs.items())))


inner = ([path("side/<pid:wish>/", page, name="page")], "mine")
urlpatterns = i18n_patterns(path("min/", include(inner)), prefix_default_language=False)

"""Addresses for the shell's own tests: the gallery on each base, and views that fail."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from rundbord.shell import errors
from rundbord.shell.access import ANYONE, open_to
from rundbord.shell.gallery import gallery


def crash(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("kari@example.org")


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


@open_to(ANYONE)
def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("words")


@open_to("staff")
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("words")


@csrf_protect
@open_to(ANYONE)
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sent")


urlpatterns = i18n_patterns(
    path("gallery/", gallery, name="gallery"),
    path("gallery/<str:kind>/", gallery, name="gallery_kind"),
    path("crash/", crash),
    path("refuse/", refuse),
    path("suspect/", suspect),
    path("plain/", plain, name="plain"),
    path("desk/", desk, name="desk"),
    path("form/", form, name="form"),
    path("closed/", errors.maintenance),
    path("konto/", include("allauth.urls")),
    prefix_default_language=False,
)

handler400 = "rundbord.shell.errors.bad_request"
handler403 = "rundbord.shell.errors.forbidden"
handler404 = "rundbord.shell.errors.not_found"
handler500 = "rundbord.shell.errors.server_error"

"""All addresses. bokmål stands without a prefix; /nn/ and /en/ say the others."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, register_converter

from rundbord.kernel.ids import PublicIdConverter

register_converter(PublicIdConverter, "pid")

_SURFACES = [
    ("min/", "rundbord.surfaces.mine"),
    ("kontor/", "rundbord.surfaces.office"),
    ("", "rundbord.surfaces.public"),
]

urlpatterns = i18n_patterns(
    path("konto/", include("allauth.urls")),
    *[path(prefix, include(f"{name}.urls")) for prefix, name in _SURFACES if find_spec(f"{name}.urls")],
    prefix_default_language=False,
)

if settings.RUNDBORD_DEMO:
    urlpatterns += [path("demo/", include("rundbord.config.demonstration.urls"))]

handler400 = "rundbord.shell.errors.bad_request"
handler403 = "rundbord.shell.errors.forbidden"
handler404 = "rundbord.shell.errors.not_found"
handler500 = "rundbord.shell.errors.server_error"

"""All addresses. bokmål stands without a prefix; /nn/ and /en/ say the others."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("konto/", include("rundbord.config.accounts.routes")),
    path("min/", include("rundbord.surfaces.mine.urls")),
    path("kontor/", include("rundbord.surfaces.office.urls")),
    path("", include("rundbord.surfaces.public.urls")),
    prefix_default_language=False,
)

if settings.RUNDBORD_DEMO:
    urlpatterns += [path("demo/", include("rundbord.config.demonstration.urls"))]

handler400 = "rundbord.shell.errors.bad_request"
handler403 = "rundbord.shell.errors.forbidden"
handler404 = "rundbord.shell.errors.not_found"
handler429 = "rundbord.shell.errors.too_many"  # asked for by allauth
handler500 = "rundbord.surfaces.public.views.fallback.server_error"

"""All addresses there are, those of the demonstration too, which is switched off in tests."""

from django.urls import include, path

from rundbord.config.urls import *  # noqa: F403
from rundbord.config.urls import urlpatterns as in_use

urlpatterns = [*in_use, path("demo/", include("rundbord.config.demonstration.urls"))]

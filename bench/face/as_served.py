"""Settings: the demonstration, with its static files as they are in use, compressed and kept for long."""

from rundbord.config.settings import base
from rundbord.config.settings.dev import *  # noqa: F403

STORAGES = base.STORAGES
STATIC_ROOT = base.RUNDBORD_DATA / "static"
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
